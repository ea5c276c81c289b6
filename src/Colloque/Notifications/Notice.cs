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
}

/// <summary>A notice, as its owner sees it.</summary>
/// <param name="Id">UUIDv7.</param>
/// <param name="Kind">What it tells of.</param>
/// <param name="ConsultationId">The visit; null for an offered time.</param>
/// <param name="PractitionerId">Whose time is offered; null for a visit.</param>
/// <param name="StartsAt">The start that was planned when it came to be.</param>
/// <param name="CreatedAt">When it came to be.</param>
/// <param name="ReadAt">Null: not yet.</param>
public sealed record NoticeView(
    Guid Id, NoticeKind Kind, Guid? ConsultationId, Guid? PractitionerId, DateTimeOffset StartsAt, DateTimeOffset CreatedAt, DateTimeOffset? ReadAt);

/// <summary>There is something new to read; to its owner, wherever they are signed in.</summary>
public sealed record NoticeMade(Guid UserId, NoticeView Notice) : Announcement;

/// <summary>What a person wants to hear of, and how.</summary>
/// <param name="MailChanges">Visits agreed, moved, called off; the practitioner is there; a time got free.</param>
/// <param name="MailReminders">Visits that are near.</param>
/// <param name="ReminderMinutes">How long before a visit, minutes: at most five, each 5 to 10,080.</param>
public sealed record NoticeSettings(bool MailChanges, bool MailReminders, IReadOnlyList<int> ReminderMinutes);

/// <summary>When people are reminded who have chosen nothing: <c>Reminders__Before__0</c> and on, minutes.</summary>
/// <param name="Minutes">A day and an hour before, unless set.</param>
public sealed record UsualReminders(IReadOnlyList<int> Minutes);
