namespace Colloque.Notifications;

/// <summary>What a mail tells. Each has its words in French, English and Spanish, and none of them says a word of health.</summary>
public enum MailKind
{
    /// <summary>A link that proves the address of a new account.</summary>
    VerifyEmail,

    /// <summary>Somebody tried to register with the address of an account that exists.</summary>
    AlreadyRegistered,

    /// <summary>A registration that no organization fits.</summary>
    NoOrganization,

    /// <summary>A link that sets a new password.</summary>
    ResetPassword,

    /// <summary>The password was changed.</summary>
    PasswordChanged,

    /// <summary>A link that accepts an organization's invitation.</summary>
    Invitation,

    /// <summary>The organization approved the registration.</summary>
    RegistrationApproved,

    /// <summary>A sign-in from a network or device not seen before.</summary>
    NewSignIn,

    /// <summary>A spent token came back: that sign-in was ended.</summary>
    SignInStolen,

    /// <summary>A second factor was added or removed.</summary>
    SecondFactorChanged,

    /// <summary>The platform validated a practitioner's file.</summary>
    PractitionerValidated,

    /// <summary>The platform did not validate a practitioner's file.</summary>
    PractitionerRejected,

    /// <summary>Somebody exported what the account holds.</summary>
    DataExported,

    /// <summary>Somebody booked a time of the practitioner's.</summary>
    VisitBooked,

    /// <summary>A visit is agreed.</summary>
    VisitConfirmed,

    /// <summary>A visit was called off.</summary>
    VisitCancelled,

    /// <summary>A visit has another time.</summary>
    VisitRescheduled,

    /// <summary>A visit is near.</summary>
    VisitReminder,

    /// <summary>The practitioner is there.</summary>
    PractitionerReady,

    /// <summary>Another practitioner gives the visit.</summary>
    PractitionerChanged,

    /// <summary>A time got free for one who waited.</summary>
    TimeOffered,

    /// <summary>A link into one visit, for somebody without an account.</summary>
    JoinLink,

    /// <summary>The code that such a link asks for.</summary>
    JoinCode,

    /// <summary>Messages stay unread.</summary>
    MessageWaiting,

    /// <summary>An urgent message came to the deputy.</summary>
    UrgentEscalated,

    /// <summary>The patient's urgent message has not been acknowledged.</summary>
    UrgentWaiting,

    /// <summary>An urgent message waits for its practitioner.</summary>
    UrgentReminder,

    /// <summary>Somebody exported a conversation.</summary>
    ConversationExported,

    /// <summary>A practitioner wrote something for the patient.</summary>
    RecordWritten,
}
