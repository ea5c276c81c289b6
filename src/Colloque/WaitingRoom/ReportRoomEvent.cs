using System.Text.RegularExpressions;
using Colloque.Consultations;
using Colloque.Security;
using Colloque.Storage;

namespace Colloque.WaitingRoom;

/// <summary>What a client may say of a room.</summary>
public enum RoomReport
{
    /// <summary>Its person is in.</summary>
    Joined,

    /// <summary>Its person is out.</summary>
    Left,

    /// <summary>Something does not work.</summary>
    Incident,
}

/// <summary>A report as it was kept.</summary>
public sealed record KeptReport(Guid Id, RoomReport Type, DateTimeOffset At, string? Detail);

/// <summary>Keeps a client's word on what happened in the room: for who looks into a trouble later, never for how long a visit was.</summary>
public sealed partial class ReportRoomEvent(ColloqueDb db, ConsultationLife life, OpenRoom room, CallerScope scope)
{
    /// <summary>After the end, how long a client may still say that it left.</summary>
    private static readonly TimeSpan Late = TimeSpan.FromMinutes(15);

    /// <summary>Two statements.</summary>
    /// <param name="id">The visit.</param>
    /// <param name="type">What happened.</param>
    /// <param name="detail">A code: 1..50 of a-z, A-Z, 0-9, <c>_ . -</c>; null for none. Kept as <c>client:code</c>, so that it is never taken for the server's own.</param>
    /// <param name="cancellationToken">Rolls back.</param>
    /// <exception cref="Refusal">403 administrators; 404; 409 <c>room_closed</c>; 422 <c>detail</c>.</exception>
    public async Task<KeptReport> RunAsync(Guid id, RoomReport type, string? detail, CancellationToken cancellationToken)
    {
        var caller = scope.Required.RequireClinical();
        if (detail is not null && !Code().IsMatch(detail))
        {
            throw Refusal.Invalid("detail");
        }

        var rows = await ConsultationRow.OneAsync(db, id, cancellationToken);
        var visit = rows.Count == 1 ? rows[0].ToView() : throw Refusal.NotFound();
        var justOver = visit is { Status: ConsultationStatus.Completed, ClosedAt: { } closed } && life.Now - closed <= Late;
        if (!justOver && !room.IsOpen(visit, caller.UserId == visit.Practitioner.Id, life.Now))
        {
            throw WaitingRoomRefusals.RoomClosed();
        }

        var kept = await life.RecordAsync(id, type.ToString(), detail is null ? "client" : $"client:{detail}", cancellationToken);
        return new(kept, type, life.Now, detail);
    }

    [GeneratedRegex("^[A-Za-z0-9_.-]{1,50}\\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 100)]
    private static partial Regex Code();
}
