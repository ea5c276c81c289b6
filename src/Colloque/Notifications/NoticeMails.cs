namespace Colloque.Notifications;

/// <summary>Which mail tells of which notice.</summary>
internal static class NoticeMails
{
    /// <exception cref="ArgumentOutOfRangeException">A notice without a mail.</exception>
    internal static MailKind ToMail(this NoticeKind kind) => kind switch
    {
        NoticeKind.Booked => MailKind.VisitBooked,
        NoticeKind.Confirmed => MailKind.VisitConfirmed,
        NoticeKind.Cancelled => MailKind.VisitCancelled,
        NoticeKind.Rescheduled => MailKind.VisitRescheduled,
        NoticeKind.PractitionerReady => MailKind.PractitionerReady,
        NoticeKind.PractitionerChanged => MailKind.PractitionerChanged,
        NoticeKind.Reminder => MailKind.VisitReminder,
        NoticeKind.SlotOffered => MailKind.TimeOffered,
        NoticeKind.MessageReceived => MailKind.MessageWaiting,
        NoticeKind.UrgentEscalated => MailKind.UrgentEscalated,
        NoticeKind.UrgentWaiting => MailKind.UrgentWaiting,
        NoticeKind.UrgentReminder => MailKind.UrgentReminder,
        NoticeKind.Exported => MailKind.ConversationExported,
        NoticeKind.RecordWritten => MailKind.RecordWritten,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "A notice without a mail."),
    };
}
