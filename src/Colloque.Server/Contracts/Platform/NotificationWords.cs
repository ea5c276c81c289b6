using Colloque.Notifications;
using Colloque.Security;

namespace Colloque.Server.Contracts.Platform;

/// <summary>Notices in document 001's types, and in the words of a language.</summary>
internal static class NotificationWords
{
    internal static NotificationAnswer Of(NoticeView notice, Role role, string language)
    {
        var (title, message) = Say(notice.Kind, language);
        return new(
            notice.Id, Type(notice.Kind), title, message, Link(notice, role), notice.ConsultationId, notice.StartsAt.UtcDateTime,
            notice.ReadAt is not null, notice.ReadAt?.UtcDateTime, notice.CreatedAt.UtcDateTime);
    }

    private static string Type(NoticeKind kind) => kind switch
    {
        NoticeKind.Booked => "CONSULTATION_BOOKED",
        NoticeKind.Confirmed => "CONSULTATION_CONFIRMED",
        NoticeKind.Cancelled => "CONSULTATION_CANCELLED",
        NoticeKind.Rescheduled => "CONSULTATION_RESCHEDULED",
        NoticeKind.Reminder => "CONSULTATION_REMINDER",
        NoticeKind.PractitionerReady => "PRACTITIONER_READY",
        NoticeKind.PractitionerChanged => "PRACTITIONER_CHANGED",
        _ => "SLOT_OFFERED",
    };

    private static string Link(NoticeView notice, Role role) => notice.ConsultationId is not { } visit ? $"/patient/practitioners/{notice.PractitionerId}"
        : role == Role.Patient ? $"/patient/visits/{visit}" : $"/professional/consultations/{visit}";

    private static (string Title, string Message) Say(NoticeKind kind, string language) => (kind, language) switch
    {
        (NoticeKind.Booked, "fr") => ("Nouveau rendez-vous", "Un rendez-vous a été pris avec vous."),
        (NoticeKind.Booked, "es") => ("Una nueva cita", "Alguien ha reservado una cita con usted."),
        (NoticeKind.Booked, _) => ("A new appointment", "Somebody booked an appointment with you."),
        (NoticeKind.Confirmed, "fr") => ("Rendez-vous confirmé", "Votre rendez-vous est confirmé."),
        (NoticeKind.Confirmed, "es") => ("Cita confirmada", "Su cita está confirmada."),
        (NoticeKind.Confirmed, _) => ("Appointment confirmed", "Your appointment is confirmed."),
        (NoticeKind.Cancelled, "fr") => ("Rendez-vous annulé", "Ce rendez-vous n’aura pas lieu."),
        (NoticeKind.Cancelled, "es") => ("Cita cancelada", "Esta cita no tendrá lugar."),
        (NoticeKind.Cancelled, _) => ("Appointment cancelled", "This appointment will not take place."),
        (NoticeKind.Rescheduled, "fr") => ("Rendez-vous déplacé", "Votre rendez-vous a une nouvelle heure."),
        (NoticeKind.Rescheduled, "es") => ("Cita cambiada", "Su cita tiene otra hora."),
        (NoticeKind.Rescheduled, _) => ("Appointment moved", "Your appointment has a new time."),
        (NoticeKind.Reminder, "fr") => ("Rappel", "Votre rendez-vous approche."),
        (NoticeKind.Reminder, "es") => ("Recordatorio", "Su cita se acerca."),
        (NoticeKind.Reminder, _) => ("Reminder", "Your appointment is near."),
        (NoticeKind.PractitionerReady, "fr") => ("On vous attend", "Votre rendez-vous commence : vous pouvez entrer."),
        (NoticeKind.PractitionerReady, "es") => ("Le esperan", "Su cita comienza: ya puede entrar."),
        (NoticeKind.PractitionerReady, _) => ("You are expected", "Your appointment is beginning: you can come in."),
        (NoticeKind.PractitionerChanged, "fr") => ("Rendez-vous modifié", "Un autre membre de l’équipe vous recevra."),
        (NoticeKind.PractitionerChanged, "es") => ("Cita modificada", "Le atenderá otra persona del equipo."),
        (NoticeKind.PractitionerChanged, _) => ("Appointment changed", "Another practitioner of the team will receive you."),
        (_, "fr") => ("Un créneau s’est libéré", "Il vous est réservé pendant une demi-heure."),
        (_, "es") => ("Ha quedado una hora libre", "Se le guarda durante media hora."),
        _ => ("A time has become free", "It is kept for you for half an hour."),
    };
}
