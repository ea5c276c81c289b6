using System.Text.Json;
using Colloque.Calls;
using Colloque.Consultations;
using Colloque.Security;
using Colloque.Server.Calls;
using Colloque.Server.Http;
using Colloque.Server.Media;
using Colloque.Server.Realtime;
using Colloque.Storage;
using SocketIO.AspNetCore;

namespace Colloque.Server.Contracts.LiveConsultations;

/// <summary>Calls on <c>/consultations</c>: the moves, which are verbs, and the signalling between the devices in a call, which passes through memory alone.</summary>
internal sealed class LiveCalls(Verbs verbs, CallSwitch calls, RateLimits limits, PeerRooms peers)
{
    private static readonly LiveCallsJson Json = LiveCallsJson.Default;

    private Namespace sockets = null!;

    internal void Map(SocketIOServer server)
    {
        calls.Add(Tell);
        var ok = LiveEventJson.Default.OkAck;
        sockets = server.Of(LiveNamespace.Name)
            .OnDisconnect((socket, _) =>
            {
                calls.Release(socket.Id);
                return ValueTask.CompletedTask;
            })
            .On("call.start", Json.CallStartInput, Json.CallPlaceAck, (socket, input, ct) =>
                PlaceAsync(socket, input.ConsultationId, (StartCall verb, Guid id) => verb.RunAsync(id, input.Media, input.Device, ct), ct))
            .On("call.accept", Json.CallInput, Json.CallPlaceAck, (socket, input, ct) =>
                PlaceAsync(socket, input.ConsultationId, (AcceptCall verb, Guid id) => verb.RunAsync(id, CallId(input.CallId), input.Device, ct), ct))
            .On("call.join", Json.CallInput, Json.CallPlaceAck, (socket, input, ct) =>
                PlaceAsync(socket, input.ConsultationId, (JoinCall verb, Guid id) => verb.RunAsync(id, CallId(input.CallId), input.Device, ct), ct))
            .On("call.reject", Json.CallInput, ok, (socket, input, ct) =>
                MoveAsync(socket, input, (RejectCall verb, Guid id, Guid call) => verb.RunAsync(id, call, input.Reason, ct), ct))
            .On("call.leave", Json.CallInput, ok, (socket, input, ct) => MoveAsync(socket, input, (LeaveCall verb, Guid id, Guid call) => verb.RunAsync(id, call, ct), ct))
            .On("call.end", Json.CallInput, ok, (socket, input, ct) => MoveAsync(socket, input, (EndCall verb, Guid id, Guid call) => verb.RunAsync(id, call, ct), ct))
            .On("call.signal", Json.CallSignalInput, Json.CallSignalAck, SignalAsync)
            .On("call.state", Json.CallStateInput, ok, StateAsync)
            .On("call.incident", Json.CallInput, ok, IncidentAsync);
    }

    /// <summary>The live call of a visit, to who has just joined it: after they listen, so that nothing between is missed.</summary>
    internal async Task<LiveCall?> SeeAsync(Caller caller, Guid id, ConsultationStatus status, CancellationToken cancellationToken)
    {
        if (status != ConsultationStatus.InProgress)
        {
            return null;
        }

        var call = await verbs.RunAsync(caller, (SeeCall verb) => verb.RunAsync(id, cancellationToken), cancellationToken);
        return call is null ? null : LiveCall.Of(calls.PictureOf(call));
    }

    private static Guid CallId(string? id) => Ids.Parse(id, "callId");

    private async ValueTask<CallPlaceAck> PlaceAsync<TVerb>(Socket socket, string? consultation, Func<TVerb, Guid, Task<CallPlace>> run, CancellationToken cancellationToken)
        where TVerb : notnull
    {
        var caller = SignedSockets.Of(socket).Caller;
        limits.Take(Limit.CallMove, caller.UserId);
        var id = Ids.Parse(consultation, "consultationId");
        var place = await verbs.RunAsync(caller, (TVerb verb) => run(verb, id), cancellationToken);
        calls.Bind(place.Call, place.PeerId, new Line(socket));
        if (!socket.IsConnected)
        {
            // It went while its place was kept; nothing else would tell of it.
            calls.Release(socket.Id);
        }

        return new(true, LiveCall.Of(calls.PictureOf(place.Call)), place.PeerId);
    }

    private async ValueTask<OkAck> MoveAsync<TVerb>(Socket socket, CallInput input, Func<TVerb, Guid, Guid, Task<CallPlace>> run, CancellationToken cancellationToken)
        where TVerb : notnull
    {
        var caller = SignedSockets.Of(socket).Caller;
        limits.Take(Limit.CallMove, caller.UserId);
        var id = Ids.Parse(input.ConsultationId, "consultationId");
        var call = CallId(input.CallId);
        await verbs.RunAsync(caller, (TVerb verb) => run(verb, id, call), cancellationToken);
        return OkAck.Yes;
    }

    private async ValueTask<CallSignalAck> SignalAsync(Socket socket, CallSignalInput input, CancellationToken cancellationToken)
    {
        var caller = SignedSockets.Of(socket).Caller;
        var hasCandidate = input.Candidate.ValueKind != JsonValueKind.Undefined;
        limits.Take(input.Description is null ? Limit.CallSignal : Limit.CallDescription, caller.UserId);
        if (hasCandidate == input.Description is not null)
        {
            throw Refusal.Invalid(hasCandidate ? "candidate" : "description");
        }

        var (id, call, to) = (Ids.Parse(input.ConsultationId, "consultationId"), CallId(input.CallId), Ids.Parse(input.To, "to"));
        var relayOnly = peers.Policy == "relay";
        if (input.Description is { } description)
        {
            var current = calls.Require(socket.Id, id, call);
            var checkedOne = SignalCheck.Description(description.Type, description.Sdp, relayOnly);
            var passed = calls.Signal(socket.Id, id, call, to, new(checkedOne, null));
            if (current.State == CallState.Accepted)
            {
                await verbs.RunAsync(caller, (AdvanceCall verb) => verb.RunAsync(id, call, connected: false, cancellationToken), cancellationToken);
            }

            return new(true, passed);
        }

        if (input.Candidate.ValueKind == JsonValueKind.Null)
        {
            return new(true, calls.Signal(socket.Id, id, call, to, default));
        }

        var wire = Candidate(input.Candidate);
        var candidate = SignalCheck.Candidate(wire.Candidate, wire.SdpMid, wire.SdpMLineIndex, wire.UsernameFragment, relayOnly);
        calls.Require(socket.Id, id, call);
        return new(true, candidate is not null && calls.Signal(socket.Id, id, call, to, new(null, candidate)));
    }

    private static LiveCandidate Candidate(JsonElement element)
    {
        try
        {
            return element.Deserialize(Json.LiveCandidate)!;
        }
        catch (JsonException)
        {
            throw Refusal.Invalid("candidate");
        }
    }

    private async ValueTask<OkAck> StateAsync(Socket socket, CallStateInput input, CancellationToken cancellationToken)
    {
        var caller = SignedSockets.Of(socket).Caller;
        limits.Take(Limit.CallSignal, caller.UserId);
        if (input.Quality is not (null or "good" or "reduced" or "paused" or "audio" or "text"))
        {
            throw Refusal.Invalid("quality");
        }

        var (id, call) = (Ids.Parse(input.ConsultationId, "consultationId"), CallId(input.CallId));
        var current = calls.State(socket.Id, id, call, was => was with
        {
            Microphone = input.Microphone ?? was.Microphone,
            Camera = input.Camera ?? was.Camera,
            Screen = input.Screen ?? was.Screen,
            Quality = input.Quality ?? was.Quality,
        });
        if (input.Connected is true && current.State is CallState.Accepted or CallState.Connecting)
        {
            await verbs.RunAsync(caller, (AdvanceCall verb) => verb.RunAsync(id, call, connected: true, cancellationToken), cancellationToken);
        }

        return OkAck.Yes;
    }

    private async ValueTask<OkAck> IncidentAsync(Socket socket, CallInput input, CancellationToken cancellationToken)
    {
        var caller = SignedSockets.Of(socket).Caller;
        limits.Take(Limit.CallIncident, caller.UserId);
        var (id, call) = (Ids.Parse(input.ConsultationId, "consultationId"), CallId(input.CallId));
        calls.Require(socket.Id, id, call);
        await verbs.RunAsync(caller, (ReportCallIncident verb) => verb.RunAsync(id, call, input.Code, cancellationToken), cancellationToken);
        return OkAck.Yes;
    }

    /// <summary>The two on all their devices, who is or was rung, who is in it, and who listens to the conversation: all have a place in this visit.</summary>
    private void Tell(CallPicture picture)
    {
        var call = picture.Call;
        var wire = LiveCall.Of(picture);
        if (picture.Begins)
        {
            foreach (var person in picture.Rung)
            {
                sockets.To(Rooms.User(person.UserId)).Emit("call.ringing", new(wire, person.Silent), Json.CallRinging);
            }
        }

        var all = sockets.To(Rooms.User(call.PatientId)).To(Rooms.User(call.PractitionerId)).To(Rooms.Conversation(call.ConsultationId)).To(Rooms.Guests(call.ConsultationId));
        foreach (var person in picture.Rung.Select(static r => r.UserId).Union(call.Members.Select(static m => m.Person.UserId)).Where(p => p != call.PatientId && p != call.PractitionerId))
        {
            all = all.To(Rooms.User(person));
        }

        all.Emit("call.updated", new(wire), Json.CallUpdated);
    }

    private sealed class Line(Socket socket) : ICallLine
    {
        public string SocketId => socket.Id;

        public void Tell(CallPicture picture, Guid from, CallSignal signal)
        {
            var (id, call) = (picture.Call.ConsultationId, picture.Call.Id);
            if (signal.Description is { } description)
            {
                socket.Emit("call.signal", new CallDescriptionSignal(id, call, from, new(description.Type, description.Sdp)), Json.CallDescriptionSignal);
            }
            else
            {
                var c = signal.Candidate;
                socket.Emit("call.signal", new CallCandidateSignal(id, call, from, c is null ? null : new(c.Candidate, c.SdpMid, c.SdpMLineIndex, c.UsernameFragment)), Json.CallCandidateSignal);
            }
        }

        public void Show(CallPicture picture) => socket.Emit("call.updated", new CallUpdated(LiveCall.Of(picture)), Json.CallUpdated);
    }
}
