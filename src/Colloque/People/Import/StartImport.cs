using Colloque.Organizations;
using Colloque.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colloque.People.Import;

/// <summary>Begins a list: one at a time for an organization.</summary>
public sealed class StartImport(ColloqueDb db, CallerScope scope, TimeProvider time)
{
    /// <summary>One statement; answers with its id.</summary>
    /// <exception cref="Refusal">403 to everyone but the organization's administrators; 409 <c>import_under_way</c>.</exception>
    public async Task<Guid> RunAsync(ImportOptions options, CancellationToken cancellationToken)
    {
        var caller = scope.RequireOrganizationAdmin();
        var now = time.GetMoment();
        var id = Guid.CreateVersion7(now);
        var begun = await db.Database.ExecuteSqlAsync(
            $"""
            insert into employee_imports (id, tenant_id, actor_id, dry_run, invite, status, started_at, touched_at)
            values ({id}, {caller.OrganizationId}, {caller.UserId}, {options.DryRun}, {options.Invite}, 'Reading', {now}, {now}) on conflict do nothing
            """,
            cancellationToken);
        return begun == 1 ? id : throw EmployeeRefusals.ImportUnderWay();
    }
}
