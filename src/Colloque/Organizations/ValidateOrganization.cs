using Colloque.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colloque.Organizations;

/// <summary>Accepts an organization: from now on its invitations go out and its people may register.</summary>
public sealed class ValidateOrganization(ColloqueDb db, CallerScope scope, TimeProvider time)
{
    /// <summary>One statement; the second time changes nothing.</summary>
    /// <exception cref="Refusal">403 below the platform's administrators; 404.</exception>
    public async Task<bool> RunAsync(Guid id, CancellationToken cancellationToken)
    {
        scope.RequirePlatform();
        var found = await db.Database.SqlQuery<bool>($"select organizations_validate({id}, {time.GetMoment()}) as \"Value\"").ToListAsync(cancellationToken);
        return found[0] ? true : throw Refusal.NotFound();
    }
}
