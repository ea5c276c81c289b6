using Colloque.Security;

namespace Colloque.Conversations;

/// <summary>What a message is.</summary>
public enum MessageKind
{
    /// <summary>Words.</summary>
    Text,

    /// <summary>Files, with a caption or without.</summary>
    File,

    /// <summary>The product's own; its text is one of <see cref="SystemWords"/>.</summary>
    System,
}

/// <summary>How a message is shown, by what its first file is.</summary>
public enum MessageForm
{
    /// <summary>Words.</summary>
    Text,

    /// <summary>A picture.</summary>
    Image,

    /// <summary>Sound.</summary>
    Voice,

    /// <summary>Any other file.</summary>
    File,

    /// <summary>The product's own.</summary>
    System,
}

/// <summary>How far a person has got.</summary>
public enum ReceiptKind
{
    /// <summary>It reached a device.</summary>
    Delivered,

    /// <summary>It was seen.</summary>
    Read,
}

/// <summary>A file as a message shows it.</summary>
public sealed record FileView(Guid Id, string Name, string MimeType, long SizeBytes, string? Sha256);

/// <summary>Who reacted with one emoji.</summary>
public sealed record ReactionView(string Emoji, IReadOnlyList<Guid> UserIds);

/// <summary>A message, opened, with what the other side did with it. The core's shape; contracts translate.</summary>
public sealed record MessageView
{
    /// <summary>Its id.</summary>
    public required Guid Id { get; init; }

    /// <summary>Its conversation.</summary>
    public required Guid ConversationId { get; init; }

    /// <summary>Its number in the conversation: 1, 2, 3 ... without gaps.</summary>
    public required long Seq { get; init; }

    /// <summary>The number of its last change, 0 for none.</summary>
    public long Change { get; init; }

    /// <summary>1, and one more for each edit.</summary>
    public int Version { get; init; } = 1;

    /// <summary>The sender's own id for it.</summary>
    public required string ClientMsgId { get; init; }

    /// <summary>Who wrote it.</summary>
    public required Guid SenderId { get; init; }

    /// <summary>As what.</summary>
    public required Role SenderRole { get; init; }

    /// <summary>What it is.</summary>
    public required MessageKind Kind { get; init; }

    /// <summary>The words or the caption; null for files without, and after deletion.</summary>
    public string? Text { get; init; }

    /// <summary>Its files, in the order in which they were sent; none for words and after deletion.</summary>
    public IReadOnlyList<FileView> Files { get; init; } = [];

    /// <summary>The first of its files.</summary>
    public FileView? File => Files is [var first, ..] ? first : null;

    /// <summary>How it is shown.</summary>
    public MessageForm Form => Kind switch
    {
        MessageKind.Text => MessageForm.Text,
        MessageKind.System => MessageForm.System,
        _ when File is { } file && file.MimeType.StartsWith("image/", StringComparison.Ordinal) => MessageForm.Image,
        _ when File is { } file && file.MimeType.StartsWith("audio/", StringComparison.Ordinal) => MessageForm.Voice,
        _ => MessageForm.File,
    };

    /// <summary>The message that it answers.</summary>
    public Guid? ReplyTo { get; init; }

    /// <summary>It cannot wait.</summary>
    public bool IsUrgent { get; init; }

    /// <summary>An answer is asked for.</summary>
    public bool RequiresResponse { get; init; }

    /// <summary>What it is about: one of <see cref="MessageIntents"/>.</summary>
    public string? Intent { get; init; }

    /// <summary>When it was pinned; null while it is not.</summary>
    public DateTimeOffset? PinnedAt { get; init; }

    /// <summary>Who pinned it.</summary>
    public Guid? PinnedBy { get; init; }

    /// <summary>When a practitioner acknowledged the urgent message.</summary>
    public DateTimeOffset? AcknowledgedAt { get; init; }

    /// <summary>Who did.</summary>
    public Guid? AcknowledgedBy { get; init; }

    /// <summary>When it was committed.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was last edited.</summary>
    public DateTimeOffset? EditedAt { get; init; }

    /// <summary>When it was deleted.</summary>
    public DateTimeOffset? DeletedAt { get; init; }

    /// <summary>When it first reached the other side.</summary>
    public DateTimeOffset? DeliveredAt { get; init; }

    /// <summary>When the other side first read it.</summary>
    public DateTimeOffset? ReadAt { get; init; }

    /// <summary>Reactions, by emoji.</summary>
    public IReadOnlyList<ReactionView> Reactions { get; init; } = [];
}

/// <summary>Where a conversation stands.</summary>
public readonly record struct ConversationHead(long Seq, long Change);

/// <summary>Part of a conversation.</summary>
/// <param name="Head">Where the conversation stands.</param>
/// <param name="Status">Whether it takes messages.</param>
/// <param name="Messages">In the order that was asked for.</param>
public sealed record ConversationPage(ConversationHead Head, ConversationStatus Status, IReadOnlyList<MessageView> Messages);
