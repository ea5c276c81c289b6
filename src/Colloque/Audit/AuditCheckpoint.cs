using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Colloque.Security;

namespace Colloque.Audit;

/// <summary>How far a chain was.</summary>
/// <param name="Chain">The organization's id; all zeros for the platform's.</param>
/// <param name="Seq">Its last row.</param>
/// <param name="Link">That row's link, hexadecimal.</param>
public sealed record AuditHead(Guid Chain, long Seq, string Link);

/// <summary>What a checkpoint says.</summary>
/// <param name="Number">From 1, without gaps.</param>
/// <param name="At">When.</param>
/// <param name="Rows">The last number given to a row of any chain.</param>
/// <param name="Whole">All chains are in it; else those that have grown since the one before.</param>
/// <param name="Previous">SHA-256 of the text before, hexadecimal; empty for the first.</param>
/// <param name="Heads">How far chains were.</param>
public sealed record AuditCheckpointBody(long Number, DateTimeOffset At, long Rows, bool Whole, string Previous, IReadOnlyList<AuditHead> Heads);

/// <summary>A signed statement of how far the audit was. What it names cannot be taken away unseen, as long as it, or a copy elsewhere, exists.</summary>
/// <param name="Number">As in the text.</param>
/// <param name="Text">The text that was signed: JSON of an <see cref="AuditCheckpointBody"/>.</param>
/// <param name="KeyId">Who signed.</param>
/// <param name="Signature">64 bytes.</param>
public sealed record AuditCheckpoint(long Number, string Text, string KeyId, byte[] Signature)
{
    private const string Purpose = "colloque audit checkpoint 1\n";

    /// <summary>Signs a statement.</summary>
    internal static AuditCheckpoint Of(AuditCheckpointBody body, AuditKeys keys)
    {
        var text = JsonSerializer.Serialize(body, AuditCheckpointJson.Default.AuditCheckpointBody);
        return new(body.Number, text, keys.KeyId, keys.Sign(Encoding.UTF8.GetBytes(Purpose + text)));
    }

    /// <summary>What it says; null unless the signature holds.</summary>
    internal AuditCheckpointBody? Read(AuditSignatures signatures)
    {
        try
        {
            return signatures.Verify(KeyId, Encoding.UTF8.GetBytes(Purpose + Text), Signature)
                && JsonSerializer.Deserialize(Text, AuditCheckpointJson.Default.AuditCheckpointBody) is { } body && body.Number == Number
                ? body
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>SHA-256 of a text, hexadecimal.</summary>
    internal static string HashOf(string? text) => text is null ? "" : Convert.ToHexStringLower(AuditSignatures.Digest(Encoding.UTF8.GetBytes(text)));

    /// <summary>As a file to keep elsewhere.</summary>
    public string ToFile() => JsonSerializer.Serialize(this, AuditCheckpointJson.Default.AuditCheckpoint) + "\n";

    /// <summary>One from a file.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static AuditCheckpoint FromFile(string text)
    {
        try
        {
            return JsonSerializer.Deserialize(text, AuditCheckpointJson.Default.AuditCheckpoint) ?? throw new FormatException("An empty checkpoint.");
        }
        catch (JsonException e)
        {
            throw new FormatException("Not a checkpoint.", e);
        }
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(AuditCheckpointBody))]
[JsonSerializable(typeof(AuditCheckpoint))]
internal sealed partial class AuditCheckpointJson : JsonSerializerContext;
