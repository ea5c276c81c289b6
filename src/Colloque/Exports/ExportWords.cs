using System.Globalization;
using Colloque.Conversations;

namespace Colloque.Exports;

/// <summary>What an export says in its reader's language.</summary>
internal sealed class ExportWords
{
    private static readonly string[] Languages = ["fr", "en", "es"];

    private static readonly Dictionary<string, string[]> All = new(StringComparer.Ordinal)
    {
        ["kind.Consultation"] = ["Conversation d’une consultation", "Conversation of a consultation", "Conversación de una consulta"],
        ["kind.Direct"] = ["Conversation directe", "Direct conversation", "Conversación directa"],
        ["kind.Prescription"] = ["Conversation sur une ordonnance", "Conversation about a prescription", "Conversación sobre una receta"],
        ["kind.Exam"] = ["Conversation sur un résultat d’examen", "Conversation about an exam result", "Conversación sobre un resultado de examen"],
        ["status"] = ["État", "State", "Estado"],
        ["status.Open"] = ["ouverte", "open", "abierta"],
        ["status.Archived"] = ["archivée", "archived", "archivada"],
        ["status.Closed"] = ["close", "closed", "cerrada"],
        ["id"] = ["Identifiant", "Id", "Identificador"],
        ["exportedBy"] = ["Copie faite par", "Copy made by", "Copia hecha por"],
        ["exportedAt"] = ["Copie faite le", "Copy made at", "Copia hecha el"],
        ["timeZone"] = ["Heures de", "Times of", "Horas de"],
        ["partial"] = ["Ce qui a été dit avant l’arrivée de cette personne n’y est pas.", "What was said before this person came is not in it.", "Lo dicho antes de la llegada de esta persona no está incluido."],
        ["people"] = ["Participants", "Participants", "Participantes"],
        ["until"] = ["jusqu’au", "until", "hasta"],
        ["since"] = ["depuis le", "since", "desde"],
        ["role.Patient"] = ["patient", "patient", "paciente"],
        ["role.Practitioner"] = ["praticien", "practitioner", "profesional"],
        ["role.Relative"] = ["proche", "relative", "familiar"],
        ["role.Interpreter"] = ["interprète", "interpreter", "intérprete"],
        ["role.Guest"] = ["invité", "guest", "invitado"],
        ["messages"] = ["Messages", "Messages", "Mensajes"],
        ["edited"] = ["modifié le", "edited at", "modificado el"],
        ["deleted"] = ["Message supprimé le", "Message deleted at", "Mensaje eliminado el"],
        ["urgent"] = ["urgent", "urgent", "urgente"],
        ["answer"] = ["réponse demandée", "answer requested", "se pide respuesta"],
        ["acknowledged"] = ["pris en compte le", "acknowledged at", "atendido el"],
        ["pinned"] = ["épinglé le", "pinned at", "fijado el"],
        ["reply"] = ["en réponse à un message", "in reply to a message", "en respuesta a un mensaje"],
        ["delivered"] = ["remis le", "delivered at", "entregado el"],
        ["read"] = ["lu le", "read at", "leído el"],
        ["unread"] = ["pas encore lu", "not read yet", "aún no leído"],
        ["file"] = ["Fichier", "File", "Archivo"],
        ["bytes"] = ["octets", "bytes", "bytes"],
        ["reactions"] = ["Réactions", "Reactions", "Reacciones"],
        ["intent"] = ["Sujet", "About", "Asunto"],
        ["end"] = ["Fin : {0} messages.", "End: {0} messages.", "Fin: {0} mensajes."],
        ["system.exported"] = ["a fait une copie de la conversation", "took a copy of the conversation", "hizo una copia de la conversación"],
        ["system.reopened"] = ["a rouvert la conversation", "reopened the conversation", "reabrió la conversación"],
        ["system.joined"] = ["a fait entrer quelqu’un", "asked somebody in", "invitó a alguien"],
        ["system.closed"] = ["a clos la conversation", "closed the conversation", "cerró la conversación"],
        ["system.call_missed"] = ["a appelé sans réponse", "called, and nobody answered", "llamó y nadie respondió"],
        ["system.call_declined"] = ["a appelé ; l’appel a été refusé", "called, and the call was declined", "llamó y la llamada fue rechazada"],
        ["system.call_failed"] = ["a appelé ; la connexion a échoué", "called, and the devices did not connect", "llamó y los dispositivos no conectaron"],
        ["system.call_ended"] = ["a appelé", "called", "llamó"],
        ["system.deputy"] = ["n’a pas vu un message urgent ; suppléance", "did not see an urgent message; deputy", "no vio un mensaje urgente; suplencia"],
        ["system.archived"] = ["(archivage automatique, longtemps sans message)", "(put away by itself, long without a message)", "(archivo automático, mucho tiempo sin mensajes)"],
        ["system.left"] = ["a quitté la conversation", "left the conversation", "salió de la conversación"],
        ["readme"] =
        [
            "{0} contient la conversation. {1} est sa signature : elle dit que ce serveur a écrit ce fichier, et que personne n’en a changé un octet depuis.\nPour la vérifier, sans base de données ni mot de passe :\n\n    Colloque.Server verify-export {0} {1} --key audit-public.pem\n\naudit-public.pem est la clé publique du serveur ; demandez-la à qui l’exploite, et non à qui vous a remis cette copie.\nLes fichiers joints n’y sont pas : leurs noms, leurs tailles et leurs empreintes SHA-256 y sont.\nCette copie n’est pas chiffrée. Gardez-la comme un dossier médical.\n",
            "{0} holds the conversation. {1} is its signature: it says that this server wrote that file, and that nobody has changed a byte of it since.\nTo verify it, without a database or a password:\n\n    Colloque.Server verify-export {0} {1} --key audit-public.pem\n\naudit-public.pem is the server’s public key; ask whoever runs it, not whoever gave you this copy.\nAttached files are not in it: their names, sizes and SHA-256 are.\nThis copy is not encrypted. Keep it as you would a medical record.\n",
            "{0} contiene la conversación. {1} es su firma: dice que este servidor escribió ese archivo y que nadie ha cambiado un byte desde entonces.\nPara verificarla, sin base de datos ni contraseña:\n\n    Colloque.Server verify-export {0} {1} --key audit-public.pem\n\naudit-public.pem es la clave pública del servidor; pídala a quien lo gestiona, no a quien le dio esta copia.\nLos archivos adjuntos no están incluidos: sí sus nombres, tamaños y SHA-256.\nEsta copia no está cifrada. Guárdela como un historial médico.\n",
        ],
    };

    private readonly int column;

    private ExportWords(int column) => this.column = column;

    /// <summary>fr, en or es.</summary>
    internal string Language => Languages[column];

    internal string this[string key] => All[key][column];

    /// <summary>The words of a language; English for one that is not known.</summary>
    internal static ExportWords In(string language) => new(Math.Max(0, Array.IndexOf(Languages, language) is >= 0 and var at ? at : 1));

    internal string RoleOf(string role) => All.TryGetValue("role." + role, out var words) ? words[column] : role;

    /// <summary>
    /// What the product itself said; its bare word where this version does not know it. Behind a colon are seconds that it lasted (<c>call_ended:184</c>), or of whom it speaks, whom
    /// <paramref name="nameOf"/> names.
    /// </summary>
    internal string SystemOf(string? word, Func<Guid, string> nameOf)
    {
        var parts = (word ?? "").Split(':', 2);
        if (!All.TryGetValue("system." + parts[0], out var words))
        {
            return word ?? "";
        }

        if (SystemWords.PersonOf(word) is { } person)
        {
            return $"{words[column]}: {nameOf(person)}";
        }

        return parts is [_, var seconds] && int.TryParse(seconds, NumberStyles.None, CultureInfo.InvariantCulture, out var lasted)
            ? $"{words[column]} ({TimeSpan.FromSeconds(lasted).ToString("c", CultureInfo.InvariantCulture)})" : words[column];
    }

    internal string Of(ConversationKind kind) => this["kind." + kind];

    internal string Of(ConversationStatus status) => this["status." + status];

    internal string End(long messages) => string.Format(CultureInfo.InvariantCulture, this["end"], messages);

    internal string Readme(string file, string signature) => string.Format(CultureInfo.InvariantCulture, this["readme"], file, signature);
}
