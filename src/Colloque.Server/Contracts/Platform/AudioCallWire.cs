using System.Text.Json;
using System.Text.Json.Serialization;

namespace Colloque.Server.Contracts.Platform;

/// <summary>Payload of <c>call:initiate</c>; of <c>call:accept</c>, <c>call:reject</c> and <c>call:end</c> without <paramref name="CalleeId"/>.</summary>
public sealed record AudioCallInput(string? ConsultationId, string? CalleeId);

/// <summary>Payload of <c>webrtc:offer</c>, <c>webrtc:answer</c> and <c>webrtc:ice-candidate</c>.</summary>
public sealed record AudioSignalInput(string? ConsultationId, AudioDescription? Offer, AudioDescription? Answer, JsonElement Candidate);

/// <summary>An offer or an answer, as WebRTC has it.</summary>
public sealed record AudioDescription(string? Type, string? Sdp);

/// <summary>A candidate, as WebRTC has it.</summary>
public sealed record AudioCandidate(string? Candidate, string? SdpMid, int? SdpMLineIndex, string? UsernameFragment);

/// <summary>Ack: calling, accepted, rejected, ended or sent.</summary>
public sealed record AudioCallStatus(string Status);

/// <summary>Ack that refuses, as document 001 has it.</summary>
public sealed record AudioCallError(string Error, string Code);

/// <summary><c>call:incoming</c>: who calls, by their account.</summary>
public sealed record AudioCallIncoming(Guid ConsultationId, Guid CallerId);

/// <summary><c>call:accepted</c>: who answered, by their account.</summary>
public sealed record AudioCallAccepted(Guid ConsultationId, Guid CalleeId);

/// <summary><c>call:rejected</c>, <c>call:ended</c>.</summary>
public sealed record AudioCallOver(Guid ConsultationId);

/// <summary><c>webrtc:offer</c>.</summary>
public sealed record AudioOffer(Guid ConsultationId, AudioDescription Offer);

/// <summary><c>webrtc:answer</c>.</summary>
public sealed record AudioAnswer(Guid ConsultationId, AudioDescription Answer);

/// <summary><c>webrtc:ice-candidate</c>.</summary>
public sealed record AudioIce(Guid ConsultationId, AudioCandidate? Candidate);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, AllowDuplicateProperties = false)]
[JsonSerializable(typeof(AudioCallInput))]
[JsonSerializable(typeof(AudioSignalInput))]
[JsonSerializable(typeof(AudioCandidate))]
[JsonSerializable(typeof(AudioCallStatus))]
[JsonSerializable(typeof(AudioCallError))]
[JsonSerializable(typeof(AudioCallIncoming))]
[JsonSerializable(typeof(AudioCallAccepted))]
[JsonSerializable(typeof(AudioCallOver))]
[JsonSerializable(typeof(AudioOffer))]
[JsonSerializable(typeof(AudioAnswer))]
[JsonSerializable(typeof(AudioIce))]
internal sealed partial class AudioCallJson : JsonSerializerContext;
