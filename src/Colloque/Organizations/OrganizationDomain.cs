using Colloque.Security;
using Colloque.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colloque.Organizations;

/// <summary>The domain whose addresses may register by themselves: the platform's to give and to take.</summary>
internal static class OrganizationDomain
{
    /// <param name="db">As an administrator of the platform.</param>
    /// <param name="id">Whose.</param>
    /// <param name="domain">Parsed; null takes it away.</param>
    /// <param name="cancellationToken">Cancels the statement.</param>
    /// <exception cref="Refusal">404; 409 <c>domain_taken</c>.</exception>
    internal static async Task SetAsync(ColloqueDb db, Guid id, string? domain, CancellationToken cancellationToken)
    {
        var outcome = await db.Database.SqlQuery<string>($"select organizations_set_domain({id}, {domain}) as \"Value\"").ToListAsync(cancellationToken);
        switch (outcome[0])
        {
            case "changed":
                return;
            case "taken":
                throw OrganizationRefusals.DomainTaken();
            default:
                throw Refusal.NotFound();
        }
    }
}

internal static class PlatformCaller
{
    extension(CallerScope scope)
    {
        /// <summary>403 to everyone but the platform's administrators.</summary>
        internal Caller RequirePlatform() => scope.Required.Role is Role.PlatformAdmin or Role.SuperAdmin ? scope.Required : throw Refusal.Forbidden();

        /// <summary>403 to everyone but an organization's administrators.</summary>
        internal Caller RequireOrganizationAdmin() => scope.Required.Role is Role.OrganizationAdmin ? scope.Required : throw Refusal.Forbidden();

        /// <summary>403 to those who give or receive care.</summary>
        internal Caller RequireAdmin() => scope.Required.IsInVisit ? throw Refusal.Forbidden() : scope.Required;
    }
}
