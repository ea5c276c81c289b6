using System.Text.Json;
using System.Text.Json.Serialization;
using Colloque.Calls;
using Colloque.Server.Calls;

namespace Colloque.Server.Contracts.LiveConsultations;

/// <summary>Payload of <c>call.start</c>.</summary>
public sealed record CallStartInput(string? ConsultationId, string? Media, string? Device);

/// <summary>Payload of events that name a call: <c>call.accept</c>, <c>call.join</c>, <c>call.leave</c>, <c>call.end</c>, <c>call.reject</c>, <c>call.incident</c>.</summary>
public sealed record CallInput(string? ConsultationId, string? CallId, string? Device, string? Reason, string? Code);

/// <summary>Payload of <c>call.signal</c>: a description or a candidate; a candidate that is null says that there are no more.</summary>
public sealed record CallSignalInput(string? ConsultationId, string? CallId, string? To, LiveDescription? Description, JsonElement Candidate);

/// <summary>An offer or an answer, as WebRTC has it.</summary>
public sealed record LiveDescription(string? Type, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Sdp);

/// <summary>A candidate, as WebRTC has it.</summary>
public sealed record LiveCandidate(string? Candidate, string? SdpMid, int? SdpMLineIndex, string? UsernameFragment);

/// <summary>Payload of <c>call.state</c>; what is absent stays as it is.</summary>
public sealed record CallStateInput(string? ConsultationId, string? CallId, bool? Connected, bool? Microphone, bool? Camera, bool? Screen, string? Quality);

/// <summary>Somebody in a call.</summary>
/// <param name="PeerId">What signals are addressed to.</param>
/// <param name="UserId">Who.</param>
/// <param name="Name">As they are shown.</param>
/// <param name="Role">patient, practitioner or guest.</param>
/// <param name="Order">Of two devices the one with the higher order offers, and gives way where both do at once.</param>
/// <param name="Present">Its device is connected.</param>
/// <param name="Microphone">They are heard.</param>
/// <param name="Camera">They are seen.</param>
/// <param name="Screen">They show their screen.</param>
/// <param name="Quality">good, reduced, paused, audio or text.</param>
public sealed record LiveCallMember(Guid PeerId, Guid UserId, string Name, string Role, int Order, bool Present, bool Microphone, bool Camera, bool Screen, string Quality);

/// <summary>A call.</summary>
public sealed record LiveCall(
    Guid Id, Guid ConsultationId, string Media, string Provider, string State, Guid CallerId, string CallerName, DateTime StartedAt, DateTime? AcceptedAt, DateTime? ConnectedAt,
    DateTime? EndedAt, string? EndReason, int Revision, IReadOnlyList<LiveCallMember> Members)
{
    internal static LiveCall Of(CallPicture picture)
    {
        var c = picture.Call;
        return new(
            c.Id, c.ConsultationId, Of(c.Media), c.Provider, c.State.ToString().ToLowerInvariant(), c.Caller.UserId, c.Caller.Name, c.StartedAt.UtcDateTime,
            c.AcceptedAt?.UtcDateTime, c.ConnectedAt?.UtcDateTime, c.EndedAt?.UtcDateTime, c.End is { } end ? CallMachine.CodeOf(end) : null, c.Revision,
            [.. c.Members.Select(m => Of(m, picture.Devices[m.PeerId]))]);
    }

    private static string Of(CallMedia media) => media == CallMedia.Audio ? "audio" : "video";

    private static LiveCallMember Of(CallMember m, CallDevice d) => new(
        m.PeerId, m.Person.UserId, m.Person.Name, m.Person.Side.ToString().ToLowerInvariant(), AudioDevices.OrderOf(m), d.Present, d.Microphone, d.Camera, d.Screen, d.Quality);
}

/// <summary>Ack of what gives a place in a call.</summary>
public sealed record CallPlaceAck(bool Ok, LiveCall Call, Guid PeerId);

/// <summary>Ack of <c>call.signal</c>.</summary>
/// <param name="Ok">It was taken.</param>
/// <param name="Delivered">False: the other device is gone for a moment, or the candidate is of no use where calls are relayed.</param>
public sealed record CallSignalAck(bool Ok, bool Delivered);

/// <summary><c>call.ringing</c>.</summary>
public sealed record CallRinging(LiveCall Call, bool Silent);

/// <summary><c>call.updated</c>.</summary>
public sealed record CallUpdated(LiveCall Call);

/// <summary><c>call.signal</c> with a description, to the one device.</summary>
public sealed record CallDescriptionSignal(Guid ConsultationId, Guid CallId, Guid From, LiveDescription Description);

/// <summary><c>call.signal</c> with a candidate, to the one device; null: there are no more.</summary>
public sealed record CallCandidateSignal(Guid ConsultationId, Guid CallId, Guid From, LiveCandidate? Candidate);

/// <summary>Answer of <c>call</c>.</summary>
public sealed record LiveCallAnswer(LiveCall? Call);

/// <summary>Answer of <c>calls/ringing</c>.</summary>
public sealed record RingingCallList(IReadOnlyList<CallRinging> Items);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, AllowDuplicateProperties = false)]
[JsonSerializable(typeof(CallStartInput))]
[JsonSerializable(typeof(CallInput))]
[JsonSerializable(typeof(CallSignalInput))]
[JsonSerializable(typeof(LiveCandidate))]
[JsonSerializable(typeof(CallStateInput))]
[JsonSerializable(typeof(CallPlaceAck))]
[JsonSerializable(typeof(CallSignalAck))]
[JsonSerializable(typeof(CallRinging))]
[JsonSerializable(typeof(CallUpdated))]
[JsonSerializable(typeof(CallDescriptionSignal))]
[JsonSerializable(typeof(CallCandidateSignal))]
[JsonSerializable(typeof(LiveCallAnswer))]
[JsonSerializable(typeof(RingingCallList))]
internal sealed partial class LiveCallsJson : JsonSerializerContext;
