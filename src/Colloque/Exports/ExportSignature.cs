using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Colloque.Security;

namespace Colloque.Exports;

/// <summary>What a signature says of a file.</summary>
/// <param name="File">Its name as it left.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Sha256">64 hexadecimal digits.</param>
/// <param name="ConversationId">Of which conversation.</param>
/// <param name="ExportedBy">Who took it.</param>
/// <param name="ExportedAt">When.</param>
/// <param name="Messages">How many are in it.</param>
public sealed record ExportStatement(string File, long Size, string Sha256, Guid ConversationId, Guid ExportedBy, DateTimeOffset ExportedAt, long Messages);

/// <summary>
/// A signature that lies beside an exported file: ES256 (r and s, 64 bytes, base64) over <see cref="Purpose"/> followed by <paramref name="Statement"/>, both as UTF-8.
/// </summary>
/// <param name="Statement">JSON of an <see cref="ExportStatement"/>, exactly as it was signed.</param>
/// <param name="KeyId">The key's RFC 7638 thumbprint.</param>
/// <param name="PublicKey">The key, as PEM. Who believes this one believes whoever made the file.</param>
/// <param name="Signature">Base64.</param>
public sealed record ExportSignature(string Statement, string KeyId, string PublicKey, string Signature)
{
    /// <summary>What the signing key signs here and nowhere else.</summary>
    public const string Purpose = "colloque export 1\n";

    /// <summary>Signs.</summary>
    internal static ExportSignature Of(ExportStatement statement, AuditKeys keys)
    {
        var text = JsonSerializer.Serialize(statement, ExportSignatureJson.Default.ExportStatement);
        return new(text, keys.KeyId, keys.PublicPem, Convert.ToBase64String(keys.Sign(Encoding.UTF8.GetBytes(Purpose + text))));
    }

    /// <summary>As a file.</summary>
    public string ToFile() => JsonSerializer.Serialize(this, ExportSignatureJson.Default.ExportSignature) + "\n";

    /// <summary>One from a file.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static ExportSignature FromFile(string text)
    {
        try
        {
            return JsonSerializer.Deserialize(text, ExportSignatureJson.Default.ExportSignature) is { Statement: not null, KeyId: not null, PublicKey: not null, Signature: not null } read
                ? read
                : throw new FormatException("Not a signature of an export.");
        }
        catch (JsonException e)
        {
            throw new FormatException("Not a signature of an export.", e);
        }
    }

    /// <summary>What it says, where one of these keys signed it and it is about these bytes; else null.</summary>
    /// <param name="keys">Keys that the reader believes.</param>
    /// <param name="file">From its beginning.</param>
    /// <param name="cancellationToken">Cancels reading.</param>
    public async Task<ExportStatement?> VerifyAsync(AuditSignatures keys, Stream file, CancellationToken cancellationToken)
    {
        var signature = new byte[128];
        if (!Convert.TryFromBase64String(Signature, signature, out var length) || !keys.Verify(KeyId, Encoding.UTF8.GetBytes(Purpose + Statement), signature[..length])
            || Read() is not { } statement)
        {
            return null;
        }

        return string.Equals(await ContentHash.OfAsync(file, cancellationToken), statement.Sha256, StringComparison.Ordinal) ? statement : null;
    }

    private ExportStatement? Read()
    {
        try
        {
            return JsonSerializer.Deserialize(Statement, ExportSignatureJson.Default.ExportStatement);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = false)]
[JsonSerializable(typeof(ExportStatement))]
[JsonSerializable(typeof(ExportSignature))]
internal sealed partial class ExportSignatureJson : JsonSerializerContext;
