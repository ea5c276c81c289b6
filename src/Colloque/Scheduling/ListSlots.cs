using Colloque.Security;
using Colloque.Storage;

namespace Colloque.Scheduling;

/// <summary>A slot, and whether it can be booked.</summary>
/// <param name="Slot">When.</param>
/// <param name="Available">Not taken, and within notice and horizon.</param>
public sealed record SlotView(Slot Slot, bool Available);

/// <summary>The slots of a range.</summary>
/// <param name="Settings">Of the practitioner.</param>
/// <param name="Items">In order of time.</param>
public sealed record SlotList(PracticeSettings Settings, IReadOnlyList<SlotView> Items);

/// <summary>Lists when a practitioner can be seen; to themselves, all their slots.</summary>
public sealed class ListSlots(PracticeCalendars calendars, CallerScope scope, TimeProvider time)
{
    /// <summary>Of a range, at most: 366 dates, of which one may be two hours longer than the others.</summary>
    public static readonly TimeSpan MaxRange = TimeSpan.FromDays(366) + TimeSpan.FromHours(2);

    /// <summary>At most three queries.</summary>
    /// <param name="practitionerId">Whose; null for the caller's own.</param>
    /// <param name="range">Which starts, the end outside, once the practitioner's settings are known: dates are of somebody's clock.</param>
    /// <param name="includeTaken">All that the rules make, past and taken too; of one's own alone.</param>
    /// <param name="cancellationToken">Cancels the queries.</param>
    /// <exception cref="Refusal">404 nobody, or nobody in the caller's directory; 422 <c>practitionerId</c>, <c>to</c>.</exception>
    public async Task<SlotList> RunAsync(
        Guid? practitionerId, Func<PracticeSettings, (DateTimeOffset From, DateTimeOffset Until)> range, bool includeTaken, CancellationToken cancellationToken)
    {
        var caller = scope.Required;
        var whom = practitionerId ?? (caller.Role == Role.Practitioner ? caller.UserId : throw Refusal.Invalid("practitionerId", "required"));
        var now = time.GetMoment();
        var settings = (await calendars.AtAsync(whom, now, cancellationToken)).Settings;
        var (from, until) = range(settings);
        if (until <= from || until - from > MaxRange)
        {
            throw Refusal.Invalid("to");
        }

        var (earliest, latest) = (settings.Earliest(now), settings.Latest(now));
        var all = includeTaken && whom == caller.UserId;
        if (!all)
        {
            // Nothing outside of these can be booked: it need not be made.
            (from, until) = (from > earliest ? from : earliest, until < latest ? until : latest.AddTicks(1));
        }

        var calendar = await calendars.BetweenAsync(whom, from, until, cancellationToken);
        // A visit of eight hours that begins with the range's last slot, and a buffer.
        var busy = await calendars.BusyAsync(whom, from.AddDays(-1), until.AddDays(1), cancellationToken);
        var slots = calendar.Slots.Judge(calendar.Slots.Between(from, until), busy)
            .Select(s => new SlotView(s.Slot, s.Free && s.Slot.StartsAt >= earliest && s.Slot.StartsAt <= latest));
        return new(settings, [.. slots.Where(s => s.Available || all)]);
    }
}
