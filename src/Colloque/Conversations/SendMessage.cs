using Colloque.Security;

namespace Colloque.Conversations;

/// <summary>Sends words into a conversation, once per client id.</summary>
public sealed class SendMessage(MessageLog log, TimeProvider time)
{
    /// <summary>Appends, and answers after the commit.</summary>
    /// <param name="caller">Must have a seat.</param>
    /// <param name="conversationId">Where.</param>
    /// <param name="request">What, without files. Without a client id a repeat makes a second message.</param>
    /// <param name="cancellationToken">Before the message is queued; after, it is sent.</param>
    /// <exception cref="Refusal">422 <c>text</c>, <c>clientMsgId</c>, <c>replyTo</c>, <c>intent</c>; 403 administrators; else as <see cref="MessageLog.AppendAsync"/>.</exception>
    public Task<MessageView> RunAsync(Caller caller, Guid conversationId, MessageRequest request, CancellationToken cancellationToken)
    {
        caller.RequireInVisit();
        var id = Guid.CreateVersion7(time.GetUtcNow());
        return log.AppendAsync(caller, conversationId, request.Draft(id, MessageText.ParseClientMsgId(request.ClientMsgId, id), []), cancellationToken);
    }
}
