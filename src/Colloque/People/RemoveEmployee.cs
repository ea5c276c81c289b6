using Colloque.Organizations;
using Colloque.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colloque.People;

/// <summary>Takes a person off the staff list. Their account is closed, and all that is theirs stays: no organization deletes a clinical row.</summary>
public sealed class RemoveEmployee(ColloqueDb db, CallerScope scope, TimeProvider time)
{
    /// <summary>One statement; answers with their account, if they have one.</summary>
    /// <exception cref="Refusal">403 to everyone but the organization's administrators; 404 absent, foreign and removed alike.</exception>
    public async Task<Guid?> RunAsync(Guid id, CancellationToken cancellationToken)
    {
        scope.RequireOrganizationAdmin();
        var now = time.GetMoment();
        var removed = await db.Database.SqlQuery<Removed>(
            $"""
            update employees e set removed_at = {now}, invite_wanted_at = null, updated_at = {now} where e.id = {id} and e.tenant_id = current_tenant_id() and e.removed_at is null
            returning e.user_id as "UserId"
            """).ToListAsync(cancellationToken);
        return removed is [var one] ? one.UserId : throw Refusal.NotFound();
    }

    private sealed record Removed(Guid? UserId);
}
