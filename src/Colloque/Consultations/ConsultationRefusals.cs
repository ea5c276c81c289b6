namespace Colloque.Consultations;

/// <summary>Every way consultations say no, beyond the common ones of <see cref="Refusal"/>.</summary>
internal static class ConsultationRefusals
{
    internal static Refusal IllegalTransition() => new(RefusalKind.Conflict, "illegal_transition");

    internal static Refusal NotInProgress() => new(RefusalKind.Conflict, "consultation_not_in_progress");

    /// <summary>409: the patient is too late to call it off or move it; the practitioner never is.</summary>
    internal static Refusal DeadlinePassed() => new(RefusalKind.Conflict, "cancellation_deadline_passed");

    /// <summary>409: somebody else has that time, or holds it.</summary>
    internal static Refusal SlotTaken() => new(RefusalKind.Conflict, "slot_taken");

    /// <summary>409: the patient has another visit then.</summary>
    internal static Refusal PatientBusy() => new(RefusalKind.Conflict, "patient_busy");

    /// <summary>409: the hold is not there any more, or of another time.</summary>
    internal static Refusal HoldExpired() => new(RefusalKind.Conflict, "hold_expired");

    /// <summary>409: the key has served for another booking.</summary>
    internal static Refusal KeyReused() => new(RefusalKind.Conflict, "idempotency_key_reused");

    /// <summary>409: one place a practitioner.</summary>
    internal static Refusal AlreadyWaiting() => new(RefusalKind.Conflict, "already_waiting");

    /// <summary>422.</summary>
    internal static Refusal FormatNotOffered() => Refusal.Invalid("format", "format_not_offered");
}
