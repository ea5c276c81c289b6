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
            notice.ReadAt is not null, notice.ReadAt?.UtcDateTime, notice.CreatedAt.UtcDateTime, notice.ConversationId);
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
        NoticeKind.MessageReceived => "MESSAGE_RECEIVED",
        NoticeKind.UrgentEscalated => "URGENT_ESCALATED",
        NoticeKind.UrgentWaiting => "URGENT_WAITING",
        NoticeKind.UrgentReminder => "URGENT_REMINDER",
        NoticeKind.Exported => "CONVERSATION_EXPORTED",
        NoticeKind.RecordWritten => "RECORD_WRITTEN",
        _ => "SLOT_OFFERED",
    };

    private static string Link(NoticeView notice, Role role) => notice.ConversationId is { } conversation ? NoticeTarget.Of(notice.Kind, conversation, role == Role.Patient) : notice.ConsultationId is not { } visit ? $"/patient/practitioners/{notice.PractitionerId}"
        : role == Role.Patient ? $"/patient/visits/{visit}" : $"/professional/consultations/{visit}";

    private static (string Title, string Message) Say(NoticeKind kind, string language) => kind >= NoticeKind.MessageReceived ? SayOfMessages(kind, language) : SayOfVisits(kind, language);

    /// <summary>A message's notice says that there is one: neither what it says nor who wrote it.</summary>
    private static (string Title, string Message) SayOfMessages(NoticeKind kind, string language) => (kind, language) switch
    {
        (NoticeKind.MessageReceived, "fr") => ("Vous avez un message", "Un message que vous n’avez pas encore lu vous attend."),
        (NoticeKind.MessageReceived, "es") => ("Tiene un mensaje", "Le espera un mensaje que todavía no ha leído."),
        (NoticeKind.MessageReceived, _) => ("You have a message", "A message that you have not read yet waits for you."),
        (NoticeKind.UrgentEscalated, "fr") => ("Un message urgent vous attend", "Il est resté sans réponse et vous est transmis, car vous assurez le relais."),
        (NoticeKind.UrgentEscalated, "es") => ("Un mensaje urgente le espera", "No ha encontrado a nadie y le llega a usted, que hace de relevo."),
        (NoticeKind.UrgentEscalated, _) => ("An urgent message waits for you", "It has found nobody, and came to you, who stand in."),
        (NoticeKind.UrgentWaiting, "fr") => ("Votre message urgent n’a pas encore été vu", "Nous avons relancé. Si cela ne peut pas attendre, appelez le 15 ou le 112."),
        (NoticeKind.UrgentWaiting, "es") => ("Su mensaje urgente aún no ha sido visto", "Hemos vuelto a avisar. Si no puede esperar, llame al 112."),
        (NoticeKind.UrgentWaiting, _) => ("Your urgent message has not been seen yet", "We have asked again. If it cannot wait, call the emergency number of your country (112 in Europe)."),
        (NoticeKind.UrgentReminder, "fr") => ("Un message urgent vous attend", "Personne ne l’a encore signalé comme vu."),
        (NoticeKind.UrgentReminder, "es") => ("Un mensaje urgente le espera", "Nadie lo ha marcado todavía como visto."),
        (NoticeKind.UrgentReminder, _) => ("An urgent message waits for you", "Nobody has said yet that it was read."),
        (NoticeKind.Exported, "fr") => ("Copie d’une conversation", "Une personne qui y participe a fait une copie de cette conversation."),
        (NoticeKind.Exported, "es") => ("Copia de una conversación", "Una persona que participa en ella ha hecho una copia de esta conversación."),
        (NoticeKind.Exported, _) => ("A copy of a conversation", "Somebody who takes part in it made a copy of this conversation."),
        (_, "fr") => ("Du nouveau pour vous", "Un nouvel élément a été déposé dans votre espace."),
        (_, "es") => ("Algo nuevo para usted", "Se ha dejado algo nuevo en su espacio."),
        _ => ("Something new for you", "Something new was put into your space."),
    };

    private static (string Title, string Message) SayOfVisits(NoticeKind kind, string language) => (kind, language) switch
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
