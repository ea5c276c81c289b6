using Colloque.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colloque.Scheduling;

/// <summary>Keeps, beside a practitioner's profile, when they can be seen next: what the directory shows and sorts by.</summary>
public sealed class NextTimes(ColloqueDb db, PracticeCalendars calendars, CallerScope scope, TimeProvider time)
{
    /// <summary>Looks again at the calling practitioner's calendar. Four statements.</summary>
    public async Task<DateTimeOffset?> RefreshAsync(CancellationToken cancellationToken)
    {
        var (me, now) = (scope.Required.UserId, time.GetMoment());
        // First the row's lock: who changes a visit from here on waits, and then says that this is to be looked at again.
        await db.Database.ExecuteSqlAsync($"select practice_next_begin({now})", cancellationToken);
        var at = await FindAsync(me, now, cancellationToken);
        await db.Database.ExecuteSqlAsync($"select practice_next_end({at})", cancellationToken);
        return at;
    }

    /// <summary>The first free slot that could be booked now, and is in nobody else's hands; null for none up to the horizon.</summary>
    private async Task<DateTimeOffset?> FindAsync(Guid practitionerId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // No horizon is further.
        var calendar = await calendars.BetweenAsync(practitionerId, now, now.AddDays(366), cancellationToken);
        var (earliest, latest) = (calendar.Settings.Earliest(now), calendar.Settings.Latest(now));
        var busy = await calendars.BusyAsync(practitionerId, earliest.AddDays(-1), latest.AddDays(1), cancellationToken);
        foreach (var (slot, free) in calendar.Slots.Judge(calendar.Slots.Between(earliest, latest.AddTicks(1)), busy))
        {
            if (free)
            {
                return slot.StartsAt;
            }
        }

        return null;
    }
}

/// <summary>Refreshes when the calling practitioner can be seen next; run as each of those who are due.</summary>
public sealed class RefreshNextTime(NextTimes next)
{
    /// <summary>Four statements.</summary>
    public Task<DateTimeOffset?> RunAsync(CancellationToken cancellationToken) => next.RefreshAsync(cancellationToken);
}

/// <summary>Finds the practitioners whose next free time has to be looked at again: a visit changed, the time came near, or an hour went by.</summary>
public sealed class FindDueNextTimes(ColloqueDb db, TimeProvider time)
{
    /// <summary>People of one look.</summary>
    public const int Most = 100;

    /// <summary>One query.</summary>
    public Task<List<Guid>> RunAsync(CancellationToken cancellationToken) =>
        db.Database.SqlQuery<Guid>($"select practice_next_due({time.GetMoment()}, {Most}) as \"Value\"").ToListAsync(cancellationToken);
}
