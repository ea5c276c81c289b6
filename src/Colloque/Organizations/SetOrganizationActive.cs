using Colloque.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colloque.Organizations;

/// <summary>Closes an organization, or opens it again. Nothing is erased: closed, its people are signed out everywhere within 5 s and cannot sign in.</summary>
public sealed class SetOrganizationActive(ColloqueDb db, CallerScope scope, TimeProvider time)
{
    /// <summary>One statement; what is so already stays so.</summary>
    /// <exception cref="Refusal">403 below the platform's administrators; 404.</exception>
    public async Task<bool> RunAsync(Guid id, bool active, CancellationToken cancellationToken)
    {
        scope.RequirePlatform();
        var found = await db.Database.SqlQuery<bool>($"select organizations_set_active({id}, {active}, {time.GetMoment()}) as \"Value\"").ToListAsync(cancellationToken);
        return found[0] ? true : throw Refusal.NotFound();
    }
}
