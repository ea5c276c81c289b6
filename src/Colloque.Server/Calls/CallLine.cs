using Colloque.Calls;

namespace Colloque.Server.Calls;

/// <summary>What one device tells another: a description or a candidate; where both are null, that there are no more candidates.</summary>
internal readonly record struct CallSignal(SessionDescription? Description, IceCandidate? Candidate);

/// <summary>A device in a call, by whatever contract it speaks.</summary>
internal interface ICallLine
{
    /// <summary>The socket it is connected by.</summary>
    string SocketId { get; }

    /// <summary>Another device of the call says something to this one. Never waits.</summary>
    void Tell(CallPicture picture, Guid from, CallSignal signal);

    /// <summary>What somebody's device does is another: a microphone, a camera. Never waits.</summary>
    void Show(CallPicture picture);
}

/// <summary>What a device in a call does, by its own word.</summary>
/// <param name="Present">It is connected.</param>
/// <param name="Microphone">It is heard.</param>
/// <param name="Camera">It is seen.</param>
/// <param name="Screen">It shows its screen.</param>
/// <param name="Quality">good, reduced, paused, audio or text.</param>
internal sealed record CallDevice(bool Present, bool Microphone, bool Camera, bool Screen, string Quality)
{
    /// <summary>Until it says otherwise.</summary>
    internal static CallDevice New(CallMedia media) => new(Present: true, Microphone: true, Camera: media == CallMedia.Video, Screen: false, "good");
}

/// <summary>A call as its members see it at a moment.</summary>
internal sealed record CallPicture(Call Call, IReadOnlyDictionary<Guid, CallDevice> Devices)
{
    /// <summary>Whom it rang for, as far as this process knows.</summary>
    internal IReadOnlyList<RungPerson> Rung { get; init; } = [];

    /// <summary>It has just begun to ring.</summary>
    internal bool Begins { get; init; }
}
