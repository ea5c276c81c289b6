using System.Text.Json;
using Colloque.Audit;
using Colloque.Consultations;
using Colloque.Conversations;
using Colloque.Security;
using Colloque.Server.Http;
using Colloque.Server.Realtime;
using Colloque.Storage;
using Colloque.Teleconsultation;
using SocketIO.AspNetCore;
using SocketIO.AspNetCore.Protocol;

namespace Colloque.Server.Contracts.LiveConsultations;

/// <summary>Document 002 over Socket.IO: namespace <c>/consultations</c>.</summary>
internal sealed class LiveNamespace(Verbs verbs, MessageLog log, PostMessage send, RateLimits limits, LivePresence states, LiveGuests guests, LiveReplay replay, LiveCalls calls, SignedSockets signed, SocketAudit audit, Announcer announcer, SeatBook seats)
{
    internal const string Name = "/consultations";

    internal void Map(SocketIOServer server)
    {
        var json = LiveEventJson.Default;
        signed.Map(server, Name)
            .OnConnect(SignedSockets.OnConnect)
            .On("session.renew", SocketJson.Default.RenewInput, SocketJson.Default.RenewAck, signed.RenewAsync)
            .OnDisconnect(LeaveAllAsync)
            .OnInvalid(static input => SocketAcks.Refuse(input.Socket, Refusal.Invalid(input.Path is { Length: > 2 } path ? path[2..] : "$")))
            .OnException((socket, name, e) =>
            {
                if (e is Refusal refusal)
                {
                    audit.Refused(socket, refusal, name == "consultation.join" ? AuditAction.Read : AuditAction.Update);
                }

                return SocketAcks.Of(socket, name, e);
            })
            .On("consultation.join", json.JoinInput, json.JoinAck, JoinAsync)
            .On("consultation.leave", json.ConsultationInput, json.OkAck, Leave)
            .On("presence.ping", json.ConsultationInput, json.PingAck, PingAsync)
            .On("chat.send", json.SendInput, json.SendAck, SendAsync)
            .On("chat.delivered", json.MessageInput, json.OkAck, (socket, input, _) => AdvanceAsync(socket, input, ReceiptKind.Delivered))
            .On("chat.read", json.MessageInput, json.OkAck, (socket, input, _) => AdvanceAsync(socket, input, ReceiptKind.Read))
            .On("chat.edit", json.MessageInput, json.MessageAck, (socket, input, ct) =>
                ChangeAsync(socket, input, (EditMessage verb, Guid c, Guid m) => verb.RunAsync(c, m, input.Text, ct), ct))
            .On("chat.delete", json.MessageInput, json.MessageAck, (socket, input, ct) =>
                ChangeAsync(socket, input, (DeleteMessage verb, Guid c, Guid m) => verb.RunAsync(c, m, ct), ct))
            .On("chat.react", json.MessageInput, json.MessageAck, (socket, input, ct) =>
                ChangeAsync(socket, input, (ReactToMessage verb, Guid c, Guid m) => verb.RunAsync(c, m, input.Emoji, input.On ?? true, ct), ct))
            .On("chat.pin", json.MessageInput, json.MessageAck, (socket, input, ct) =>
                ChangeAsync(socket, input, (PinMessage verb, Guid c, Guid m) => verb.RunAsync(c, m, input.On ?? true, ct), ct))
            .On("chat.acknowledge", json.MessageInput, json.MessageAck, (socket, input, ct) =>
                ChangeAsync(socket, input, (AcknowledgeMessage verb, Guid c, Guid m) => verb.RunAsync(c, m, ct), ct))
            .On("chat.typing", json.TypingInput, json.OkAck, Typing);
    }

    private async ValueTask<JoinAck> JoinAsync(Socket socket, JoinInput input, CancellationToken cancellationToken)
    {
        var session = SignedSockets.Of(socket);
        var id = Ids.Parse(input.ConsultationId, "consultationId");
        LiveReplay.Check(input.AfterSeq, input.AfterChange);
        limits.Take(Limit.ConsultationJoin, session.Caller.UserId);
        if (session.Caller.Role == Role.Guest)
        {
            return await JoinAsGuestAsync(socket, session, id, input, cancellationToken);
        }

        var before = seats.Changes;
        var visit = await verbs.RunAsync(session.Caller, (JoinConsultation verb) => verb.RunAsync(id, cancellationToken), cancellationToken);
        await audit.JoinedAsync(socket, session.Caller, id);
        var head = await seats.ListenAsync(before, log, socket, id, guests.Floors, floor: null);
        states.Came(socket, session, id);
        var (replayed, more) = await replay.RunAsync(socket, session.Caller, id, input.AfterSeq, input.AfterChange, head, cancellationToken);
        var call = await calls.SeeAsync(session.Caller, id, visit.Status, cancellationToken);
        var online = states.Online(id);
        return new(
            true, states.Now.UtcDateTime, LiveWords.Of(visit.Status), head.Seq, head.Change, visit.ReadSeq, online.UserIds,
            LiveWords.QueueItem(visit, session.Caller.UserId), replayed, more, call, online.Revision);
    }

    /// <summary>A guest starts no visit: they see it, and hear what is said from their coming on. Who is in for the patient waits in the patient's place.</summary>
    private async ValueTask<JoinAck> JoinAsGuestAsync(Socket socket, SocketSession session, Guid id, JoinInput input, CancellationToken cancellationToken)
    {
        var before = seats.Changes;
        var visit = await verbs.RunAsync(session.Caller, (SeeVisitAsGuest verb) => verb.RunAsync(id, cancellationToken), cancellationToken);
        LiveQueueItem? item = null;
        if (visit is { Role: GuestRole.Patient, Status: ConsultationStatus.Scheduled or ConsultationStatus.Confirmed })
        {
            var own = await verbs.RunAsync(session.Caller, (WaitAsGuest verb) => verb.RunAsync(id, cancellationToken), cancellationToken);
            item = new(own.Place.Position, own.Place.JoinedAt.UtcDateTime, Patient: null);
        }

        await audit.JoinedAsync(socket, session.Caller, id);
        var head = await seats.ListenAsync(before, log, socket, id, guests.Floors, visit.Floor);
        states.Came(socket, session, id);
        var (replayed, more) = await replay.RunAsync(socket, session.Caller, id, input.AfterSeq, input.AfterChange, head, cancellationToken);
        var call = await calls.SeeAsync(session.Caller, id, visit.Status, cancellationToken);
        var online = states.Online(id);
        return new(true, states.Now.UtcDateTime, LiveWords.Of(visit.Status), head.Seq, head.Change, visit.Floor, online.UserIds, item, replayed, more, call, online.Revision);
    }

    private ValueTask<OkAck> Leave(Socket socket, ConsultationInput input, CancellationToken cancellationToken)
    {
        var session = SignedSockets.Of(socket);
        var id = Ids.Parse(input.ConsultationId, "consultationId");
        session.Forget(socket, id);
        guests.Remove(id, socket.Id);
        states.Left(socket, session, id);
        return ValueTask.FromResult(OkAck.Yes);
    }

    private async ValueTask<PingAck> PingAsync(Socket socket, ConsultationInput input, CancellationToken cancellationToken)
    {
        var session = SignedSockets.Of(socket);
        var id = Ids.Parse(input.ConsultationId, "consultationId");
        limits.Take(Limit.PresencePing, session.Caller.UserId);
        // The seat is checked by the same look-up that tells how far the conversation is.
        var head = await log.HeadAsync(session.Caller, id);
        states.Pinged(socket, session, id);
        return new(true, head.Seq, head.Change);
    }

    private async ValueTask<SendAck> SendAsync(Socket socket, SendInput input, CancellationToken cancellationToken)
    {
        var session = SignedSockets.Of(socket);
        limits.Take(Limit.ChatSend, session.Caller.UserId);
        var message = await send.RunAsync(session.Caller, Ids.Parse(input.ConsultationId, "consultationId"), input.ToRequest(), cancellationToken);
        return new(true, message.ClientMsgId, LiveWords.Of(message));
    }

    private async ValueTask<OkAck> AdvanceAsync(Socket socket, MessageInput input, ReceiptKind kind)
    {
        var session = SignedSockets.Of(socket);
        limits.Take(Limit.ChatReceipt, session.Caller.UserId);
        if (session.Caller.Role == Role.Guest)
        {
            // Their mark would tell one of the two that the other had read; nobody is told, and a client need not know.
            return OkAck.Yes;
        }

        await log.AdvanceAsync(session.Caller, Ids.Parse(input.ConsultationId, "consultationId"), Ids.Parse(input.MessageId, "messageId"), kind);
        return OkAck.Yes;
    }

    private async ValueTask<MessageAck> ChangeAsync<TVerb>(
        Socket socket, MessageInput input, Func<TVerb, Guid, Guid, Task<MessageView>> run, CancellationToken cancellationToken)
        where TVerb : notnull
    {
        var session = SignedSockets.Of(socket);
        limits.Take(Limit.ChatChange, session.Caller.UserId);
        var conversation = Ids.Parse(input.ConsultationId, "consultationId");
        var message = Ids.Parse(input.MessageId, "messageId");
        return new(true, LiveWords.Of(await verbs.RunAsync(session.Caller, (TVerb verb) => run(verb, conversation, message), cancellationToken)));
    }

    private ValueTask<OkAck> Typing(Socket socket, TypingInput input, CancellationToken cancellationToken)
    {
        var session = SignedSockets.Of(socket);
        var id = Ids.Parse(input.ConsultationId, "consultationId");
        limits.Take(Limit.ChatTyping, session.Caller.UserId);
        // Who listens has a seat: it was looked up at the join, and is taken away with the room.
        if (!session.Listens(id))
        {
            throw Refusal.NotFound();
        }

        socket.To(Rooms.Conversation(id)).To(Rooms.Guests(id)).Volatile.Emit("chat.typing", new(id, session.Caller.UserId, input.Typing), LiveEventJson.Default.TypingState);
        announcer.Announce(new TypingTold(id, session.Caller.UserId, input.Typing, Name));
        return ValueTask.FromResult(OkAck.Yes);
    }

    private ValueTask LeaveAllAsync(Socket socket, string reason)
    {
        if (socket.State is SocketSession session)
        {
            foreach (var id in session.TakeAll())
            {
                guests.Remove(id, socket.Id);
                states.Left(socket, session, id);
            }
        }

        return ValueTask.CompletedTask;
    }
}
