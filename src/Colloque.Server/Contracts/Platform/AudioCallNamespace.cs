using System.Collections.Concurrent;
using System.Text.Json;
using Colloque.Audit;
using Colloque.Calls;
using Colloque.Security;
using Colloque.Server.Calls;
using Colloque.Server.Http;
using Colloque.Server.Media;
using Colloque.Server.Realtime;
using Colloque.Storage;
using SocketIO.AspNetCore;
using SocketIO.AspNetCore.Protocol;

namespace Colloque.Server.Contracts.Platform;

/// <summary>Document 001's calls over Socket.IO: namespace <c>/audio-call</c>. It is the same call as everywhere; people are named by their accounts, never by a socket.</summary>
internal sealed class AudioCallNamespace(Verbs verbs, CallSwitch calls, RateLimits limits, PeerRooms peers, SignedSockets signed, SocketAudit audit)
{
    internal const string Name = "/audio-call";

    private static readonly AudioCallJson Json = AudioCallJson.Default;

    // What each socket has to do with a call: one at a time, as document 001 has it.
    private readonly ConcurrentDictionary<string, AudioCallLine> lines = new(StringComparer.Ordinal);

    // Calls that ring here; and whose own event is under way, who needs not be told of it.
    private readonly ConcurrentDictionary<Guid, bool> ringing = new();
    private readonly ConcurrentDictionary<Guid, string> acting = new();

    private Namespace sockets = null!;

    internal void Map(SocketIOServer server)
    {
        calls.Add(Tell);
        sockets = signed.Map(server, Name)
            .OnConnect(SignedSockets.OnConnect)
            .OnDisconnect(LeaveAsync)
            .OnInvalid(static input => Refuse(input.Socket, Refusal.Invalid(input.Path is { Length: > 2 } path ? path[2..] : "$")))
            .OnException((socket, _, e) =>
            {
                if (e is Refusal refusal)
                {
                    audit.Refused(socket, refusal, AuditAction.Update);
                }

                return e is OperationCanceledException ? null : Refuse(socket, e as Refusal ?? Refusal.Unavailable("internal"));
            })
            .On("session.renew", SocketJson.Default.RenewInput, SocketJson.Default.RenewAck, signed.RenewAsync)
            .On("call:initiate", Json.AudioCallInput, Json.AudioCallStatus, InitiateAsync)
            .On("call:accept", Json.AudioCallInput, Json.AudioCallStatus, AcceptAsync)
            .On("call:reject", Json.AudioCallInput, Json.AudioCallStatus, (socket, input, ct) =>
                ActAsync(socket, input, "rejected", (RejectCall verb, Guid id, Guid call) => verb.RunAsync(id, call, null, ct), ct))
            .On("call:end", Json.AudioCallInput, Json.AudioCallStatus, (socket, input, ct) =>
                ActAsync(socket, input, "ended", (EndCall verb, Guid id, Guid call) => verb.RunAsync(id, call, ct), ct))
            .On("webrtc:offer", Json.AudioSignalInput, Json.AudioCallStatus, (socket, input, ct) => DescribeAsync(socket, input, "offer", input.Offer, ct))
            .On("webrtc:answer", Json.AudioSignalInput, Json.AudioCallStatus, (socket, input, ct) => DescribeAsync(socket, input, "answer", input.Answer, ct))
            .On("webrtc:ice-candidate", Json.AudioSignalInput, Json.AudioCallStatus, Candidate);
    }

    private ValueTask LeaveAsync(Socket socket, string reason)
    {
        lines.TryRemove(socket.Id, out _);
        calls.Release(socket.Id);
        return ValueTask.CompletedTask;
    }

    private static EventArguments Refuse(Socket socket, Refusal refusal) => EventArguments.Of(
        new AudioCallError(
            // As printed; what is not there and what is another's are one.
            refusal.Kind == RefusalKind.NotFound ? "Call not found" : Sentences.Of(refusal.Code, refusal.Kind, Sentences.Language(socket.Handshake.Header("Accept-Language"))), refusal.Code),
        Json.AudioCallError);

    /// <summary>Of one device, its own for as long as its socket lives.</summary>
    private static string Device(Socket socket) => AudioDevices.Prefix + socket.Id;

    private async ValueTask<AudioCallStatus> InitiateAsync(Socket socket, AudioCallInput input, CancellationToken cancellationToken)
    {
        var caller = SignedSockets.Of(socket).Caller;
        limits.Take(Limit.CallMove, caller.UserId);
        var (id, callee) = (Ids.Parse(input.ConsultationId, "consultationId"), Ids.Parse(input.CalleeId, "calleeId"));
        var place = await RunAsync(
            socket,
            id,
            () => verbs.RunAsync(
                caller,
                async (StartCall verb) =>
                {
                    var begun = await verb.RunAsync(id, "audio", Device(socket), cancellationToken);
                    // Nobody but the two: a stranger's id begins nothing, for it is thrown before the commit.
                    return callee != caller.UserId && (callee == begun.Call.PatientId || callee == begun.Call.PractitionerId) ? begun : throw Refusal.Invalid("calleeId");
                },
                cancellationToken));
        Seat(socket, place);
        return new("calling");
    }

    private async ValueTask<AudioCallStatus> AcceptAsync(Socket socket, AudioCallInput input, CancellationToken cancellationToken)
    {
        var caller = SignedSockets.Of(socket).Caller;
        limits.Take(Limit.CallMove, caller.UserId);
        var id = Ids.Parse(input.ConsultationId, "consultationId");
        var call = await LiveAsync(caller, id, cancellationToken);
        Seat(socket, await RunAsync(socket, id, () => verbs.RunAsync(caller, (AcceptCall verb) => verb.RunAsync(id, call.Id, Device(socket), cancellationToken), cancellationToken)));
        return new("accepted");
    }

    private async ValueTask<AudioCallStatus> ActAsync<TVerb>(
        Socket socket, AudioCallInput input, string status, Func<TVerb, Guid, Guid, Task<CallPlace>> run, CancellationToken cancellationToken)
        where TVerb : notnull
    {
        var caller = SignedSockets.Of(socket).Caller;
        limits.Take(Limit.CallMove, caller.UserId);
        var id = Ids.Parse(input.ConsultationId, "consultationId");
        var call = await LiveAsync(caller, id, cancellationToken);
        await RunAsync(socket, id, () => verbs.RunAsync(caller, (TVerb verb) => run(verb, id, call.Id), cancellationToken));
        return new(status);
    }

    private async Task<CallPlace> RunAsync(Socket socket, Guid consultation, Func<Task<CallPlace>> run)
    {
        acting[consultation] = socket.Id;
        try
        {
            return await run();
        }
        finally
        {
            acting.TryRemove(new(consultation, socket.Id));
        }
    }

    private async Task<Call> LiveAsync(Caller caller, Guid id, CancellationToken cancellationToken) =>
        await verbs.RunAsync(caller, (SeeCall verb) => verb.RunAsync(id, cancellationToken), cancellationToken) ?? throw Refusal.NotFound();

    private void Seat(Socket socket, CallPlace place)
    {
        var line = LineOf(socket, place.Call.ConsultationId);
        calls.Bind(place.Call, place.PeerId, line);
        line.Seat(place);
        if (!socket.IsConnected)
        {
            lines.TryRemove(socket.Id, out _);
            calls.Release(socket.Id);
        }

        Flush(line, calls.PictureOf(place.Call));
    }

    private AudioCallLine LineOf(Socket socket, Guid consultation) => lines.AddOrUpdate(
        socket.Id, _ => new(socket, consultation), (_, was) => was.Consultation == consultation ? was : new(socket, consultation));

    private async ValueTask<AudioCallStatus> DescribeAsync(Socket socket, AudioSignalInput input, string type, AudioDescription? description, CancellationToken cancellationToken)
    {
        var caller = SignedSockets.Of(socket).Caller;
        limits.Take(Limit.CallDescription, caller.UserId);
        if (description?.Type != type)
        {
            throw Refusal.Invalid(type);
        }

        var line = await SpeakAsync(socket, caller, input.ConsultationId, new(SignalCheck.Description(type, description.Sdp, peers.Policy == "relay"), null), cancellationToken);
        if (type == "answer" && line.CallId != Guid.Empty)
        {
            // Its client tells of nothing that comes after.
            await verbs.RunAsync(caller, (AdvanceCall verb) => verb.RunAsync(line.Consultation, line.CallId, connected: true, cancellationToken), cancellationToken);
        }

        return new("sent");
    }

    private async ValueTask<AudioCallStatus> Candidate(Socket socket, AudioSignalInput input, CancellationToken cancellationToken)
    {
        var caller = SignedSockets.Of(socket).Caller;
        limits.Take(Limit.CallSignal, caller.UserId);
        var signal = default(CallSignal);
        if (input.Candidate.ValueKind != JsonValueKind.Null)
        {
            var wire = Read(input.Candidate);
            if (SignalCheck.Candidate(wire.Candidate, wire.SdpMid, wire.SdpMLineIndex, wire.UsernameFragment, peers.Policy == "relay") is not { } candidate)
            {
                return new("sent");
            }

            signal = new(null, candidate);
        }

        await SpeakAsync(socket, caller, input.ConsultationId, signal, cancellationToken);
        return new("sent");
    }

    private static AudioCandidate Read(JsonElement element)
    {
        try
        {
            return element.ValueKind == JsonValueKind.Object ? element.Deserialize(Json.AudioCandidate)! : throw Refusal.Invalid("candidate");
        }
        catch (JsonException)
        {
            throw Refusal.Invalid("candidate");
        }
    }

    private async Task<AudioCallLine> SpeakAsync(Socket socket, Caller caller, string? consultation, CallSignal signal, CancellationToken cancellationToken)
    {
        var id = Ids.Parse(consultation, "consultationId");
        if (!lines.TryGetValue(socket.Id, out var line) || line.Consultation != id)
        {
            // What is said before a call waits only for who could make one.
            await verbs.RunAsync(caller, (SeeCall verb) => verb.RunAsync(id, cancellationToken), cancellationToken);
            line = LineOf(socket, id);
        }

        line.Keep(signal);
        if (line.CallId != Guid.Empty)
        {
            Flush(line, calls.PictureOf(calls.Require(socket.Id, id, line.CallId)));
        }

        return line;
    }

    /// <summary>Says what waits to the other of the two; where there is none, to whoever else is in it.</summary>
    private void Flush(AudioCallLine line, CallPicture picture)
    {
        var other = picture.Call.Members.Where(m => m.PeerId != line.PeerId).OrderBy(static m => m.Person.IsGuest).ThenBy(static m => m.Order).FirstOrDefault();
        if (line.CallId == Guid.Empty || other is null || !picture.Devices[other.PeerId].Present)
        {
            return;
        }

        // Both called at once, and both have made an offer: the first one's holds.
        if (lines.Values.FirstOrDefault(l => l.PeerId == other.PeerId) is { HasOffered: true } theirs && line.HasOffered && other.Order < picture.Call.Members.First(m => m.PeerId == line.PeerId).Order)
        {
            line.GiveWay();
            Flush(theirs, picture);
            return;
        }

        foreach (var signal in line.Take())
        {
            line.Said(signal);
            if (!calls.Signal(line.SocketId, picture.Call.ConsultationId, picture.Call.Id, other.PeerId, signal))
            {
                // About to be there.
                line.Keep(signal);
            }
        }
    }

    private void Tell(CallPicture picture)
    {
        var call = picture.Call;
        var actor = acting.GetValueOrDefault(call.ConsultationId, "");
        if (picture.Begins)
        {
            ringing[call.Id] = true;
            foreach (var person in picture.Rung)
            {
                sockets.To(Rooms.User(person.UserId)).Emit("call:incoming", new(call.ConsultationId, call.Caller.UserId), Json.AudioCallIncoming);
            }
        }

        if (call.State is CallState.Ringing)
        {
            return;
        }

        var rang = ringing.TryRemove(call.Id, out _);
        var over = new AudioCallOver(call.ConsultationId);
        if (!call.IsLive)
        {
            var callers = sockets.To(Rooms.User(call.Caller.UserId)).Except(actor);
            callers.Emit(call.State == CallState.Rejected ? "call:rejected" : "call:ended", over, Json.AudioCallOver);
            Others(picture).Except(actor).Except(Rooms.User(call.Caller.UserId)).Emit("call:ended", over, Json.AudioCallOver);
            foreach (var line in lines.Where(l => l.Value.CallId == call.Id))
            {
                lines.TryRemove(line);
            }

            return;
        }

        if (rang && call.Members.FirstOrDefault(m => call.Rings(m.Person)) is { } callee)
        {
            sockets.To(Rooms.User(call.Caller.UserId)).Emit("call:accepted", new(call.ConsultationId, callee.Person.UserId), Json.AudioCallAccepted);
            // Devices that ring on: it was answered on another.
            Others(picture).Except(actor).Except(Rooms.User(call.Caller.UserId)).Emit("call:ended", over, Json.AudioCallOver);
        }

        foreach (var line in lines.Values.Where(l => l.CallId == call.Id))
        {
            Flush(line, picture);
        }
    }

    /// <summary>The two, and who was rung or is in it besides.</summary>
    private Broadcast Others(CallPicture picture)
    {
        var call = picture.Call;
        var all = sockets.To(Rooms.User(call.PatientId)).To(Rooms.User(call.PractitionerId));
        foreach (var person in picture.Rung.Select(static r => r.UserId).Union(call.Members.Select(static m => m.Person.UserId)))
        {
            all = all.To(Rooms.User(person));
        }

        return all;
    }
}
