using Colloque.Conversations;

namespace Colloque;

/// <summary>Something that has been committed and that those concerned should hear of. Contracts turn it into their own events.</summary>
public abstract record Announcement;

/// <summary>A message was appended; to all seats of its conversation.</summary>
public sealed record MessageAppended(MessageView Message) : Announcement;

/// <summary>A message was edited, deleted or reacted to.</summary>
public sealed record MessageChanged(MessageView Message) : Announcement;

/// <summary>A watermark moved: <paramref name="UserId"/> has everything up to <paramref name="Seq"/>.</summary>
public sealed record ReceiptAdvanced(Guid ConversationId, Guid MessageId, long Seq, Guid UserId, ReceiptKind Kind, DateTimeOffset At) : Announcement;

/// <summary>A conversation was put away, taken out again, or closed.</summary>
public sealed record ConversationChanged(Guid ConversationId, ConversationStatus Status) : Announcement;

/// <summary>Somebody took a copy of a conversation.</summary>
public sealed record ConversationExported(Guid ConversationId, Guid UserId) : Announcement;

/// <summary>Who is in a conversation has changed.</summary>
public sealed record SeatsChanged(Guid ConversationId) : Announcement
{
    /// <summary>Who is in it no longer; null where somebody came.</summary>
    public Guid? Left { get; init; }
}

/// <summary>The practitioner came: the visit is in progress.</summary>
public sealed record ConsultationStarted(Guid ConsultationId, DateTimeOffset StartedAt) : Announcement;

/// <summary>The visit is over; nothing can be written any more.</summary>
public sealed record ConsultationClosed(Guid ConsultationId, DateTimeOffset ClosedAt) : Announcement;

/// <summary>Where announcements go. The host has one that fans out to its contracts and, with more than one node, to a broker.</summary>
public interface IAnnouncer
{
    /// <summary>Never throws, never waits: the commit it follows has happened.</summary>
    void Announce(Announcement announcement);
}
