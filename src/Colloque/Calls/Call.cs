namespace Colloque.Calls;

/// <summary>Whether a call was begun with a picture.</summary>
public enum CallMedia
{
    /// <summary>Sound alone.</summary>
    Audio,

    /// <summary>Sound and picture.</summary>
    Video,
}

/// <summary>Where a call is in its life. The first four are live, in this order; a live call ends in one of the others, once.</summary>
public enum CallState
{
    /// <summary>It rings; nobody has answered.</summary>
    Ringing,

    /// <summary>Somebody answered.</summary>
    Accepted,

    /// <summary>Their devices look for each other.</summary>
    Connecting,

    /// <summary>Two devices have found each other.</summary>
    Connected,

    /// <summary>It was answered, and is over.</summary>
    Ended,

    /// <summary>Whoever was rung said no.</summary>
    Rejected,

    /// <summary>Nobody answered, or the caller gave up.</summary>
    Missed,

    /// <summary>It was answered, and the devices did not find each other in time.</summary>
    Failed,
}

/// <summary>Why a call is over.</summary>
public enum CallEnd
{
    /// <summary>Somebody ended it, or gave up calling.</summary>
    HungUp,

    /// <summary>Fewer than two were left in it.</summary>
    Left,

    /// <summary>Whoever was rung did not want to.</summary>
    Rejected,

    /// <summary>Whoever was rung could not at that moment.</summary>
    Busy,

    /// <summary>It rang for its time.</summary>
    Missed,

    /// <summary>The devices did not find each other.</summary>
    Failed,

    /// <summary>A device was gone for longer than its place is kept.</summary>
    Lost,

    /// <summary>The visit is over.</summary>
    VisitClosed,
}

/// <summary>On which side of a visit somebody is. Who is in for the patient, by the patient's link, is on the patient's.</summary>
public enum CallSide
{
    /// <summary>Who receives care, or is in for them.</summary>
    Patient,

    /// <summary>Who gives care.</summary>
    Practitioner,

    /// <summary>Anybody else who came by a link.</summary>
    Guest,
}

/// <summary>Somebody of a visit, as a call knows them.</summary>
public sealed record CallPerson(Guid UserId, string Name, CallSide Side)
{
    /// <summary>Guests ring nobody, answer nothing and end nothing: they join what the two have begun, and leave it.</summary>
    public bool IsGuest => Side == CallSide.Guest;
}

/// <summary>A place in a call: one person with one device.</summary>
/// <param name="PeerId">What the others' devices address.</param>
/// <param name="Person">Whose.</param>
/// <param name="Device">The device's own id, 1..64 of A-Z, a-z, 0-9, <c>_ -</c>; told to nobody.</param>
/// <param name="Order">0, 1, 2 … as they came.</param>
/// <param name="JoinedAt">When.</param>
/// <param name="SeenAt">When a server last wrote down that it has the device connected.</param>
public sealed record CallMember(Guid PeerId, CallPerson Person, string Device, int Order, DateTimeOffset JoinedAt, DateTimeOffset SeenAt);

/// <summary>A call as it is; moves make another of it (<see cref="CallMachine"/>).</summary>
public sealed record Call(
    Guid Id, Guid ConsultationId, Guid TenantId, Guid PatientId, Guid PractitionerId, CallMedia Media, string Provider, CallState State, CallPerson Caller, DateTimeOffset StartedAt)
{
    /// <summary>When somebody answered.</summary>
    public DateTimeOffset? AcceptedAt { get; init; }

    /// <summary>When two devices had found each other.</summary>
    public DateTimeOffset? ConnectedAt { get; init; }

    /// <summary>When it was over.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Why; null while it is live.</summary>
    public CallEnd? End { get; init; }

    /// <summary>One more with each move.</summary>
    public int Revision { get; init; }

    /// <summary>How many places there have ever been.</summary>
    public int Come { get; init; }

    /// <summary>Who is in it now, in the order of their coming; nobody once it is over.</summary>
    public IReadOnlyList<CallMember> Members { get; init; } = [];

    /// <summary>Not over.</summary>
    public bool IsLive => State <= CallState.Connected;

    /// <summary>A person's place; null: not in it.</summary>
    public CallMember? Of(Guid person) => Members.FirstOrDefault(m => m.Person.UserId == person);

    /// <summary>Whether somebody is of the side that is rung.</summary>
    public bool Rings(CallPerson person) => !person.IsGuest && person.Side != Caller.Side;

    /// <summary>From when two were connected until the end, by the server's clock; zero where they never were, or it goes on.</summary>
    public TimeSpan Lasted => EndedAt is { } end && ConnectedAt is { } from && end > from ? end - from : TimeSpan.Zero;
}

/// <summary>One's own place in a call.</summary>
public sealed record CallPlace(Call Call, Guid PeerId);

/// <summary>Somebody who is rung.</summary>
/// <param name="UserId">All devices of theirs.</param>
/// <param name="Silent">They do not want to be disturbed by a sound.</param>
public sealed record RungPerson(Guid UserId, bool Silent);

/// <summary>A call is another.</summary>
public sealed record CallChanged(Call Call) : Announcement
{
    /// <summary>Whom it begins to ring for; nobody, but where it was just begun.</summary>
    public IReadOnlyList<RungPerson> Rung { get; init; } = [];
}
