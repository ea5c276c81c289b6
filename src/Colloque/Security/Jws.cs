using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace Colloque.Security;

/// <summary>
/// Compact JSON Web Signatures (RFC 7515), read as strictly as they are written: one algorithm, the key's own; canonical base64url;
/// no repeated name; no header member but <c>alg</c>, <c>typ</c> and <c>kid</c>, so that no token brings or points to a key.
/// </summary>
public static class Jws
{
    /// <summary>Characters of a token, at most.</summary>
    public const int MaxLength = 4096;

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 8 };

    /// <summary>Signs a payload.</summary>
    /// <param name="key">Decides <c>alg</c> and <c>kid</c>.</param>
    /// <param name="type">The <c>typ</c> header.</param>
    /// <param name="payload">A JSON object in UTF-8.</param>
    /// <returns>header.payload.signature</returns>
    public static string Sign(JwsKey key, string type, ReadOnlySpan<byte> payload)
    {
        var buffer = new ArrayBufferWriter<byte>(128);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("alg", key.Algorithm);
            json.WriteString("typ", type);
            if (key.Id is not null)
            {
                json.WriteString("kid", key.Id);
            }

            json.WriteEndObject();
        }

        var signed = $"{Base64Url.EncodeToString(buffer.WrittenSpan)}.{Base64Url.EncodeToString(payload)}";
        Span<byte> signature = stackalloc byte[key.SignatureSize];
        key.Sign(Encoding.ASCII.GetBytes(signed), signature);
        return $"{signed}.{Base64Url.EncodeToString(signature)}";
    }

    /// <summary>Verifies a token; its claims, or null for every kind of flaw alike.</summary>
    /// <param name="token">From outside.</param>
    /// <param name="key">The one key it may be signed with.</param>
    /// <param name="type">The one <c>typ</c> it may have; null where it must have none.</param>
    public static JsonDocument? Open(string token, JwsKey key, string? type)
    {
        if (token.Length > MaxLength || !Ascii.IsValid(token))
        {
            return null;
        }

        var first = token.IndexOf('.', StringComparison.Ordinal);
        var last = token.LastIndexOf('.');
        if (first <= 0 || last == first || token.AsSpan(first + 1, last - first - 1).Contains('.'))
        {
            return null;
        }

        var signature = Decode(token.AsSpan(last + 1));
        return signature?.Length == key.SignatureSize
            && IsHeaderOf(Decode(token.AsSpan(0, first)), key, type)
            && key.Verify(Encoding.ASCII.GetBytes(token, 0, last), signature)
                ? Parse(Decode(token.AsSpan(first + 1, last - first - 1)))
                : null;
    }

    private static bool IsHeaderOf(byte[]? json, JwsKey key, string? type)
    {
        using var header = Parse(json);
        if (header is null)
        {
            return false;
        }

        string? algorithm = null, id = null, typ = null;
        foreach (var member in header.RootElement.EnumerateObject())
        {
            var value = member.Value.ValueKind == JsonValueKind.String ? member.Value.GetString() : null;
            switch (member.Name)
            {
                case "alg" when value is not null:
                    algorithm = value;
                    break;
                case "kid" when value is not null:
                    id = value;
                    break;
                case "typ" when value is not null:
                    typ = value;
                    break;
                default:
                    return false;
            }
        }

        return algorithm == key.Algorithm && id == key.Id && typ == type;
    }

    private static JsonDocument? Parse(byte[]? json)
    {
        if (json is null)
        {
            return null;
        }

        JsonDocument? document = null;
        try
        {
            document = JsonDocument.Parse(json, Strict);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
            {
                return document;
            }
        }
        catch (JsonException)
        {
            return null;
        }

        document.Dispose();
        return null;
    }

    /// <summary>Null unless the text is the one spelling of its bytes: no padding, no white space, no stray bits at the end.</summary>
    private static byte[]? Decode(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty || !Base64Url.IsValid(text))
        {
            return null;
        }

        var bytes = Base64Url.DecodeFromChars(text);
        return text.SequenceEqual(Base64Url.EncodeToString(bytes)) ? bytes : null;
    }
}
