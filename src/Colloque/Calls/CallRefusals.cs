namespace Colloque.Calls;

/// <summary>Every way calls say no, beyond the common ones of <see cref="Refusal"/>.</summary>
internal static class CallRefusals
{
    /// <summary>Another device of the same person is in it.</summary>
    internal static Refusal AnsweredElsewhere() => new(RefusalKind.Conflict, "call_answered_elsewhere");

    /// <summary>It has ended.</summary>
    internal static Refusal Over() => new(RefusalKind.Conflict, "call_over");

    /// <summary>Nobody has answered yet.</summary>
    internal static Refusal Ringing() => new(RefusalKind.Conflict, "call_ringing");

    /// <summary>As many are in it as may.</summary>
    internal static Refusal Full() => new(RefusalKind.Conflict, "call_full");

    /// <summary>The caller is not in it.</summary>
    internal static Refusal NotIn() => new(RefusalKind.Conflict, "call_not_joined");
}
