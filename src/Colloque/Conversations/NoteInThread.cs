using Colloque.Security;

namespace Colloque.Conversations;

/// <summary>Says in a conversation what somebody did to it: a system message of theirs, in a word of <see cref="SystemWords"/>.</summary>
public sealed class NoteInThread(MessageLog log, TimeProvider time)
{
    /// <summary>Not to be run inside a unit of work. Where nothing can be written any more, nothing is: false.</summary>
    /// <exception cref="Refusal">404 no seat; 503.</exception>
    public Task<bool> RunAsync(Caller caller, Guid conversationId, string word, CancellationToken cancellationToken) =>
        RunAsync(caller, conversationId, word, $"{word}-{Guid.CreateVersion7(time.GetUtcNow())}", cancellationToken);

    /// <summary>The same once for each <paramref name="clientMsgId"/>, however often it is asked to.</summary>
    /// <exception cref="Refusal">404 no seat; 503.</exception>
    public async Task<bool> RunAsync(Caller caller, Guid conversationId, string word, string clientMsgId, CancellationToken cancellationToken)
    {
        try
        {
            await log.AppendAsync(caller, conversationId, new(Guid.CreateVersion7(time.GetUtcNow()), clientMsgId, MessageKind.System, word), cancellationToken);
            return true;
        }
        catch (Refusal refusal) when (refusal.Kind == RefusalKind.Conflict)
        {
            // Put away or closed, perhaps a moment ago.
            return false;
        }
    }
}
