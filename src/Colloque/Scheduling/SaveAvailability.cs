namespace Colloque.Scheduling;

/// <summary>Adds a rule to a practitioner's own, or changes one.</summary>
public sealed class SaveAvailability(ListAvailability list, PracticeRows rows, NextTimes next, TimeProvider time)
{
    /// <summary>At most eight statements; answers with the rule and the settings it stands under.</summary>
    /// <param name="id">Of the rule to change; null for a new one.</param>
    /// <param name="draft">What is said of it; of a rule that is, the rest stays.</param>
    /// <param name="cancellationToken">Rolls back.</param>
    /// <exception cref="Refusal">403 others than practitioners; 404; 409 <c>availability_overlap</c>, <c>availability_full</c>; 422, naming the member.</exception>
    public async Task<(AvailabilityRule Rule, PracticeSettings Settings)> RunAsync(Guid? id, RuleDraft draft, CancellationToken cancellationToken)
    {
        await rows.LockAsync(cancellationToken);
        var (settings, rules) = await list.RunAsync(cancellationToken);
        var was = id is null ? null : rules.FirstOrDefault(r => r.Id == id) ?? throw Refusal.NotFound();
        var rule = draft.ToRule(was, settings.SlotMinutes, time.GetMoment());
        if (RuleBook.Overlaps(rule, rules))
        {
            throw SchedulingRefusals.Overlap();
        }

        if (was is not null)
        {
            await rows.UpdateAsync(rule, cancellationToken);
        }
        else if (rules.Count >= RuleBook.MaxRules)
        {
            throw SchedulingRefusals.Full();
        }
        else
        {
            await rows.InsertAsync(rule, cancellationToken);
        }

        await next.RefreshAsync(cancellationToken);
        return (rule, settings);
    }
}
