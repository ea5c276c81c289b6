namespace Colloque.Teleconsultation;

/// <summary>Every way the remote room says no, beyond the common ones of <see cref="Refusal"/>.</summary>
internal static class TeleconsultationRefusals
{
    /// <summary>The two meet in one room of stone.</summary>
    internal static Refusal NotRemote() => new(RefusalKind.Conflict, "not_remote");

    /// <summary>Completed, called off, or nobody came.</summary>
    internal static Refusal Ended() => new(RefusalKind.Conflict, "session_ended");

    /// <summary>The planned time is long over and nobody has begun it.</summary>
    internal static Refusal OutsideWindow() => new(RefusalKind.Conflict, "outside_window");
}
