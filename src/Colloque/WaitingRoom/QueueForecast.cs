namespace Colloque.WaitingRoom;

/// <summary>A visit that has not begun.</summary>
/// <param name="ConsultationId">Its id.</param>
/// <param name="ScheduledAt">Planned start.</param>
/// <param name="PlannedMinutes">Planned length.</param>
/// <param name="JoinedAt">Since when its patient waits; null: not here yet.</param>
public sealed record AwaitedVisit(Guid ConsultationId, DateTimeOffset ScheduledAt, int PlannedMinutes, DateTimeOffset? JoinedAt);

/// <summary>Somebody who sees the patients of this queue.</summary>
/// <param name="Running">The visit under way: since when, and its planned minutes; null while free.</param>
/// <param name="DelayedUntil">Sees nobody before, by their own word.</param>
public sealed record QueueServer((DateTimeOffset StartedAt, int PlannedMinutes)? Running, DateTimeOffset? DelayedUntil);

/// <summary>A visit that has ended: what was planned and what it took.</summary>
public readonly record struct PastVisit(int PlannedMinutes, TimeSpan Actual);

/// <summary>A queue at one moment.</summary>
/// <param name="Now">That moment.</param>
/// <param name="Visits">Of one practitioner, or of all who share.</param>
/// <param name="Servers">At least one.</param>
/// <param name="Past">The last hours' visits.</param>
public sealed record QueueMoment(DateTimeOffset Now, IReadOnlyList<AwaitedVisit> Visits, IReadOnlyList<QueueServer> Servers, IReadOnlyList<PastVisit> Past);

/// <summary>A place and when its turn should come.</summary>
/// <param name="ConsultationId">The visit.</param>
/// <param name="Position">1 is next of those who are here.</param>
/// <param name="ExpectedAt">Whole seconds; never before the planned time, nor before now.</param>
public sealed record ForecastPlace(Guid ConsultationId, int Position, DateTimeOffset ExpectedAt);

/// <summary>Plays the next hours through: whoever is free sees the first of those who are here and whose planned time has come.</summary>
public static class QueueForecast
{
    /// <summary>From one visit to the next: a note written, a breath taken.</summary>
    private static readonly TimeSpan Between = TimeSpan.FromMinutes(1);

    /// <summary>Who is later than this is not counted on any more.</summary>
    private static readonly TimeSpan Lateness = TimeSpan.FromMinutes(10);

    /// <summary>The places of those who are here, in their order.</summary>
    public static IReadOnlyList<ForecastPlace> Of(QueueMoment moment)
    {
        var pace = VisitPace.Of(moment.Past);
        var free = moment.Servers.Select(s => FreeAt(s, moment.Now, pace)).ToArray();
        var left = Counted(moment)
            .Select(v => (Visit: v, Ready: Later(v.ScheduledAt, moment.Now), Rank: QueueRank.Of(v.ConsultationId, v.ScheduledAt, v.JoinedAt ?? Later(v.ScheduledAt, moment.Now))))
            .OrderBy(static v => v.Rank)
            .ToList();
        var places = new List<ForecastPlace>();
        while (left.Count > 0)
        {
            var server = Array.IndexOf(free, free.Min());
            var open = Later(free[server], left.Min(static v => v.Ready));
            var next = left.First(v => v.Ready <= open);
            left.Remove(next);
            if (next.Visit.JoinedAt is not null)
            {
                places.Add(new(next.Visit.ConsultationId, places.Count + 1, WholeSeconds(open)));
            }

            free[server] = open + (next.Visit.PlannedMinutes * pace) + Between;
        }

        return places;
    }

    private static DateTimeOffset FreeAt(QueueServer server, DateTimeOffset now, TimeSpan pace)
    {
        var free = server.Running is { } running ? now + VisitPace.Remaining(running.PlannedMinutes * pace, now - running.StartedAt) : now;
        return server.DelayedUntil is { } until ? Later(free, until) : free;
    }

    /// <summary>When a practitioner's next visit begins if nothing delays it: not before they are free, nor before the first planned time of those who are here or may yet come.</summary>
    public static DateTimeOffset NextAt(QueueMoment moment, QueueServer server)
    {
        var free = FreeAt(server with { DelayedUntil = null }, moment.Now, VisitPace.Of(moment.Past));
        return Counted(moment).Select(v => Later(v.ScheduledAt, free)).DefaultIfEmpty(free).Min();
    }

    private static IEnumerable<AwaitedVisit> Counted(QueueMoment moment) => moment.Visits.Where(v => v.JoinedAt is not null || v.ScheduledAt > moment.Now - Lateness);

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    private static DateTimeOffset WholeSeconds(DateTimeOffset time) => time.AddTicks(TimeSpan.TicksPerSecond / 2) is var t ? t.AddTicks(-(t.Ticks % TimeSpan.TicksPerSecond)) : t;
}
