namespace Colloque.Scheduling;

/// <summary>Which rules may stand beside each other.</summary>
internal static class RuleBook
{
    /// <summary>Rules of a practitioner, at most.</summary>
    internal const int MaxRules = 1_000;

    /// <summary>
    /// Whether a rule, as it is to be, has a part of the hours of another: weekly hours of the same day, exceptions of the same kind and date, and for extra hours the weekly ones of that day
    /// where the date is not closed. A new weekly rule may overlap extra hours of some date: there it gives way.
    /// </summary>
    internal static bool Overlaps(AvailabilityRule rule, IEnumerable<AvailabilityRule> all)
    {
        AvailabilityRule[] others = [.. all.Where(r => r.Active && r.Id != rule.Id)];
        return rule.Active && others.Any(other => other.Overlaps(rule) && (rule.Kind, other.Kind) switch
        {
            (RuleKind.Recurring, RuleKind.Recurring) => rule.DayOfWeek == other.DayOfWeek,
            (RuleKind.Extra, RuleKind.Recurring) => (int)rule.OnDate!.Value.DayOfWeek == other.DayOfWeek
                && !IsClosed(others, rule.OnDate.Value, Math.Max(rule.From, other.From), Math.Min(rule.Until, other.Until)),
            var (mine, others_) => mine == others_ && rule.OnDate == other.OnDate,
        });
    }

    /// <summary>Whether a date's closed times, one after the other, cover a range.</summary>
    private static bool IsClosed(AvailabilityRule[] rules, DateOnly date, int from, int until)
    {
        foreach (var closed in rules.Where(r => r.Kind == RuleKind.Closed && r.OnDate == date).OrderBy(static r => r.From))
        {
            from = closed.From <= from ? Math.Max(from, closed.Until) : from;
        }

        return from >= until;
    }
}
