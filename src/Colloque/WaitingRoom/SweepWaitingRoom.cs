using Colloque.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colloque.WaitingRoom;

/// <summary>
/// Looks at who waits and who of them is there: marks who went away and who is back, and gives up the places of those who stayed away too long. It compares what
/// is with what is written, so that nothing is lost with a process; one sweep at a time.
/// </summary>
public sealed class SweepWaitingRoom(ColloqueDb db, Attendance attendance, WaitingRoomOptions options, UnitOfWork work, TimeProvider time)
{
    /// <summary>At most two statements; answers with the practitioners for whom somebody waits.</summary>
    public async Task<IReadOnlyCollection<Guid>> RunAsync(CancellationToken cancellationToken)
    {
        var rows = await db.Database.SqlQuery<Row>(
            $"""
            select consultation_id "ConsultationId", patient_id "PatientId", practitioner_id "PractitionerId", joined_at "JoinedAt", away_since "AwaySince" from waiting_room_rows()
            """).ToListAsync(cancellationToken);
        var now = time.GetMoment();
        var (away, back, gone) = (new List<(Row Row, DateTimeOffset Since)>(), new List<Row>(), new List<Row>());
        foreach (var row in rows)
        {
            switch (attendance.AwaySince(row.PatientId), row.AwaySince)
            {
                case (null, not null):
                    back.Add(row);
                    break;
                case ({ } since, null):
                    away.Add((row, since > row.JoinedAt ? since : row.JoinedAt));
                    break;
                case (not null, { } marked) when now - marked >= options.KeepsPlace:
                    gone.Add(row);
                    break;
            }
        }

        await MarkAsync(away, back, gone, now, cancellationToken);
        attendance.Prune();
        return [.. rows.Except(gone).Select(static r => r.PractitionerId).Distinct()];
    }

    private async Task MarkAsync(List<(Row Row, DateTimeOffset Since)> away, List<Row> back, List<Row> gone, DateTimeOffset now, CancellationToken cancellationToken)
    {
        Row[] changed = [.. away.Select(static a => a.Row), .. back, .. gone];
        if (changed.Length == 0)
        {
            return;
        }

        await db.Database.ExecuteSqlAsync(
            $"select waiting_room_mark({Ids(away.Select(static a => a.Row))}, {away.Select(static a => a.Since).ToArray()}, {Ids(back)}, {Ids(gone)}, {now})", cancellationToken);
        foreach (var row in changed)
        {
            work.Announce(new QueueChanged(row.ConsultationId, row.PatientId, row.PractitionerId));
        }
    }

    private static Guid[] Ids(IEnumerable<Row> rows) => [.. rows.Select(static r => r.ConsultationId)];

    private sealed record Row(Guid ConsultationId, Guid PatientId, Guid PractitionerId, DateTimeOffset JoinedAt, DateTimeOffset? AwaySince);
}
