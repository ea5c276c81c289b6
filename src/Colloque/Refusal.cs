namespace Colloque;

/// <summary>The kinds of no. Each has one HTTP status in every contract.</summary>
public enum RefusalKind
{
    /// <summary>401: nobody is signed in, or no longer.</summary>
    Unauthenticated,

    /// <summary>403: a known resource and a role that may not act on it.</summary>
    Forbidden,

    /// <summary>404: absent, or not the caller's to know of.</summary>
    NotFound,

    /// <summary>409: the state of things does not allow it.</summary>
    Conflict,

    /// <summary>422: the input is wrong; <see cref="Refusal.Field"/> names the member.</summary>
    Invalid,

    /// <summary>429: too often; <see cref="Refusal.RetryAfter"/> says when again.</summary>
    TooMany,

    /// <summary>503: a part that is needed does not answer or is not set up.</summary>
    Unavailable,
}

/// <summary>The one way to say no. Two mappers shape it: HTTP problem details and socket acks.</summary>
/// <param name="kind">Decides the status.</param>
/// <param name="code">Stable, snake case, documented per contract; the key of the translated sentence.</param>
/// <param name="field">The member of the input that is wrong, in the wire's spelling.</param>
/// <param name="retryAfter">For <see cref="RefusalKind.TooMany"/>: how long to wait.</param>
public sealed class Refusal(RefusalKind kind, string code, string? field = null, TimeSpan? retryAfter = null)
    : Exception($"{kind}: {code}")
{
    /// <summary>Decides the status.</summary>
    public RefusalKind Kind { get; } = kind;

    /// <summary>Stable, snake case.</summary>
    public string Code { get; } = code;

    /// <summary>The member that is wrong, or null.</summary>
    public string? Field { get; } = field;

    /// <summary>How long to wait, or null.</summary>
    public TimeSpan? RetryAfter { get; } = retryAfter;

    /// <summary>What the audit is told and the caller is not; null where the code says it all.</summary>
    public RefusalMark? Mark { get; init; }

    /// <summary>404. The same for what is absent and for what is another's.</summary>
    public static Refusal NotFound() => new(RefusalKind.NotFound, "not_found");

    /// <summary>403.</summary>
    public static Refusal Forbidden() => new(RefusalKind.Forbidden, "forbidden");

    /// <summary>401.</summary>
    public static Refusal Unauthenticated() => new(RefusalKind.Unauthenticated, "unauthenticated");

    /// <summary>422, naming the member.</summary>
    public static Refusal Invalid(string field, string code = "invalid") => new(RefusalKind.Invalid, code, field);

    /// <summary>503: the database or another part does not answer; nothing was done, the same call may be repeated.</summary>
    public static Refusal Unavailable(string code = "unavailable") => new(RefusalKind.Unavailable, code);
}

/// <summary>What the audit is told of a refusal that must look like any other to who gets it.</summary>
/// <param name="Code">Instead of the refusal's own.</param>
/// <param name="SubjectId">Whose account it was about.</param>
/// <param name="ResourceId">The sign-in or other thing.</param>
public sealed record RefusalMark(string Code, Guid? SubjectId, Guid? ResourceId = null);
