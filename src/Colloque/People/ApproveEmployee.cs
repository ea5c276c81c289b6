using Colloque.Accounts;
using Colloque.Notifications;
using Colloque.Organizations;
using Colloque.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colloque.People;

/// <summary>Says yes to a person who registered by themselves, and tells them.</summary>
public sealed class ApproveEmployee(ColloqueDb db, MailQueue mails, PublicAddress address, CallerScope scope, TimeProvider time)
{
    /// <summary>At most four statements.</summary>
    /// <exception cref="Refusal">403 to everyone but the organization's administrators; 404 absent and foreign alike; 409 <c>employee_not_pending</c>.</exception>
    public async Task<Employee> RunAsync(Guid id, CancellationToken cancellationToken)
    {
        var caller = scope.RequireOrganizationAdmin();
        var row = await EmployeeRow.GetAsync(db, id, cancellationToken);
        var now = time.GetMoment();
        var approved = await db.Database.ExecuteSqlAsync(
            $"update employees e set approved_at = {now}, updated_at = {now} where e.id = {id} and e.tenant_id = {caller.OrganizationId} and e.status = 'PendingApproval'", cancellationToken);
        if (approved == 0)
        {
            throw EmployeeRefusals.NotPending();
        }

        var organization = await db.Organizations.AsNoTracking().Where(o => o.Id == caller.OrganizationId).Select(static o => o.Name).SingleAsync(cancellationToken);
        await mails.EnqueueAsync(new MailDraft(MailKind.RegistrationApproved, row.UserId, row.Email, row.Language, $"{address.Text}/", organization), cancellationToken);
        return row.ToEmployee() with { Status = EmployeeStatus.Active };
    }
}
