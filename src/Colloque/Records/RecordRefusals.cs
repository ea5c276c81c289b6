namespace Colloque.Records;

/// <summary>Every way records say no, beyond the common ones of <see cref="Refusal"/>.</summary>
internal static class RecordRefusals
{
    /// <summary>404: nobody with whom the caller has or had a visit.</summary>
    internal static Refusal NoVisit() => new(RefusalKind.NotFound, "no_visit_with_patient", "patientId");

    /// <summary>409: another correction was first.</summary>
    internal static Refusal Changed() => new(RefusalKind.Conflict, "record_changed", "version");

    /// <summary>409: the key named another record before.</summary>
    internal static Refusal KeyReused() => new(RefusalKind.Conflict, "record_key_reused");
}
