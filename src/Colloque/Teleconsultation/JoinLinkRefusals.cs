namespace Colloque.Teleconsultation;

/// <summary>Every way a link says no.</summary>
internal static class JoinLinkRefusals
{
    /// <summary>Unknown, expired, taken back, or of a visit that is over: which, is nobody's business who does not hold it.</summary>
    internal static Refusal Gone() => new(RefusalKind.NotFound, "join_link_gone");

    internal static Refusal TooEarly() => new(RefusalKind.Conflict, "join_too_early");

    internal static Refusal TooMany() => new(RefusalKind.Conflict, "too_many_links");

    internal static Refusal CodeRequired() => new(RefusalKind.Invalid, "required", "code");

    internal static Refusal WrongCode() => new(RefusalKind.Invalid, "wrong_code", "code");

    /// <summary>Used, expired, or guessed at too often: another has to be sent.</summary>
    internal static Refusal CodeSpent() => new(RefusalKind.Invalid, "join_code_spent", "code");

    internal static Refusal NoCode() => new(RefusalKind.Conflict, "join_code_not_needed");
}
