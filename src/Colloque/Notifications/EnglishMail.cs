namespace Colloque.Notifications;

/// <summary>Mail in English.</summary>
internal static class EnglishMail
{
    internal static MailWords Of(MailKind kind) => kind switch
    {
        MailKind.VerifyEmail => new(
            "Confirm your e-mail address", ["An account was opened with this address. To use it, confirm that the address is yours."],
            "Confirm the address", "If it was not you, do nothing: without a confirmation the account stays closed."),
        MailKind.AlreadyRegistered => new(
            "You already have an account", ["Somebody, perhaps you, tried to open an account with this address. You have one already, and nothing about it has changed.", "If you no longer know your password, ask for a new one on the sign-in page."],
            "Sign in", "If it was not you, there is nothing to do."),
        MailKind.NoOrganization => new(
            "Your registration", ["You asked for an account. No organization here goes with this address, so none was opened.", "Please ask your organization to invite you, or register with the address it gave you."]),
        MailKind.ResetPassword => new(
            "Choose a new password", ["Somebody, perhaps you, asked for a new password for this account."],
            "Choose a password", "The link works once and for a short time. If it was not you, do nothing: your password stays as it is."),
        MailKind.PasswordChanged => new(
            "Your password was changed", ["The password of your account was changed, and all devices were signed out.", "If it was not you, ask for a new password on the sign-in page at once, and tell your organization."],
            "Sign in"),
        MailKind.Invitation => new(
            "An invitation", ["{0} invites you to open your account."],
            "Open the account", "The link is for you alone and works once. If you did not expect it, you may ignore this message."),
        MailKind.RegistrationApproved => new(
            "Your account is open", ["{0} has approved your registration. You can sign in now."],
            "Sign in"),
        MailKind.NewSignIn => new(
            "A new sign-in to your account", ["Your account was used from a device or a network that it had not been used from before.", "If it was you, there is nothing to do. If not, change your password at once: that signs out every device."],
            "See your devices"),
        MailKind.SignInStolen => new(
            "One of your sign-ins was ended", ["A sign-in of your account was used in two places, as happens when it has been copied. To be safe, we ended it.", "Sign in again. If you do not know the other place, change your password too."],
            "Sign in"),
        MailKind.SecondFactorChanged => new(
            "Your second factor was changed", ["A second factor of your account (a code generator, a passkey or recovery codes) was added, replaced or removed.", "If it was not you, change your password at once, and tell your organization."],
            "See your account"),
        MailKind.PractitionerValidated => new(
            "Your file is validated", ["Your file was examined and validated. You can sign in and begin."],
            "Sign in"),
        MailKind.PractitionerRejected => new(
            "Your file was not validated", ["Your file was examined and could not be validated as it is. The reason is shown in your account."],
            "See the reason"),
        MailKind.DataExported => new(
            "A copy of your data was made", ["Somebody signed in to your account made a copy of the data it holds.", "If it was not you, change your password at once, and tell your organization."],
            "See your account"),
        MailKind.VisitBooked => new("A new appointment", ["Somebody booked an appointment with you: {1}."], "See the appointment"),
        MailKind.VisitConfirmed => new("Your appointment is confirmed", ["Your appointment is on {1}."], "See the appointment"),
        MailKind.VisitCancelled => new("An appointment was cancelled", ["The appointment of {1} will not take place."], "See the appointment"),
        MailKind.VisitRescheduled => new("An appointment has a new time", ["Your appointment has been moved. It is now on {1}."], "See the appointment"),
        MailKind.VisitReminder => new("Your appointment is near", ["A reminder: your appointment is on {1}.", "If it is held by video or audio, see now whether camera, sound and connection work: it takes two minutes."], "Get ready for the appointment"),
        MailKind.PractitionerReady => new("You are expected", ["Your appointment of {1} is beginning: you can come in."], "Come in"),
        MailKind.PractitionerChanged => new("Your appointment has changed", ["Another practitioner of the team will receive you at your appointment of {1}."], "See the appointment"),
        MailKind.TimeOffered => new("A time has become free", ["A time that you waited for is free: {1}. It is kept for you for half an hour."], "Take it"),
        MailKind.JoinLink => new(
            "A link to an appointment", ["You were invited to join an appointment by video or sound. No account is needed."],
            "Join", "The link is for you alone and works until the appointment ends. If you did not expect it, you may ignore this message."),
        MailKind.JoinCode => new(
            "Your code", ["Your code to join the appointment: {0}", "It is good for ten minutes and works once. If you did not ask for it, do nothing."]),
        MailKind.MessageWaiting => new("You have a message", ["You have a message that you have not read yet."], "Read it", "You can choose in your account what comes by mail, and when."),
        MailKind.UrgentEscalated => new("An urgent message waits for you", ["An urgent message has found nobody, and came to you, who stand in. Please read it and say that you have."], "Read it"),
        MailKind.UrgentWaiting => new("Your urgent message", ["Your urgent message has not been seen yet; we have asked again.", "If it cannot wait, do not wait for an answer here: call the emergency number of your country (112 in Europe)."], "See the conversation"),
        MailKind.UrgentReminder => new("An urgent message waits for you", ["An urgent message waits for you, and nobody has said yet that it was read."], "Read it"),
        MailKind.ConversationExported => new("A copy of a conversation was made", ["Somebody who takes part in one of your conversations made a copy of it."], "See the conversation"),
        MailKind.RecordWritten => new("There is something new for you", ["Something new was put into your space for you to read."], "Read it"),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "A mail without words."),
    };
}
