namespace Colloque.Consultations;

/// <summary>Every way consultations say no, beyond the common ones of <see cref="Refusal"/>.</summary>
internal static class ConsultationRefusals
{
    internal static Refusal IllegalTransition() => new(RefusalKind.Conflict, "illegal_transition");

    internal static Refusal NotInProgress() => new(RefusalKind.Conflict, "consultation_not_in_progress");
}
