using System.Text.Json.Serialization;
using Colloque.Calls;

namespace Colloque.Server.Calls;

/// <summary>A device in a call that the node which says so has, has no more, or that does something else.</summary>
internal sealed record SeatWord(Guid Call, Guid Peer, CallDevice Device);

/// <summary>What a device says to one that another node has.</summary>
internal sealed record SignalWord(Guid Call, Guid From, Guid To, SessionDescription? Description, IceCandidate? Candidate);

/// <summary>What one node tells another of calls: one of these.</summary>
internal sealed record CallWord
{
    /// <summary>A call is another.</summary>
    public Call? Changed { get; init; }

    /// <summary>Whom that one rang for, where the node knows.</summary>
    public IReadOnlyList<RungPerson>? Rung { get; init; }

    /// <summary>A device is here, or does something else, or is gone.</summary>
    public SeatWord? Seat { get; init; }

    /// <summary>A signal on its way.</summary>
    public SignalWord? Signal { get; init; }

    /// <summary>A visit is over, and so is its call.</summary>
    public Guid? Closed { get; init; }

    /// <summary>The places of all devices that the node has.</summary>
    public IReadOnlyList<Guid>? All { get; init; }
}

/// <summary>The shape of <see cref="CallWord"/>.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(CallWord))]
internal sealed partial class CallWordJson : JsonSerializerContext;
