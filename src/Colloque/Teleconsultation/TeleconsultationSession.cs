namespace Colloque.Teleconsultation;

/// <summary>Where the remote room of a visit is in its life.</summary>
public enum SessionStatus
{
    /// <summary>Nobody has come in yet.</summary>
    Pending,

    /// <summary>From the first who came in.</summary>
    Live,

    /// <summary>With the visit's end.</summary>
    Ended,
}

/// <summary>The remote room of a visit as one of its two people sees it.</summary>
/// <param name="ConsultationId">The visit; a visit has one room, so this is its id too.</param>
/// <param name="Status">Where it is in its life.</param>
/// <param name="Provider">livekit, jitsi or peer.</param>
/// <param name="RoomName">Unguessable; null unless the visit is in progress.</param>
/// <param name="StartedAt">When the first came in.</param>
/// <param name="EndedAt">When it ended.</param>
/// <param name="TokenExpiresAt">When the caller's own token ends; null without one.</param>
public sealed record TeleconsultationView(
    Guid ConsultationId, SessionStatus Status, string Provider, string? RoomName, DateTimeOffset? StartedAt, DateTimeOffset? EndedAt, DateTimeOffset? TokenExpiresAt);

/// <summary>What one who joins is given.</summary>
/// <param name="Token">64 characters, the caller's own.</param>
/// <param name="IsPractitioner">As what.</param>
/// <param name="Session">As it is after the join.</param>
public sealed record TeleconsultationEntry(string Token, bool IsPractitioner, TeleconsultationView Session);
