using Colloque.Conversations;

namespace Colloque.Server.Contracts.Platform;

/// <summary>Document 001's shapes of the core's conversations and messages.</summary>
internal static class ChatWords
{
    internal static ChatMessage Of(MessageView m) => new(
        m.Id, m.ConversationId, m.ConversationId, m.Seq, m.Change, m.ClientMsgId, m.SenderId, PlatformWords.Of(m.SenderRole), Of(m.Form), m.Text,
        [.. m.Files.Select(static f => new ChatAttachment(f.Id, f.Name, f.MimeType, f.SizeBytes, f.Sha256))],
        m.ReadAt is not null, m.ReadAt?.UtcDateTime, m.DeliveredAt?.UtcDateTime, m.CreatedAt.UtcDateTime, m.EditedAt?.UtcDateTime, m.DeletedAt?.UtcDateTime,
        m.ReplyTo, m.IsUrgent, m.RequiresResponse, m.Intent, m.PinnedAt?.UtcDateTime, m.AcknowledgedAt?.UtcDateTime,
        [.. m.Reactions.Select(static r => new ChatReaction(r.Emoji, r.UserIds))]);

    internal static ConversationAnswer Of(ConversationView c) => new(
        c.Id, Of(c.Kind), Of(c.Status), c.Head.Seq, c.Head.Change, c.ReadSeq, c.UnreadCount, c.CreatedAt.UtcDateTime, c.LastMessageAt?.UtcDateTime,
        [.. c.People.Select(static p => new ChatPerson(p.UserId, p.Name, p.Title, OfPerson(p.Role), p.JoinedAt.UtcDateTime, p.LeftAt?.UtcDateTime))],
        c.LastMessage is { } m ? Of(m) : null);

    internal static string Of(ConversationKind kind) => kind switch
    {
        ConversationKind.Consultation => "consultation",
        ConversationKind.Direct => "direct",
        ConversationKind.Prescription => "prescription",
        _ => "exam",
    };

    /// <exception cref="Refusal">422 <c>kind</c>.</exception>
    internal static ConversationKind ToKind(string word) =>
        Enum.GetValues<ConversationKind>().Where(k => Of(k) == word).Select(static k => (ConversationKind?)k).FirstOrDefault() ?? throw Refusal.Invalid("kind");

    internal static string Of(ConversationStatus status) => status switch
    {
        ConversationStatus.Open => "active",
        ConversationStatus.Archived => "archived",
        _ => "closed",
    };

    internal static string Of(MessageForm form) => form switch
    {
        MessageForm.Text => "text",
        MessageForm.Image => "image",
        MessageForm.Voice => "voice",
        MessageForm.System => "system",
        _ => "file",
    };

    private static string OfPerson(string role) => role switch
    {
        "Patient" => "EMPLOYEE",
        "Practitioner" => "PRACTITIONER",
        _ => role.ToUpperInvariant(),
    };
}
