using System.Net;
using Colloque.Accounts;
using Colloque.Security;

namespace Colloque.Audit;

/// <summary>What somebody did.</summary>
public enum AuditAction
{
    /// <summary>Something new came to be.</summary>
    Create,

    /// <summary>Something was looked at.</summary>
    Read,

    /// <summary>Something was changed.</summary>
    Update,

    /// <summary>Something was removed or put out of use.</summary>
    Delete,

    /// <summary>A sign-in began, or was tried.</summary>
    Login,

    /// <summary>A sign-in was ended by its owner.</summary>
    Logout,

    /// <summary>Data left as a file.</summary>
    Export,

    /// <summary>Data came as a file.</summary>
    Import,

    /// <summary>Something that waited for a decision got it.</summary>
    Validate,

    /// <summary>Something under way was called off.</summary>
    Cancel,

    /// <summary>Somebody was told no; <see cref="AuditEntry.Attempted"/> says to what.</summary>
    Refused,
}

/// <summary>How it ended.</summary>
public enum AuditOutcome
{
    /// <summary>Done.</summary>
    Ok,

    /// <summary>Not theirs to do.</summary>
    Refused,

    /// <summary>Theirs, and it did not work.</summary>
    Failed,
}

/// <summary>One row of the audit: ids and words of the program, never what a person wrote.</summary>
public sealed record AuditEntry
{
    /// <summary>Of the row (UUIDv7).</summary>
    public required Guid Id { get; init; }

    /// <summary>Whose chain it is in; null: the platform's.</summary>
    public Guid? TenantId { get; init; }

    /// <summary>To the microsecond, as the database keeps it.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Who; null where nobody is signed in.</summary>
    public Guid? ActorId { get; init; }

    /// <summary>As whom, then.</summary>
    public Role? ActorRole { get; init; }

    /// <summary>What.</summary>
    public required AuditAction Action { get; init; }

    /// <summary>What was tried, where the action is <see cref="AuditAction.Refused"/>.</summary>
    public AuditAction? Attempted { get; init; }

    /// <summary>To what kind of thing; a word of the program.</summary>
    public required string Resource { get; init; }

    /// <summary>To which one.</summary>
    public Guid? ResourceId { get; init; }

    /// <summary>Whose data.</summary>
    public Guid? SubjectId { get; init; }

    /// <summary>About what patient and practitioner share.</summary>
    public bool Clinical { get; init; }

    /// <summary>From where.</summary>
    public IPAddress? Ip { get; init; }

    /// <summary>By what program; printable ASCII (<see cref="Origin"/>).</summary>
    public string? UserAgent { get; init; }

    /// <summary>Finds the request in the log.</summary>
    public string? RequestId { get; init; }

    /// <summary>How it ended.</summary>
    public required AuditOutcome Outcome { get; init; }

    /// <summary>The refusal's code; null where it went well.</summary>
    public string? Code { get; init; }

    /// <summary>On which device.</summary>
    public Guid? SignInId { get; init; }

    /// <summary>A read of which one an hour, by one person of one thing, is enough.</summary>
    public bool Once { get; init; }

    /// <summary>The chain it belongs to: the organization's id, all zeros for the platform's.</summary>
    public Guid Chain => TenantId ?? Guid.Empty;

    /// <summary>The row as bytes, one way only: what is authenticated and signed.</summary>
    public byte[] ToBytes() => new AuditBytes("colloque audit entry 1")
        .Add(Id).Add(TenantId).Add(At).Add(ActorId).Add(ActorRole?.ToString()).Add(Action.ToString()).Add(Attempted?.ToString()).Add(Resource)
        .Add(ResourceId).Add(SubjectId).Add(Clinical ? 1 : 0).Add(Ip?.GetAddressBytes()).Add(UserAgent).Add(RequestId).Add(Outcome.ToString()).Add(Code).Add(SignInId)
        .ToArray();
}
