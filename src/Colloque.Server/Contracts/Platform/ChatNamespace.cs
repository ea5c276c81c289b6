using Colloque.Audit;
using Colloque.Conversations;
using Colloque.Security;
using Colloque.Server.Http;
using Colloque.Server.Realtime;
using Colloque.Storage;
using Colloque.Teleconsultation;
using SocketIO.AspNetCore;
using SocketIO.AspNetCore.Protocol;

namespace Colloque.Server.Contracts.Platform;

/// <summary>Document 001's chat over Socket.IO: namespace <c>/chat</c>, in both of its spellings. <c>consultationId</c> is the id of any conversation.</summary>
internal sealed class ChatNamespace(Verbs verbs, MessageLog log, PostMessage post, ReadMessage read, RateLimits limits, SignedSockets signed, SocketAudit audit, ChatAnnouncer chat, Announcer announcer, SeatBook seats)
{
    internal const string Name = "/chat";

    private const int FirstPage = 50;
    private const int Missed = 200;

    internal void Map(SocketIOServer server)
    {
        var json = ChatEventJson.Default;
        signed.Map(server, Name)
            .OnConnect(SignedSockets.OnConnect)
            .OnDisconnect(LeaveAllAsync)
            .OnInvalid(static input => Refuse(input))
            .OnException(Refuse)
            .On("session.renew", SocketJson.Default.RenewInput, SocketJson.Default.RenewAck, signed.RenewAsync)
            .On("chat:join", json.ChatJoinInput, json.ChatJoinAck, JoinAsync)
            .On("chat:leave", json.ChatJoinInput, json.OkAck, Leave)
            .On("chat:message", json.ChatMessageInput, json.ChatMessageAck, SendAsync)
            .On("message:send", json.ChatMessageInput, json.ChatMessageAck, SendAsync)
            .On("chat:typing", json.ChatTypingInput, json.OkAck, Typing)
            .On("chat:read", json.ChatReadInput, json.OkAck, ReadAsync);
    }

    private async ValueTask<ChatJoinAck> JoinAsync(Socket socket, ChatJoinInput input, CancellationToken cancellationToken)
    {
        var session = SignedSockets.Of(socket);
        var id = Ids.Parse(input.ConsultationId, "consultationId");
        if (input.AfterSeq is < 0)
        {
            throw Refusal.Invalid("afterSeq");
        }

        limits.Take(Limit.ConsultationJoin, session.Caller.UserId);
        var before = seats.Changes;
        var (floor, readSeq) = await SeatAsync(session.Caller, id, cancellationToken);
        await audit.JoinedAsync(socket, session.Caller, id);
        var inPart = floor > 0 || session.Caller.Role == Role.Guest;
        var head = await seats.ListenAsync(before, log, socket, id, chat.Floors, inPart ? floor : null);
        var (messages, more) = await HistoryAsync(session.Caller, id, input.AfterSeq, head, cancellationToken);
        var page = new PageInfo(input.AfterSeq is null && messages is [var oldest, ..] && oldest.Seq > floor + 1 ? PageCursor.OfSeq(oldest.Seq) : null);
        socket.Emit("chat:history", new EventArgumentsBuilder()
            .Add(messages, ChatEventJson.Default.ChatMessageArray).Add(new ChatHistory(id, page, head.Seq, head.Change, more), ChatEventJson.Default.ChatHistory).Build());
        return new(true, head.Seq, head.Change, readSeq, page, more);
    }

    /// <summary>After which message the caller's seat begins, and how far they have read.</summary>
    /// <exception cref="Refusal">404.</exception>
    private async Task<(long Floor, long ReadSeq)> SeatAsync(Caller caller, Guid id, CancellationToken cancellationToken)
    {
        if (caller.Role == Role.Guest)
        {
            var visit = await verbs.RunAsync(caller, (SeeVisitAsGuest verb) => verb.RunAsync(id, cancellationToken), cancellationToken);
            return (visit.Floor, visit.Floor);
        }

        var seat = await verbs.RunAsync(caller, (SeeConversation verb) => verb.RunAsync(id, cancellationToken), cancellationToken);
        return (seat.Floor, seat.ReadSeq);
    }

    /// <summary>The newest page up to a head, or what came after a mark; oldest first either way.</summary>
    private async Task<(ChatMessage[] Messages, bool More)> HistoryAsync(Caller caller, Guid id, long? afterSeq, ConversationHead head, CancellationToken cancellationToken)
    {
        if (afterSeq is { } seq)
        {
            var missed = await log.AfterAsync(caller, id, seq, Missed, cancellationToken);
            ChatMessage[] found = [.. missed.Messages.Where(m => m.Seq <= head.Seq).Select(ChatWords.Of)];
            return (found, found is [.., var last] && last.Seq < head.Seq);
        }

        var page = await log.BeforeAsync(caller, id, head.Seq + 1, FirstPage, cancellationToken);
        return ([.. page.Messages.Reverse().Select(ChatWords.Of)], false);
    }

    private ValueTask<OkAck> Leave(Socket socket, ChatJoinInput input, CancellationToken cancellationToken)
    {
        var id = Ids.Parse(input.ConsultationId, "consultationId");
        SignedSockets.Of(socket).Forget(socket, id);
        chat.Floors.Remove(id, socket.Id);
        return ValueTask.FromResult(OkAck.Yes);
    }

    private async ValueTask<ChatMessageAck> SendAsync(Socket socket, ChatMessageInput input, CancellationToken cancellationToken)
    {
        var session = SignedSockets.Of(socket);
        limits.Take(Limit.ChatSend, session.Caller.UserId);
        var message = await post.RunAsync(session.Caller, Ids.Parse(input.ConsultationId, "consultationId"), input.ToRequest(), cancellationToken);
        return new(true, message.ClientMsgId, ChatWords.Of(message));
    }

    private async ValueTask<OkAck> ReadAsync(Socket socket, ChatReadInput input, CancellationToken cancellationToken)
    {
        var session = SignedSockets.Of(socket);
        limits.Take(Limit.ChatReceipt, session.Caller.UserId);
        var message = Ids.Parse(input.MessageId, "messageId");
        if (session.Caller.Role != Role.Guest)
        {
            // A guest's mark would tell one of the two that the other had read.
            await read.RunAsync(session.Caller, message, cancellationToken);
        }

        return OkAck.Yes;
    }

    private ValueTask<OkAck> Typing(Socket socket, ChatTypingInput input, CancellationToken cancellationToken)
    {
        var session = SignedSockets.Of(socket);
        var id = Ids.Parse(input.ConsultationId, "consultationId");
        limits.Take(Limit.ChatTyping, session.Caller.UserId);
        // Who listens has a seat: it was looked up at the join, and is taken away with the room.
        if (!session.Listens(id))
        {
            throw Refusal.NotFound();
        }

        socket.To(Rooms.Conversation(id)).To(Rooms.Guests(id)).Volatile.Emit("chat:typing", new(id, session.Caller.UserId, input.IsTyping), ChatEventJson.Default.ChatTypingEvent);
        announcer.Announce(new TypingTold(id, session.Caller.UserId, input.IsTyping, Name));
        return ValueTask.FromResult(OkAck.Yes);
    }

    private ValueTask LeaveAllAsync(Socket socket, string reason)
    {
        if (socket.State is SocketSession session)
        {
            foreach (var id in session.TakeAll())
            {
                chat.Floors.Remove(id, socket.Id);
            }
        }

        return ValueTask.CompletedTask;
    }

    private EventArguments? Refuse(Socket socket, string name, Exception e)
    {
        if (e is Refusal refusal)
        {
            audit.Refused(socket, refusal, name == "chat:join" ? AuditAction.Read : AuditAction.Update);
        }

        if (SocketAcks.ErrorOf(socket, e) is { } error)
        {
            socket.Emit("chat:error", new ChatErrorEvent(name, error.Code, error.Message, error.Field), ChatEventJson.Default.ChatErrorEvent);
        }

        return SocketAcks.Of(socket, name, e);
    }

    private static EventArguments Refuse(InvalidInput input)
    {
        var refusal = Refusal.Invalid(input.Path is { Length: > 2 } path ? path[2..] : "$");
        var error = SocketAcks.ErrorOf(input.Socket, refusal)!;
        input.Socket.Emit("chat:error", new ChatErrorEvent(input.Name, error.Code, error.Message, error.Field), ChatEventJson.Default.ChatErrorEvent);
        return SocketAcks.Refuse(input.Socket, refusal);
    }
}
