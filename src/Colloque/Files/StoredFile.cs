using Colloque.Security;
using Microsoft.EntityFrameworkCore;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Colloque.Files;

/// <summary>Where a file is in its life.</summary>
public enum FileStatus
{
    /// <summary>Announced; its bytes may or may not have come.</summary>
    Prepared,

    /// <summary>Checked, and shown by a message.</summary>
    Confirmed,
}

/// <summary>A file of a conversation. Its bytes are in the store, encrypted; no URL is kept.</summary>
public sealed class StoredFile
{
    /// <summary>Its id.</summary>
    public required Guid Id { get; init; }

    /// <summary>The organization.</summary>
    public required Guid TenantId { get; init; }

    /// <summary>The conversation.</summary>
    public required Guid ConversationId { get; init; }

    /// <summary>Who sends it.</summary>
    public required Guid UploaderId { get; init; }

    /// <summary>Where it is in its life.</summary>
    public required FileStatus Status { get; set; }

    /// <summary>Announced, and at confirmation checked against the content.</summary>
    public required string MimeType { get; init; }

    /// <summary>Announced, and at confirmation checked.</summary>
    public required long SizeBytes { get; init; }

    /// <summary>The sealed <see cref="FileLabel"/>.</summary>
    public required byte[] Sealed { get; set; }

    /// <summary>Where its bytes lie; random, made of nothing else.</summary>
    public required string ObjectKey { get; init; }

    /// <summary>The message that shows it.</summary>
    public Guid? MessageId { get; set; }

    /// <summary>When it was announced.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was confirmed.</summary>
    public DateTimeOffset? ConfirmedAt { get; set; }
}

/// <summary>What of a file is content: its name, its hash, and the key of its bytes.</summary>
/// <param name="Name">As the sender calls it; text, never a path.</param>
/// <param name="Sha256">64 hexadecimal digits, lower case; null until announced or measured.</param>
/// <param name="Key">32 bytes: the object's own key.</param>
/// <param name="ClientMsgId">The sender's id for the message that shows it; kept at confirmation, so that a repeat after a crash finds the same message.</param>
/// <param name="Writing">The writing of the object that was checked; null before.</param>
public sealed record FileLabel(string Name, string? Sha256, byte[] Key, string? ClientMsgId = null, string? Writing = null)
{
    internal byte[] Seal(ConversationKeys keys, Guid tenantId, Guid conversationId, Guid fileId, Guid uploaderId) =>
        ContentCipher.Seal(keys.Current, JsonSerializer.SerializeToUtf8Bytes(this, FileJson.Default.FileLabel), Place(tenantId, conversationId, fileId, uploaderId));

    internal static FileLabel Open(ConversationKeys keys, byte[] record, Guid tenantId, Guid conversationId, Guid fileId, Guid uploaderId) =>
        JsonSerializer.Deserialize(ContentCipher.Open(keys.For(record), record, Place(tenantId, conversationId, fileId, uploaderId)), FileJson.Default.FileLabel)!;

    private static SealedPlace Place(Guid tenantId, Guid conversationId, Guid fileId, Guid uploaderId) =>
        new("files.sealed", tenantId, conversationId, fileId, uploaderId, 1);
}

[JsonSerializable(typeof(FileLabel))]
internal sealed partial class FileJson : JsonSerializerContext;

internal static class FileTables
{
    internal static void Map(ModelBuilder model) => model.Entity<StoredFile>().ToTable("files");
}
