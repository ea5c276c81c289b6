using Colloque.Conversations;
using Colloque.Security;
using SocketIO.AspNetCore;

namespace Colloque.Server.Contracts.LiveConsultations;

/// <summary>Tells a socket that comes back what it has missed.</summary>
internal sealed class LiveReplay(MessageLog log)
{
    /// <summary>Missed messages that a join replays at most; more are paged over HTTP.</summary>
    private const int Most = 200;

    /// <summary>Emits what came after the caller's marks, up to a head.</summary>
    /// <returns>How many messages, and whether there are more.</returns>
    internal async Task<(int Replayed, bool More)> RunAsync(
        Socket socket, Caller caller, Guid id, long? afterSeq, long? afterChange, ConversationHead head, CancellationToken cancellationToken)
    {
        var replayed = 0;
        var more = false;
        if (afterSeq is { } seq && seq < head.Seq)
        {
            var missed = await log.AfterAsync(caller, id, seq, Most, cancellationToken);
            foreach (var message in missed.Messages.Where(m => m.Seq <= head.Seq))
            {
                socket.Emit("chat.message_created", new MessageAnswer(LiveWords.Of(message)), LiveEventJson.Default.MessageAnswer);
                replayed++;
            }

            more = missed.Messages is [.., var last] && last.Seq < head.Seq;
        }

        if (afterChange is { } change && change < head.Change)
        {
            var changed = await log.ChangedAsync(caller, id, change, Most, cancellationToken);
            foreach (var message in changed.Messages)
            {
                socket.Emit("chat.message_updated", new MessageAnswer(LiveWords.Of(message)), LiveEventJson.Default.MessageAnswer);
            }

            more |= changed.Messages is [.., var last] && last.Change < head.Change;
        }

        return (replayed, more);
    }

    /// <summary>Refuses marks that nobody can have.</summary>
    /// <exception cref="Refusal">422 <c>afterSeq</c>, <c>afterChange</c>.</exception>
    internal static void Check(long? afterSeq, long? afterChange)
    {
        if (afterSeq is < 0)
        {
            throw Refusal.Invalid("afterSeq");
        }

        if (afterChange is < 0)
        {
            throw Refusal.Invalid("afterChange");
        }
    }
}
