using Colloque.Conversations;
using Colloque.Files;
using Colloque.Security;

namespace Colloque.Server.Contracts.Messaging;

/// <summary>Document 003's words and shapes of the core's conversations.</summary>
internal static class MessagingWords
{
    /// <summary>Characters of a message.</summary>
    internal const int MaxMessageLength = 1_000;

    /// <summary>The document's types of files, and those that carry a voice.</summary>
    private static readonly (string Extension, string MimeType)[] FileTypes =
    [
        ("pdf", "application/pdf"), ("jpg", "image/jpeg"), ("png", "image/png"), ("doc", "application/msword"),
        ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"), ("ogg", "audio/ogg"), ("webm", "audio/webm"), ("m4a", "audio/mp4"),
    ];

    /// <summary>What clients may offer.</summary>
    internal static readonly MessagingSettings Settings = new(
        MaxMessageLength, MessageRequest.MaxFiles, FileAnnouncement.MaxSize, [.. FileTypes.Select(static t => t.Extension)], TypingIndicatorDelay: 1_000, MessageTimeout: 30_000);

    /// <summary>Whether the document takes files of this media type; its parameters do not matter.</summary>
    internal static bool Takes(string? mimeType) =>
        mimeType is not null && FileTypes.Any(t => t.MimeType.Equals(mimeType.Split(';')[0].Trim(), StringComparison.OrdinalIgnoreCase));

    internal static string Of(ConversationKind kind) => kind == ConversationKind.Prescription ? "ordonnance" : "examen";

    /// <summary>A context as a path names it. What is none, is as one that is not there.</summary>
    /// <exception cref="Refusal">404.</exception>
    internal static (ConversationKind Kind, Guid Id) ToContext(string? type, string? id) => type switch
    {
        "ordonnance" => (ConversationKind.Prescription, ToId(id)),
        "examen" => (ConversationKind.Exam, ToId(id)),
        _ => throw Refusal.NotFound(),
    };

    /// <summary>A context as a body names it.</summary>
    /// <exception cref="Refusal">422 <c>contextType</c>, <c>contextId</c>: not said; 404.</exception>
    internal static (ConversationKind Kind, Guid Id) ToContext(string? type, string? id, MessagingContext? context)
    {
        var (word, which) = (type ?? context?.Type, id ?? context?.Id);
        if (word is not ("ordonnance" or "examen"))
        {
            throw Refusal.Invalid("contextType", word is null ? "required" : "invalid");
        }

        return which is null ? throw Refusal.Invalid("contextId", "required") : ToContext(word, which);
    }

    /// <exception cref="Refusal">404: ids of this contract are not for their readers to take apart; one that cannot be, is not there.</exception>
    internal static Guid ToId(string? text) => Guid.TryParseExact(text, "D", out var id) ? id : throw Refusal.NotFound();

    /// <summary>The person that a path names, who is the caller or nobody.</summary>
    /// <exception cref="Refusal">403: the same for whoever exists and whoever does not.</exception>
    internal static void RequireOwn(Caller caller, string userType, string userId)
    {
        if (userType != Of(caller.Role) || !Guid.TryParseExact(userId, "D", out var id) || id != caller.UserId)
        {
            throw Refusal.Forbidden();
        }
    }

    internal static string Of(Role role) => role == Role.Patient ? "patient" : "medecin";

    internal static string Of(ConversationStatus status) => status switch
    {
        ConversationStatus.Open => "active",
        ConversationStatus.Archived => "archived",
        _ => "closed",
    };

    internal static MessagingPerson Of(ConversationPerson p) =>
        new(p.UserId, p.Role == nameof(Role.Patient) ? "patient" : "medecin", p.Title is { Length: > 0 } title ? $"{title} {p.Name}" : p.Name);

    internal static MessagingSession Of(ContextSession s)
    {
        var c = s.Conversation;
        return new(
            c.Id, Of(c.Kind), c.Id, [.. c.People.Where(static p => p.LeftAt is null).Select(Of)], Of(c.Status), c.CreatedAt.UtcDateTime, (c.LastMessageAt ?? c.CreatedAt).UtcDateTime, c.Head.Seq,
            new(s.PatientUnread, s.PractitionerUnread));
    }

    internal static MessagingMessage Of(MessageView m, ConversationView c)
    {
        var sender = c.People.FirstOrDefault(p => p.UserId == m.SenderId);
        var fromPatient = m.SenderRole == Role.Patient;
        var by = sender is null ? new(m.SenderId, Of(m.SenderRole), "") : Of(sender);
        return new(
            m.Id, m.Text, Of(m.Form), m.Kind == MessageKind.System ? by with { Type = "system" } : by, Of(fromPatient ? c.Practitioner : c.Patient),
            new(Of(c.Kind), c.Id.ToString()), m.CreatedAt.UtcDateTime, m.ReadAt is not null ? "read" : m.DeliveredAt is not null ? "delivered" : "sent",
            [.. m.Files.Select(f => new MessagingAttachment(f.Id, f.Name, f.MimeType, f.SizeBytes, f.Sha256, $"/api/messaging/attachments/{Of(c.Kind)}/{c.Id}/{f.Id}"))],
            new(m.IsUrgent, m.RequiresResponse, m.Intent), m.Seq, m.ClientMsgId, m.ReplyTo, m.DeliveredAt?.UtcDateTime, m.ReadAt?.UtcDateTime, m.EditedAt?.UtcDateTime, m.DeletedAt?.UtcDateTime);
    }

    internal static MessagingPermissions Permissions(ContextSession s)
    {
        var c = s.Conversation;
        return new(true, true, c.Status == ConversationStatus.Open, Of(c.Kind), c.Id, c.Id, Of(c.Status), [.. MessageIntents.Of(c.Kind).Order(StringComparer.Ordinal)], Settings);
    }

    internal static MessagingStats Of(MessagingMeasure m, Caller caller) => new(
        Of(caller.Role), caller.UserId, MeasureMessaging.Days,
        new(m.ActiveSessions + m.ArchivedSessions + m.ClosedSessions, m.ActiveSessions, m.ArchivedSessions, m.ClosedSessions),
        new(m.Sent, m.Received, m.ReceivedUrgent, m.AwaitingAnswer), new(m.Answers, m.MedianAnswerSeconds));

    internal static MessagingNotification Notification(ContextSession s, Caller caller)
    {
        var c = s.Conversation;
        return new(
            c.Id, Of(c.Kind), c.Id, Of(caller.Role == Role.Patient ? c.Practitioner : c.Patient), c.UnreadCount, c.LastMessage is { IsUrgent: true } last && last.SenderId != caller.UserId,
            (c.LastMessageAt ?? c.CreatedAt).UtcDateTime);
    }

    // A word of the system's own has no type of its own in the document: who sent it says so.
    private static string Of(MessageForm form) => form switch
    {
        MessageForm.Image => "image",
        MessageForm.Voice => "voice",
        MessageForm.File => "file",
        _ => "text",
    };
}
