namespace Colloque.Scheduling;

/// <summary>What a practitioner says of a rule; null where they say nothing.</summary>
/// <param name="IsException">For one date; else for every week.</param>
/// <param name="DayOfWeek">0..6, Sunday first; of an exception, its date's or none.</param>
/// <param name="OnDate">Of an exception, 2000..2100.</param>
/// <param name="IsAvailable">Of an exception: extra hours; else closed.</param>
/// <param name="StartMinute">0..1,439 after midnight.</param>
/// <param name="EndMinute">1..1,440.</param>
/// <param name="SlotMinutes">5..480.</param>
/// <param name="IsActive">Counts.</param>
public sealed record RuleDraft(
    bool? IsException, int? DayOfWeek, DateOnly? OnDate, bool? IsAvailable, int? StartMinute, int? EndMinute, int? SlotMinutes, bool? IsActive)
{
    /// <summary>The rule that this makes, or makes of another: what is not said stays.</summary>
    /// <param name="was">The rule as it is; null for a new one.</param>
    /// <param name="slotMinutes">Of the settings.</param>
    /// <param name="now">The moment.</param>
    /// <exception cref="Refusal">422, naming the member.</exception>
    internal AvailabilityRule ToRule(AvailabilityRule? was, int slotMinutes, DateTimeOffset now)
    {
        var exception = IsException ?? (was is not null && was.Kind != RuleKind.Recurring);
        if (was is not null && exception != (was.Kind != RuleKind.Recurring))
        {
            throw Refusal.Invalid("isException");
        }

        var kind = !exception ? RuleKind.Recurring : IsAvailable ?? was?.Kind == RuleKind.Extra ? RuleKind.Extra : RuleKind.Closed;
        var rule = new AvailabilityRule(
            was?.Id ?? Guid.CreateVersion7(now), kind, exception ? null : DayOfWeek ?? was?.DayOfWeek, OnDate ?? was?.OnDate, StartMinute ?? was?.StartMinute, EndMinute ?? was?.EndMinute,
            SlotMinutes ?? was?.SlotMinutes, IsActive ?? was?.Active ?? true, was?.CreatedAt ?? now, now);
        CheckDay(rule);
        CheckHours(rule, slotMinutes);
        return rule;
    }

    private void CheckDay(AvailabilityRule rule)
    {
        if (rule.Kind == RuleKind.Recurring)
        {
            Demand((rule.DayOfWeek ?? throw SchedulingRefusals.Required("dayOfWeek")) is >= 0 and <= 6, "dayOfWeek");
            Demand(rule.OnDate is null, "exceptionDate");
            // Weekly hours are hours; what is not said is closed.
            Demand(IsAvailable != false, "isAvailable");
            return;
        }

        var date = rule.OnDate ?? throw SchedulingRefusals.Required("exceptionDate");
        Demand(date.Year is >= 2000 and <= 2100, "exceptionDate");
        Demand(DayOfWeek is null || DayOfWeek == (int)date.DayOfWeek, "dayOfWeek");
    }

    private static void CheckHours(AvailabilityRule rule, int slotMinutes)
    {
        Demand(rule.SlotMinutes is null or (>= 5 and <= 480), "slotDuration");
        if (rule is { Kind: RuleKind.Closed, StartMinute: null, EndMinute: null })
        {
            return;
        }

        Demand((rule.StartMinute ?? throw SchedulingRefusals.Required("startTime")) is >= 0 and < AvailabilityRule.DayMinutes, "startTime");
        Demand((rule.EndMinute ?? throw SchedulingRefusals.Required("endTime")) is > 0 and <= AvailabilityRule.DayMinutes && rule.Until > rule.From, "endTime");
        if (rule.Kind != RuleKind.Closed && rule.Until - rule.From < (rule.SlotMinutes ?? slotMinutes))
        {
            throw SchedulingRefusals.TooShort();
        }
    }

    private static void Demand(bool holds, string field)
    {
        if (!holds)
        {
            throw Refusal.Invalid(field);
        }
    }
}
