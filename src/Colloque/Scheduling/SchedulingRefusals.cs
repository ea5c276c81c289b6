namespace Colloque.Scheduling;

/// <summary>Every way schedules say no, beyond the common ones of <see cref="Refusal"/>.</summary>
internal static class SchedulingRefusals
{
    /// <summary>409: another active rule has a part of these hours.</summary>
    internal static Refusal Overlap() => new(RefusalKind.Conflict, "availability_overlap");

    /// <summary>409: no more rules.</summary>
    internal static Refusal Full() => new(RefusalKind.Conflict, "availability_full");

    /// <summary>422: not even one slot fits.</summary>
    internal static Refusal TooShort() => Refusal.Invalid("endTime", "too_short");

    internal static Refusal Required(string field) => Refusal.Invalid(field, "required");
}
