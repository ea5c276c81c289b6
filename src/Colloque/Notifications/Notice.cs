namespace Colloque.Notifications;

/// <summary>What a notice tells a person of.</summary>
public enum NoticeKind
{
    /// <summary>Somebody booked a time of theirs.</summary>
    Booked,

    /// <summary>A visit is agreed.</summary>
    Confirmed,

    /// <summary>A visit was called off.</summary>
    Cancelled,

    /// <summary>A visit has another time.</summary>
    Rescheduled,

    /// <summary>The practitioner is there.</summary>
    PractitionerReady,

    /// <summary>Another practitioner gives the visit.</summary>
    PractitionerChanged,

    /// <summary>A visit is near.</summary>
    Reminder,

    /// <summary>A time got free for one who waited.</summary>
    SlotOffered,

    /// <summary>Messages of a conversation stay unread.</summary>
    MessageReceived,

    /// <summary>An urgent message that the practitioner did not acknowledge came to their deputy.</summary>
    UrgentEscalated,

    /// <summary>The patient's urgent message has not been acknowledged yet.</summary>
    UrgentWaiting,

    /// <summary>An urgent message waits for its practitioner, who has no deputy.</summary>
    UrgentReminder,

    /// <summary>Somebody exported a conversation.</summary>
    Exported,

    /// <summary>A practitioner wrote a record for the patient.</summary>
    RecordWritten,
}

/// <summary>A notice, as its owner sees it.</summary>
/// <param name="Id">UUIDv7.</param>
/// <param name="Kind">What it tells of.</param>
/// <param name="ConsultationId">The visit; null for an offered time.</param>
/// <param name="PractitionerId">Whose time is offered; null for a visit.</param>
/// <param name="StartsAt">The start that was planned when it came to be; of a conversation, when what it tells of happened.</param>
/// <param name="CreatedAt">When it came to be.</param>
/// <param name="ReadAt">Null: not yet.</param>
public sealed record NoticeView(
    Guid Id, NoticeKind Kind, Guid? ConsultationId, Guid? PractitionerId, DateTimeOffset StartsAt, DateTimeOffset CreatedAt, DateTimeOffset? ReadAt)
{
    /// <summary>The conversation; null for what is about visits.</summary>
    public Guid? ConversationId { get; init; }
}

/// <summary>There is something new to read; to its owner, wherever they are signed in.</summary>
public sealed record NoticeMade(Guid UserId, NoticeView Notice) : Announcement;

/// <summary>What a person wants to hear of, and how.</summary>
/// <param name="MailChanges">Visits agreed, moved, called off; the practitioner is there; a time got free.</param>
/// <param name="MailReminders">Visits that are near.</param>
/// <param name="ReminderMinutes">How long before a visit, minutes: at most five, each 5 to 10,080.</param>
public sealed record NoticeSettings(bool MailChanges, bool MailReminders, IReadOnlyList<int> ReminderMinutes)
{
    /// <summary>Messages that stay unread, exports and records, by mail.</summary>
    public bool MailMessages { get; init; }

    /// <summary>The same, on the devices that asked for it.</summary>
    public bool PushMessages { get; init; } = true;

    /// <summary>When neither mailbox nor devices hear of messages; null for never.</summary>
    public QuietHours? Quiet { get; init; }

    /// <summary>Whether urgent ones break the silence.</summary>
    public bool UrgentPasses { get; init; } = true;
}

/// <summary>What of their choices a person changes; null stays as it is.</summary>
public sealed record NoticeChoices
{
    /// <summary>See <see cref="NoticeSettings"/>.</summary>
    public bool? MailChanges { get; init; }

    /// <summary>See <see cref="NoticeSettings"/>.</summary>
    public bool? MailReminders { get; init; }

    /// <summary>See <see cref="NoticeSettings"/>.</summary>
    public IReadOnlyList<int>? ReminderMinutes { get; init; }

    /// <summary>See <see cref="NoticeSettings"/>.</summary>
    public bool? MailMessages { get; init; }

    /// <summary>See <see cref="NoticeSettings"/>.</summary>
    public bool? PushMessages { get; init; }

    /// <summary>New quiet hours.</summary>
    public QuietHours? Quiet { get; init; }

    /// <summary>No quiet hours any more; goes before <see cref="Quiet"/>.</summary>
    public bool EndsQuiet { get; init; }

    /// <summary>See <see cref="NoticeSettings"/>.</summary>
    public bool? UrgentPasses { get; init; }
}

/// <summary>When people are reminded who have chosen nothing: <c>Reminders__Before__0</c> and on, minutes.</summary>
/// <param name="Minutes">A day and an hour before, unless set.</param>
public sealed record UsualReminders(IReadOnlyList<int> Minutes);
