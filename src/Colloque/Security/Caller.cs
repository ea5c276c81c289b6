namespace Colloque.Security;

/// <summary>Who acts: set once per scope from the verified token, never from a route, a body or a header.</summary>
/// <param name="OrganizationId">The tenant; <see cref="Guid.Empty"/> for operators of the platform and its own practitioners, who have none.</param>
/// <param name="UserId">The person.</param>
/// <param name="Role">The person's role.</param>
/// <param name="SignInId">The sign-in (one device) the token came from.</param>
public sealed record Caller(Guid OrganizationId, Guid UserId, Role Role, Guid SignInId)
{
    /// <summary>True for those who give or receive care; everyone else is an administrator and sees no content.</summary>
    public bool IsClinical => Role is Role.Patient or Role.Practitioner;

    /// <summary>True for those who may be in a visit: who gives or receives care, and a guest in theirs.</summary>
    public bool IsInVisit => IsClinical || Role is Role.Guest;

    /// <summary>The tenant as the database takes it: null where there is none.</summary>
    public Guid? Tenant => OrganizationId == Guid.Empty ? null : OrganizationId;

    /// <summary>403 to administrators, before any look-up: the answer must not depend on what exists.</summary>
    public Caller RequireClinical() => IsClinical ? this : throw Refusal.Forbidden();

    /// <summary>403 to administrators, before any look-up; whose visit it is, the database says.</summary>
    public Caller RequireInVisit() => IsInVisit ? this : throw Refusal.Forbidden();
}
