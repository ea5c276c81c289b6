using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Colloque.Security;

/// <summary>
/// What a key file says: <c>HEX</c>, then perhaps <c>also HEX</c> and <c>root HEX</c>, one a line (in a setting, separated by spaces).
/// Each is 32 bytes as 64 hexadecimal digits.
/// </summary>
/// <param name="Current">Wraps tenant keys, and signs what lives for minutes.</param>
/// <param name="Also">Opens tenant keys too, while a rotation goes from one to the other; null otherwise.</param>
/// <param name="Root">What every lasting secret is derived from: the first master key of the installation. Null where that is the current one.</param>
public sealed partial record MasterSecrets(byte[] Current, byte[]? Also, byte[]? Root)
{
    /// <summary>More characters than any key file has.</summary>
    public const int MostCharacters = 256;

    /// <summary>The secrets a text spells; null when it is misshapen in any way.</summary>
    public static MasterSecrets? Parse(string text)
    {
        if (text.Length > MostCharacters || Pattern().Match(text) is not { Success: true } match)
        {
            return null;
        }

        return new(Convert.FromHexString(match.Groups["current"].ValueSpan), Optional(match.Groups["also"]), Optional(match.Groups["root"]));
    }

    /// <summary>Names the keys that open, without telling them.</summary>
    public IReadOnlyList<Guid> Ids => Also is null ? [IdOf(Current)] : [IdOf(Current), IdOf(Also)];

    /// <summary>As it stands in a key file. It is the secret: it goes to that file and nowhere else.</summary>
    public string ToFile()
    {
        var text = new StringBuilder(Hex(Current)).Append('\n');
        if (Also is not null)
        {
            text.Append("also ").Append(Hex(Also)).Append('\n');
        }

        if (Root is not null)
        {
            text.Append("root ").Append(Hex(Root)).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>These, opening what another key wraps too.</summary>
    public MasterSecrets With(byte[] also) => this with { Also = also };

    /// <summary>The other key first; lasting secrets stay derived from the root.</summary>
    /// <exception cref="InvalidOperationException">There is no other key.</exception>
    public MasterSecrets Swapped() => new(Also ?? throw new InvalidOperationException("There is no second key."), Current, Root ?? Current);

    /// <summary>The current key alone, and the root.</summary>
    public MasterSecrets Alone() => this with { Also = null };

    /// <summary>Never the secrets, whatever prints this.</summary>
    public override string ToString() => nameof(MasterSecrets);

    /// <summary>Names a secret without telling it.</summary>
    internal static Guid IdOf(byte[] secret) =>
        new(HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, 16, salt: null, info: "colloque master key id"u8.ToArray()), bigEndian: true);

    private static byte[]? Optional(Group group) => group.Success ? Convert.FromHexString(group.ValueSpan) : null;

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);

    [GeneratedRegex(
        @"\A(?<current>[0-9A-Fa-f]{64})([ \n]also (?<also>[0-9A-Fa-f]{64}))?([ \n]root (?<root>[0-9A-Fa-f]{64}))?[\r\n]*\z",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Pattern();
}
