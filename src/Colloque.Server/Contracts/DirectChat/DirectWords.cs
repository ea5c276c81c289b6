using System.Globalization;
using Colloque.Conversations;
using Colloque.Files;
using Colloque.Security;

namespace Colloque.Server.Contracts.DirectChat;

/// <summary>Document 004's words and numbers of the core's views.</summary>
internal sealed class DirectWords(ChatFileLinks links)
{
    /// <summary>Beyond every number of a row, and of a message.</summary>
    private const long Largest = (1L << 53) - 1;

    /// <summary>A number of a path, a query or a form field: plain decimal digits.</summary>
    /// <exception cref="Refusal">422, naming the field.</exception>
    internal static long Number(string? text, string field) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= Largest ? number : throw Refusal.Invalid(field);

    internal static DirectChatRow Of(ConversationView c) =>
        new(c.Number, c.Practitioner.Number ?? 0, c.Patient.Number ?? 0, c.LastMessageAt?.UtcDateTime, c.CreatedAt.UtcDateTime);

    internal static DirectListRow Of(ConversationView c, IReadOnlyDictionary<Guid, string> pictures)
    {
        var (chat, doctor, patient) = (Of(c), c.Practitioner, c.Patient);
        return new(
            chat.ChatId, chat.DoctorId, chat.PatientId, chat.LastMessageAt, chat.CreatedAt, NameOf(doctor), pictures.GetValueOrDefault(doctor.UserId), NameOf(patient),
            pictures.GetValueOrDefault(patient.UserId), c.UnreadCount, c.LastMessage?.Text, c.LastMessage is { } last ? Of(last.Form) : null);
    }

    internal static DirectContact Of(ChatContact c, Role own) => own == Role.Patient
        ? new(c.Number, c.Own, NameOf(c.Title, c.Name), c.Url, c.Chat)
        : new(c.Own, c.Number, NameOf(c.Title, c.Name), c.Url, c.Chat);

    internal DirectMessage Of(MessageView m, ConversationView chat, Caller caller)
    {
        var numbers = chat.People.ToDictionary(static p => p.UserId, static p => p.Number ?? 0);
        DirectFile[] files = [.. m.Files.Select(f => new DirectFile(links.UrlOf(caller, m.ConversationId, f), f.Name, f.MimeType, f.SizeBytes))];
        var file = files is [var first, ..] ? first : null;
        return new(
            ChatNumber.Of(chat.Number, m.Seq), chat.Number, numbers.GetValueOrDefault(m.SenderId), m.SenderRole == Role.Patient ? "patient" : "doctor", Of(m.Form), m.Text,
            file?.FileUrl, file?.FileName, file?.FileType, file?.FileSize, m.ReadAt is not null, m.ReadAt?.UtcDateTime, m.CreatedAt.UtcDateTime)
        {
            ClientMsgId = m.ClientMsgId,
            Files = files.Length > 1 ? files : null,
            DeliveredAt = m.DeliveredAt?.UtcDateTime,
            EditedAt = m.EditedAt?.UtcDateTime,
            DeletedAt = m.DeletedAt?.UtcDateTime,
            PinnedAt = m.PinnedAt?.UtcDateTime,
            Reactions = m.Reactions.Count == 0 ? null : [.. m.Reactions.Select(r => new DirectReaction(r.Emoji, [.. r.UserIds.Select(u => numbers.GetValueOrDefault(u))]))],
        };
    }

    private static string Of(MessageForm form) => form switch
    {
        MessageForm.Image => "image",
        MessageForm.File or MessageForm.Voice => "file",
        _ => "text",
    };

    private static string NameOf(ConversationPerson person) => NameOf(person.Title, person.Name);

    private static string NameOf(string? title, string name) => title is { Length: > 0 } ? $"{title} {name}" : name;
}
