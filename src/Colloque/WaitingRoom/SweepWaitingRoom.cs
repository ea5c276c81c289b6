using Colloque.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colloque.WaitingRoom;

/// <summary>
/// Looks at who waits and who of them is there: marks who went away and who is back, and gives up the places of those who stayed away too long. It compares what
/// is with what is written, so that nothing is lost with a process. Whom one process sees it writes down, so that others, and the one after it, do not miss them.
/// One sweep at a time.
/// </summary>
public sealed class SweepWaitingRoom(ColloqueDb db, Attendance attendance, WaitingRoomOptions options, UnitOfWork work, TimeProvider time)
{
    /// <summary>How often a process writes down that it sees somebody.</summary>
    public static readonly TimeSpan SeenEvery = TimeSpan.FromSeconds(10);

    /// <summary>How long others believe it, and how long devices have after a start of the server to connect again before their people count as away.</summary>
    public static readonly TimeSpan Believed = TimeSpan.FromSeconds(30);

    /// <summary>At most two statements; answers with the practitioners for whom somebody waits.</summary>
    /// <param name="givesUp">Whether places may be given up: not while the clock cannot be believed.</param>
    /// <param name="cancellationToken">Rolls back.</param>
    public async Task<IReadOnlyCollection<Guid>> RunAsync(bool givesUp, CancellationToken cancellationToken)
    {
        var rows = await db.Database.SqlQuery<Row>(
            $"""
            select consultation_id "ConsultationId", patient_id "PatientId", practitioner_id "PractitionerId", joined_at "JoinedAt", away_since "AwaySince", seen_at "SeenAt", people "People"
            from waiting_room_rows()
            """).ToListAsync(cancellationToken);
        var now = time.GetMoment();
        var (here, away, gone) = (new List<Row>(), new List<(Row Row, DateTimeOffset Since)>(), new List<Row>());
        foreach (var row in rows)
        {
            if (attendance.IsAnyHere(row.People))
            {
                if (row.AwaySince is not null || now - row.SeenAt >= SeenEvery)
                {
                    here.Add(row);
                }
            }
            else if (row.AwaySince is null)
            {
                if (WentAt(row, now) is { } since)
                {
                    away.Add((row, since));
                }
            }
            else if (givesUp && now - CountsFrom(row) >= options.KeepsPlace)
            {
                gone.Add(row);
            }
        }

        await MarkAsync(here, away, gone, now, cancellationToken);
        attendance.Prune();
        return [.. rows.Except(gone).Select(static r => r.PractitionerId).Distinct()];
    }

    /// <summary>Since when somebody whom this process does not see is away; null: another sees them, or they have time to come back to this one.</summary>
    private DateTimeOffset? WentAt(Row row, DateTimeOffset now)
    {
        if (attendance.GoneAt(row.People) is { } gone && gone >= row.SeenAt)
        {
            return gone;
        }

        var since = Later(row.SeenAt, attendance.Begun);
        return now - since < Believed ? null : since;
    }

    /// <summary>Of whom this process has never seen, the time before its start does not count: they could not be back.</summary>
    private DateTimeOffset CountsFrom(Row row) => attendance.GoneAt(row.People) is null ? Later(row.AwaySince!.Value, attendance.Begun) : row.AwaySince!.Value;

    private async Task MarkAsync(List<Row> here, List<(Row Row, DateTimeOffset Since)> away, List<Row> gone, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (here.Count + away.Count + gone.Count == 0)
        {
            return;
        }

        await db.Database.ExecuteSqlAsync(
            $"select waiting_room_mark({Ids(here)}, {Ids(away.Select(static a => a.Row))}, {away.Select(static a => a.Since).ToArray()}, {Ids(gone)}, {now})", cancellationToken);
        foreach (var row in (IEnumerable<Row>)[.. here.Where(static r => r.AwaySince is not null), .. away.Select(static a => a.Row), .. gone])
        {
            work.Announce(new QueueChanged(row.ConsultationId, row.PatientId, row.PractitionerId));
        }
    }

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    private static Guid[] Ids(IEnumerable<Row> rows) => [.. rows.Select(static r => r.ConsultationId)];

    private sealed record Row(
        Guid ConsultationId, Guid PatientId, Guid PractitionerId, DateTimeOffset JoinedAt, DateTimeOffset? AwaySince, DateTimeOffset SeenAt, Guid[] People);
}
