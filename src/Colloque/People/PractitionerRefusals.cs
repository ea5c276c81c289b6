namespace Colloque.People;

/// <summary>Every way practitioners say no, beyond the common ones of <see cref="Refusal"/>.</summary>
internal static class PractitionerRefusals
{
    /// <summary>422: who is rejected is told why.</summary>
    internal static Refusal ReasonMissing() => Refusal.Invalid("reason", "required");

    /// <summary>422: no place has this time zone.</summary>
    internal static Refusal TimeZone() => Refusal.Invalid("timeZone", "time_zone_unknown");

    /// <summary>422: a practitioner sees people in some way.</summary>
    internal static Refusal Formats() => Refusal.Invalid("formats", "required");
}
