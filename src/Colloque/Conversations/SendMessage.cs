using Colloque.Security;

namespace Colloque.Conversations;

/// <summary>Sends words into a conversation, once per client id.</summary>
public sealed class SendMessage(MessageLog log, TimeProvider time)
{
    /// <summary>Appends, and answers after the commit.</summary>
    /// <param name="caller">Must have a seat.</param>
    /// <param name="conversationId">Where.</param>
    /// <param name="clientMsgId">1..128 characters, or null for none: then a repeat makes a second message.</param>
    /// <param name="text">1..8,000 characters.</param>
    /// <param name="cancellationToken">Before the message is queued; after, it is sent.</param>
    /// <exception cref="Refusal">422 <c>text</c>, <c>clientMsgId</c>; 403 administrators; else as <see cref="MessageLog.AppendAsync"/>.</exception>
    public Task<MessageView> RunAsync(Caller caller, Guid conversationId, string? clientMsgId, string? text, CancellationToken cancellationToken)
    {
        caller.RequireInVisit();
        var id = Guid.CreateVersion7(time.GetUtcNow());
        var draft = new MessageDraft(id, MessageText.ParseClientMsgId(clientMsgId, id), MessageKind.Text, MessageText.Parse(text));
        return log.AppendAsync(caller, conversationId, draft, cancellationToken);
    }
}
