namespace Colloque.Retention;

/// <summary>Every way retention says no, beyond the common ones of <see cref="Refusal"/>.</summary>
internal static class RetentionRefusals
{
    /// <summary>422: shorter than the installation demands.</summary>
    internal static Refusal BelowFloor() => Refusal.Invalid("years", "below_floor");

    /// <summary>422: not a file number.</summary>
    internal static Refusal Reference() => Refusal.Invalid("reference");
}
