using Colloque.Security;

namespace Colloque.Accounts;

/// <summary>Who must have a second factor.</summary>
/// <param name="RequiredFor">Their roles.</param>
public sealed record SecondFactorSettings(IReadOnlySet<Role> RequiredFor)
{
    /// <summary>Everyone but patients, who are invited to.</summary>
    public static readonly SecondFactorSettings Default = new(new HashSet<Role> { Role.Practitioner, Role.OrganizationAdmin, Role.PlatformAdmin, Role.SuperAdmin });

    /// <summary>Nobody must.</summary>
    public static readonly SecondFactorSettings None = new(new HashSet<Role>());

    /// <summary>Whether a role must.</summary>
    public bool Requires(Role role) => RequiredFor.Contains(role);
}
