using Colloque.Storage;

namespace Colloque.Consultations;

/// <summary>The media room of a visit, for one of its two people.</summary>
/// <param name="RoomName">Unguessable.</param>
/// <param name="IsPractitioner">Who moderates.</param>
public sealed record RoomEntry(string RoomName, bool IsPractitioner);

/// <summary>Gives the room of a visit while it is in progress.</summary>
public sealed class EnterRoom(ColloqueDb db, CallerScope scope)
{
    /// <summary>One query.</summary>
    /// <exception cref="Refusal">403 administrators; 404; 409 not in progress.</exception>
    public async Task<RoomEntry> RunAsync(Guid id, CancellationToken cancellationToken)
    {
        var caller = scope.Required.RequireClinical();
        var rows = await ConsultationRow.OneAsync(db, id, cancellationToken);
        if (rows.Count == 0)
        {
            throw Refusal.NotFound();
        }

        return rows[0] is { Status: nameof(ConsultationStatus.InProgress), RoomName: { } room }
            ? new(room, rows[0].PractitionerId == caller.UserId)
            : throw ConsultationRefusals.NotInProgress();
    }
}
