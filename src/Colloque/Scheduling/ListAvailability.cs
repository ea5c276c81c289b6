using Colloque.Security;
using Colloque.Storage;

namespace Colloque.Scheduling;

/// <summary>One's own rules, with the settings that count where they say nothing.</summary>
/// <param name="Settings">How one works.</param>
/// <param name="Rules">Weekly ones first.</param>
public sealed record AvailabilityList(PracticeSettings Settings, IReadOnlyList<AvailabilityRule> Rules);

/// <summary>Lists a practitioner's own rules and settings.</summary>
public sealed class ListAvailability(PracticeRows rows, PracticeCalendars calendars, CallerScope scope, TimeProvider time)
{
    /// <summary>Two queries.</summary>
    /// <exception cref="Refusal">403 others than practitioners.</exception>
    public async Task<AvailabilityList> RunAsync(CancellationToken cancellationToken)
    {
        var me = scope.Required.Role == Role.Practitioner ? scope.Required.UserId : throw Refusal.Forbidden();
        var calendar = await calendars.AtAsync(me, time.GetMoment(), cancellationToken);
        return new(calendar.Settings, await rows.RulesAsync(cancellationToken));
    }
}
