namespace Colloque.Notifications;

/// <summary>Mail in Spanish.</summary>
internal static class SpanishMail
{
    internal static MailWords Of(MailKind kind) => kind switch
    {
        MailKind.VerifyEmail => new(
            "Confirme su dirección de correo", ["Se ha abierto una cuenta con esta dirección. Para usarla, confirme que la dirección es suya."],
            "Confirmar la dirección", "Si no ha sido usted, no haga nada: sin confirmación, la cuenta sigue cerrada."),
        MailKind.AlreadyRegistered => new(
            "Ya tiene una cuenta", ["Alguien, quizá usted, ha intentado abrir una cuenta con esta dirección. Ya tiene una, y nada ha cambiado en ella.", "Si ya no recuerda su contraseña, pida otra en la página de inicio de sesión."],
            "Iniciar sesión", "Si no ha sido usted, no hay nada que hacer."),
        MailKind.NoOrganization => new(
            "Su inscripción", ["Ha pedido una cuenta. Ninguna organización corresponde aquí a esta dirección, así que no se ha abierto ninguna.", "Pida a su organización que le invite, o inscríbase con la dirección que le ha dado."]),
        MailKind.ResetPassword => new(
            "Elija una contraseña nueva", ["Alguien, quizá usted, ha pedido una contraseña nueva para esta cuenta."],
            "Elegir una contraseña", "El enlace sirve una sola vez y por poco tiempo. Si no ha sido usted, no haga nada: su contraseña sigue siendo la misma."),
        MailKind.PasswordChanged => new(
            "Se ha cambiado su contraseña", ["Se ha cambiado la contraseña de su cuenta y se ha cerrado la sesión en todos los dispositivos.", "Si no ha sido usted, pida enseguida otra contraseña en la página de inicio de sesión y avise a su organización."],
            "Iniciar sesión"),
        MailKind.Invitation => new(
            "Una invitación", ["{0} le invita a abrir su cuenta."],
            "Abrir la cuenta", "El enlace es solo para usted y sirve una vez. Si no lo esperaba, puede ignorar este mensaje."),
        MailKind.RegistrationApproved => new(
            "Su cuenta está abierta", ["{0} ha aprobado su inscripción. Ya puede iniciar sesión."],
            "Iniciar sesión"),
        MailKind.NewSignIn => new(
            "Nuevo inicio de sesión en su cuenta", ["Su cuenta se ha usado desde un dispositivo o una red desde los que no se había usado antes.", "Si ha sido usted, no hay nada que hacer. Si no, cambie enseguida su contraseña: se cerrará la sesión en todos los dispositivos."],
            "Ver sus dispositivos"),
        MailKind.SignInStolen => new(
            "Se ha cerrado una de sus sesiones", ["Una sesión de su cuenta se ha usado en dos lugares, como ocurre cuando alguien la ha copiado. Por prudencia, la hemos cerrado.", "Vuelva a iniciar sesión. Si no conoce el otro lugar, cambie también su contraseña."],
            "Iniciar sesión"),
        MailKind.SecondFactorChanged => new(
            "Ha cambiado su segundo factor", ["Se ha añadido, sustituido o quitado un segundo factor de su cuenta (generador de códigos, clave de acceso o códigos de recuperación).", "Si no ha sido usted, cambie enseguida su contraseña y avise a su organización."],
            "Ver su cuenta"),
        MailKind.PractitionerValidated => new(
            "Su expediente está validado", ["Su expediente se ha examinado y validado. Ya puede iniciar sesión y empezar."],
            "Iniciar sesión"),
        MailKind.PractitionerRejected => new(
            "Su expediente no se ha validado", ["Su expediente se ha examinado y no se ha podido validar tal como está. El motivo se encuentra en su cuenta."],
            "Ver el motivo"),
        MailKind.DataExported => new(
            "Se ha hecho una copia de sus datos", ["Alguien, con la sesión iniciada en su cuenta, ha hecho una copia de los datos que contiene.", "Si no ha sido usted, cambie enseguida su contraseña y avise a su organización."],
            "Ver su cuenta"),
        MailKind.VisitBooked => new("Una nueva cita", ["Alguien ha reservado una cita con usted: {1}."], "Ver la cita"),
        MailKind.VisitConfirmed => new("Su cita está confirmada", ["Su cita es el {1}."], "Ver la cita"),
        MailKind.VisitCancelled => new("Se ha cancelado una cita", ["La cita del {1} no tendrá lugar."], "Ver la cita"),
        MailKind.VisitRescheduled => new("Una cita tiene otra hora", ["Su cita se ha cambiado. Ahora es el {1}."], "Ver la cita"),
        MailKind.VisitReminder => new("Su cita se acerca", ["Le recordamos que su cita es el {1}.", "Si es por vídeo o audio, compruebe ya cámara, sonido y conexión: bastan dos minutos."], "Preparar la cita"),
        MailKind.PractitionerReady => new("Le esperan", ["Su cita del {1} comienza: ya puede entrar."], "Entrar"),
        MailKind.PractitionerChanged => new("Su cita ha cambiado", ["Otra persona del equipo le atenderá en su cita del {1}."], "Ver la cita"),
        MailKind.TimeOffered => new("Ha quedado una hora libre", ["Una hora que usted esperaba está libre: {1}. Se le guarda durante media hora."], "Tomarla"),
        MailKind.JoinLink => new(
            "Un enlace a una cita", ["Le han invitado a unirse a una cita por vídeo o audio. No se necesita cuenta."],
            "Unirse", "El enlace es solo para usted y sirve hasta el final de la cita. Si no lo esperaba, ignore este mensaje."),
        MailKind.JoinCode => new(
            "Su código", ["Su código para unirse a la cita: {0}", "Vale durante diez minutos y sirve una vez. Si no lo ha pedido, no haga nada."]),
        MailKind.MessageWaiting => new("Tiene un mensaje", ["Tiene un mensaje que todavía no ha leído."], "Leerlo", "En su cuenta puede elegir qué llega por correo, y cuándo."),
        MailKind.UrgentEscalated => new("Un mensaje urgente le espera", ["Un mensaje urgente no ha encontrado a nadie y le llega a usted, que hace de relevo. Léalo y márquelo como visto."], "Leerlo"),
        MailKind.UrgentWaiting => new("Su mensaje urgente", ["Su mensaje urgente aún no ha sido visto; hemos vuelto a avisar.", "Si no puede esperar, no espere respuesta aquí: llame al 112."], "Ver la conversación"),
        MailKind.UrgentReminder => new("Un mensaje urgente le espera", ["Un mensaje urgente le espera, y nadie lo ha marcado todavía como visto."], "Leerlo"),
        MailKind.ConversationExported => new("Se ha hecho una copia de una conversación", ["Una persona que participa en una de sus conversaciones ha hecho una copia."], "Ver la conversación"),
        MailKind.RecordWritten => new("Hay algo nuevo para usted", ["Se ha dejado algo nuevo en su espacio para que lo lea."], "Leerlo"),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "A mail without words."),
    };
}
