using Colloque.Conversations;
using Colloque.Security;
using Colloque.Server.Http;
using Colloque.Server.Realtime;
using Colloque.Storage;
using SocketIO.AspNetCore;

namespace Colloque.Server.Contracts.LiveConsultations;

/// <summary>
/// Conversations of every kind on <c>/consultations</c>, in document 002's style: <c>conversation.join</c> listens without entering a visit; all <c>chat.*</c> events then take the
/// conversation's id as <c>consultationId</c>. <c>inbox.join</c> tells of all of one's conversations at once.
/// </summary>
internal sealed class LiveThreads(Verbs verbs, MessageLog log, RateLimits limits, LivePresence states, LiveGuests guests, LiveReplay replay, SocketAudit audit, SeatBook seats)
{
    internal void Map(SocketIOServer server)
    {
        var json = LiveThreadJson.Default;
        server.Of(LiveNamespace.Name)
            .On("conversation.join", json.ConversationJoinInput, json.ConversationJoinAck, JoinAsync)
            .On("inbox.join", json.InboxInput, LiveEventJson.Default.OkAck, JoinInbox);
    }

    private async ValueTask<ConversationJoinAck> JoinAsync(Socket socket, ConversationJoinInput input, CancellationToken cancellationToken)
    {
        var session = SignedSockets.Of(socket);
        var id = Ids.Parse(input.ConversationId, "conversationId");
        LiveReplay.Check(input.AfterSeq, input.AfterChange);
        limits.Take(Limit.ConsultationJoin, session.Caller.UserId);
        var before = seats.Changes;
        var view = await verbs.RunAsync(session.Caller, (SeeConversation verb) => verb.RunAsync(id, cancellationToken), cancellationToken);
        await audit.JoinedAsync(socket, session.Caller, id);
        var head = await seats.ListenAsync(before, log, socket, id, guests.Floors, view.Floor > 0 ? view.Floor : null);
        states.Came(socket, session, id);
        var (replayed, more) = await replay.RunAsync(socket, session.Caller, id, input.AfterSeq, input.AfterChange, head, cancellationToken);
        var online = states.Online(id);
        return new(true, states.Now.UtcDateTime, view.Kind.ToString().ToLowerInvariant(), view.Status.ToString().ToLowerInvariant(), head.Seq, head.Change, view.ReadSeq, online.UserIds, replayed, more, online.Revision);
    }

    private static ValueTask<OkAck> JoinInbox(Socket socket, InboxInput input, CancellationToken cancellationToken)
    {
        var session = SignedSockets.Of(socket);
        session.Caller.RequireClinical();
        socket.Join(Rooms.Inbox(session.Caller.UserId));
        return ValueTask.FromResult(OkAck.Yes);
    }
}
