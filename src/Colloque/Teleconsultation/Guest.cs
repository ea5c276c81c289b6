using Colloque.Consultations;
using Colloque.Security;

namespace Colloque.Teleconsultation;

/// <summary>What somebody who comes by a link is to the visit. None of them is one of its two people.</summary>
public enum GuestRole
{
    /// <summary>The patient, without signing in: in the patient's place in this one visit, but not with the account's rights.</summary>
    Patient,

    /// <summary>Somebody of the patient's own.</summary>
    Relative,

    /// <summary>Who translates.</summary>
    Interpreter,

    /// <summary>A second practitioner.</summary>
    Practitioner,
}

/// <summary>Whom to invite.</summary>
/// <param name="Role">As what; a patient invites relatives alone.</param>
/// <param name="Name">As whoever invites calls them, 1..200 characters; null: they say it themselves.</param>
/// <param name="Email">Where the link, and codes, go; null: whoever invites hands the link over.</param>
/// <param name="RequireCode">Whether a code that is sent there must be given besides; needs an address.</param>
/// <param name="Language">fr, en or es: what the mail is written in; null for en.</param>
public sealed record GuestInvitation(GuestRole Role, string? Name, string? Email, bool RequireCode, string? Language);

/// <summary>A link into one visit, as its two people see it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Role">As what its guest comes.</param>
/// <param name="Name">As whoever invited calls them.</param>
/// <param name="Email">Where it was sent.</param>
/// <param name="RequireCode">Whether it asks for a code.</param>
/// <param name="Url">The whole way in, to whoever made it; null to others, and once it leads nowhere.</param>
/// <param name="CreatedBy">Who invited.</param>
/// <param name="CreatedAt">When.</param>
/// <param name="ExpiresAt">From here on it leads nowhere; sooner with the visit's end.</param>
/// <param name="RevokedAt">When it was taken back.</param>
/// <param name="Guest">Who came by it; null: nobody yet.</param>
public sealed record JoinLinkView(
    Guid Id, GuestRole Role, string? Name, string? Email, bool RequireCode, string? Url, Guid CreatedBy, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt, DateTimeOffset? RevokedAt,
    GuestView? Guest);

/// <summary>What a link says to whoever holds it: enough to know that it is the right one.</summary>
/// <param name="ConsultationId">The visit, for a token of one of its two people, who sign in; null for a guest's link.</param>
/// <param name="Role">As what a guest comes; null for one of the two.</param>
/// <param name="Name">As whoever invited calls them.</param>
/// <param name="NeedsCode">Whether a code is asked for.</param>
/// <param name="Format">How the two meet.</param>
/// <param name="ScheduledAt">Planned start.</param>
/// <param name="PractitionerName">With whom.</param>
/// <param name="Own">Who asks is signed in as one of its two people, and has a page of their own for it.</param>
public sealed record JoinLinkFace(
    Guid? ConsultationId, GuestRole? Role, string? Name, bool NeedsCode, ConsultationFormat Format, DateTimeOffset ScheduledAt, string PractitionerName, bool Own);

/// <summary>A guest who is in.</summary>
/// <param name="Caller">Whom a token of theirs speaks for.</param>
/// <param name="Version">Of this time; a later one ends its tokens.</param>
/// <param name="ConsultationId">The one visit.</param>
/// <param name="Role">As what.</param>
/// <param name="Name">As they are shown.</param>
/// <param name="Until">No token of theirs is good for longer.</param>
public sealed record GuestEntry(Caller Caller, int Version, Guid ConsultationId, GuestRole Role, string Name, DateTimeOffset Until);

/// <summary>A guest as those in the visit see them.</summary>
/// <param name="Id">What they speak under.</param>
/// <param name="Name">As they are shown.</param>
/// <param name="Role">As what they are here.</param>
/// <param name="EnteredAt">When they last came in.</param>
/// <param name="LeftAt">Null while they are in.</param>
public sealed record GuestView(Guid Id, string Name, GuestRole Role, DateTimeOffset EnteredAt, DateTimeOffset? LeftAt);

/// <summary>The visit as a guest sees it: who meets, when, and its room while it is in progress; nothing of why.</summary>
/// <param name="Id">The visit.</param>
/// <param name="Status">Where it is in its life.</param>
/// <param name="Format">How they meet.</param>
/// <param name="ScheduledAt">Planned start.</param>
/// <param name="DurationMinutes">Planned length, minutes.</param>
/// <param name="StartedAt">Real start.</param>
/// <param name="ClosedAt">Real end.</param>
/// <param name="Patient">Who receives care.</param>
/// <param name="Practitioner">Who gives care.</param>
/// <param name="VideoProvider">livekit, jitsi or peer.</param>
/// <param name="RoomName">Unguessable; null unless in progress.</param>
/// <param name="Seq">The conversation's newest message.</param>
/// <param name="Change">The conversation's newest change.</param>
/// <param name="Floor">Messages up to this one were said before the guest came; they see none of them.</param>
/// <param name="Role">As what the guest is here.</param>
/// <param name="Queue">The patient's place, for who is in for the patient; null: does not wait.</param>
public sealed record GuestVisit(
    Guid Id, ConsultationStatus Status, ConsultationFormat Format, DateTimeOffset ScheduledAt, int DurationMinutes, DateTimeOffset? StartedAt, DateTimeOffset? ClosedAt,
    PersonView Patient, PersonView Practitioner, string VideoProvider, string? RoomName, long Seq, long Change, long Floor, GuestRole Role, QueueView? Queue);

/// <summary>Who is in a visit besides its two people is another: somebody came, or went.</summary>
/// <param name="ConsultationId">The visit.</param>
/// <param name="Gone">Guests whose time in it ended with this.</param>
public sealed record GuestsChanged(Guid ConsultationId, IReadOnlyList<GoneGuest> Gone) : Announcement;

/// <summary>A guest whose time in a visit has ended.</summary>
/// <param name="Id">What they spoke under.</param>
/// <param name="SignInId">What their tokens stand on.</param>
public sealed record GoneGuest(Guid Id, Guid SignInId);
