using System.Globalization;

namespace Colloque.Accounts;

/// <summary>An address as the installation knows it: lower case, composed (NFC), unique.</summary>
public static class EmailAddress
{
    /// <summary>Characters, at most (RFC 5321, 4.5.3.1.3, less the angle brackets).</summary>
    public const int MaxLength = 254;

    /// <summary>The address of a new account. Only what no address can be is refused; whether mail arrives, mail tells.</summary>
    /// <exception cref="Refusal">422 <c>email</c>.</exception>
    public static string Parse(string? text) => text is null or "" ? throw Refusal.Invalid("email", "required") : Find(text) ?? throw Refusal.Invalid("email");

    /// <summary>The address to look for; null where no account can have it.</summary>
    public static string? Find(string text)
    {
        if (text.Length > MaxLength)
        {
            return null;
        }

        var address = ComposedText.Of(text.ToLowerInvariant());
        var at = address.IndexOf('@', StringComparison.Ordinal);
        return at > 0 && at < address.Length - 1 && address.Length <= MaxLength && address.IndexOf('@', at + 1) < 0 && address.All(IsPossible)
            ? address
            : null;
    }

    /// <summary>Format characters are not seen: with them, an address looks like another's.</summary>
    private static bool IsPossible(char c) => !char.IsControl(c) && !char.IsWhiteSpace(c) && !char.IsSurrogate(c) && char.GetUnicodeCategory(c) != UnicodeCategory.Format;
}
