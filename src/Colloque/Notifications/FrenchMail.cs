namespace Colloque.Notifications;

/// <summary>Mail in French.</summary>
internal static class FrenchMail
{
    internal static MailWords Of(MailKind kind) => kind switch
    {
        MailKind.VerifyEmail => new(
            "Confirmez votre adresse e-mail", ["Un compte a été ouvert avec cette adresse. Pour l’utiliser, confirmez que l’adresse est la vôtre."],
            "Confirmer l’adresse", "Si ce n’était pas vous, ne faites rien : sans confirmation, le compte reste fermé."),
        MailKind.AlreadyRegistered => new(
            "Vous avez déjà un compte", ["Quelqu’un, peut-être vous, a voulu ouvrir un compte avec cette adresse. Vous en avez déjà un, et rien n’y a changé.", "Si vous ne connaissez plus votre mot de passe, demandez-en un nouveau sur la page de connexion."],
            "Se connecter", "Si ce n’était pas vous, il n’y a rien à faire."),
        MailKind.NoOrganization => new(
            "Votre inscription", ["Vous avez demandé un compte. Aucune organisation ne correspond ici à cette adresse : aucun compte n’a été ouvert.", "Demandez à votre organisation de vous inviter, ou inscrivez-vous avec l’adresse qu’elle vous a donnée."]),
        MailKind.ResetPassword => new(
            "Choisissez un nouveau mot de passe", ["Quelqu’un, peut-être vous, a demandé un nouveau mot de passe pour ce compte."],
            "Choisir un mot de passe", "Le lien sert une seule fois et pour peu de temps. Si ce n’était pas vous, ne faites rien : votre mot de passe reste le même."),
        MailKind.PasswordChanged => new(
            "Votre mot de passe a été changé", ["Le mot de passe de votre compte a été changé, et tous les appareils ont été déconnectés.", "Si ce n’était pas vous, demandez tout de suite un nouveau mot de passe sur la page de connexion et prévenez votre organisation."],
            "Se connecter"),
        MailKind.Invitation => new(
            "Une invitation", ["{0} vous invite à ouvrir votre compte."],
            "Ouvrir le compte", "Le lien est pour vous seul et sert une fois. Si vous ne l’attendiez pas, ignorez ce message."),
        MailKind.RegistrationApproved => new(
            "Votre compte est ouvert", ["{0} a accepté votre inscription. Vous pouvez vous connecter."],
            "Se connecter"),
        MailKind.NewSignIn => new(
            "Nouvelle connexion à votre compte", ["Votre compte a été utilisé depuis un appareil ou un réseau nouveau pour lui.", "Si c’était vous, il n’y a rien à faire. Sinon, changez tout de suite votre mot de passe : tous les appareils seront déconnectés."],
            "Voir vos appareils"),
        MailKind.SignInStolen => new(
            "Une de vos connexions a été fermée", ["Une connexion de votre compte a servi à deux endroits, comme il arrive quand elle a été copiée. Par prudence, nous l’avons fermée.", "Connectez-vous de nouveau. Si l’autre endroit vous est inconnu, changez aussi votre mot de passe."],
            "Se connecter"),
        MailKind.SecondFactorChanged => new(
            "Votre second facteur a changé", ["Un second facteur de votre compte (générateur de codes, clé d’accès ou codes de secours) a été ajouté, remplacé ou retiré.", "Si ce n’était pas vous, changez tout de suite votre mot de passe et prévenez votre organisation."],
            "Voir votre compte"),
        MailKind.PractitionerValidated => new(
            "Votre dossier est validé", ["Votre dossier a été examiné et validé. Vous pouvez vous connecter et commencer."],
            "Se connecter"),
        MailKind.PractitionerRejected => new(
            "Votre dossier n’a pas été validé", ["Votre dossier a été examiné et n’a pas pu être validé en l’état. Le motif se trouve dans votre compte."],
            "Voir le motif"),
        MailKind.DataExported => new(
            "Une copie de vos données a été faite", ["Quelqu’un, connecté à votre compte, a fait une copie des données qu’il contient.", "Si ce n’était pas vous, changez tout de suite votre mot de passe et prévenez votre organisation."],
            "Voir votre compte"),
        MailKind.VisitBooked => new("Nouveau rendez-vous", ["Un rendez-vous a été pris avec vous : {1}."], "Voir le rendez-vous"),
        MailKind.VisitConfirmed => new("Votre rendez-vous est confirmé", ["Votre rendez-vous a lieu le {1}."], "Voir le rendez-vous"),
        MailKind.VisitCancelled => new("Un rendez-vous a été annulé", ["Le rendez-vous du {1} n’aura pas lieu."], "Voir le rendez-vous"),
        MailKind.VisitRescheduled => new("Un rendez-vous a été déplacé", ["Votre rendez-vous a été déplacé. Il a maintenant lieu le {1}."], "Voir le rendez-vous"),
        MailKind.VisitReminder => new("Votre rendez-vous approche", ["Pour mémoire, votre rendez-vous a lieu le {1}.", "S’il a lieu en vidéo ou en audio, vérifiez dès maintenant caméra, son et connexion : deux minutes suffisent."], "Préparer le rendez-vous"),
        MailKind.PractitionerReady => new("On vous attend", ["Votre rendez-vous du {1} commence : vous pouvez entrer."], "Entrer"),
        MailKind.PractitionerChanged => new("Votre rendez-vous a changé", ["Un autre membre de l’équipe vous recevra à votre rendez-vous du {1}."], "Voir le rendez-vous"),
        MailKind.TimeOffered => new("Un créneau s’est libéré", ["Un créneau que vous attendiez est libre : {1}. Il vous est réservé pendant une demi-heure."], "Le prendre"),
        MailKind.JoinLink => new(
            "Un lien vers un rendez-vous", ["Vous êtes invité à rejoindre un rendez-vous en vidéo ou en audio. Aucun compte n’est nécessaire."],
            "Rejoindre", "Le lien est pour vous seul et sert jusqu’à la fin du rendez-vous. Si vous ne l’attendiez pas, ignorez ce message."),
        MailKind.JoinCode => new(
            "Votre code", ["Votre code pour rejoindre le rendez-vous : {0}", "Il est valable dix minutes et sert une fois. Si vous ne l’avez pas demandé, ne faites rien."]),
        MailKind.MessageWaiting => new("Vous avez un message", ["Vous avez un message que vous n’avez pas encore lu."], "Le lire", "Vous pouvez choisir dans votre compte ce qui arrive par e-mail, et quand."),
        MailKind.UrgentEscalated => new("Un message urgent vous attend", ["Un message urgent est resté sans réponse et vous est transmis, car vous assurez le relais. Merci de le lire et de le signaler comme vu."], "Le lire"),
        MailKind.UrgentWaiting => new("Votre message urgent", ["Votre message urgent n’a pas encore été vu ; nous avons relancé.", "Si cela ne peut pas attendre, n’attendez pas de réponse ici : appelez le 15 ou le 112."], "Voir la conversation"),
        MailKind.UrgentReminder => new("Un message urgent vous attend", ["Un message urgent vous attend, et personne ne l’a encore signalé comme vu."], "Le lire"),
        MailKind.ConversationExported => new("Une copie d’une conversation a été faite", ["Une personne qui participe à l’une de vos conversations en a fait une copie."], "Voir la conversation"),
        MailKind.RecordWritten => new("Il y a du nouveau pour vous", ["Un nouvel élément a été déposé dans votre espace."], "Le lire"),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "A mail without words."),
    };
}
