using Colloque.Accounts;
using Colloque.Organizations;
using Colloque.Security;
using Colloque.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colloque.People;

/// <summary>Puts a person on the staff list. Whether their address has an account somewhere else is neither looked at nor told: an invitation goes out either way.</summary>
public sealed class CreateEmployee(ColloqueDb db, CallerScope scope, TimeProvider time)
{
    /// <summary>Three statements. Someone who was removed comes back, with the account they had.</summary>
    /// <param name="email">At most 254 characters.</param>
    /// <param name="draft">Both names are needed.</param>
    /// <param name="invite">Send an invitation, once the organization is validated.</param>
    /// <param name="cancellationToken">Rolls back.</param>
    /// <exception cref="Refusal">403 to everyone but the organization's administrators; 409 <c>email_taken</c> within it; 422 naming the member.</exception>
    public async Task<Employee> RunAsync(string? email, EmployeeDraft draft, bool invite, CancellationToken cancellationToken)
    {
        var caller = scope.RequireOrganizationAdmin();
        var address = EmailAddress.Parse(email);
        var checkedDraft = EmployeeText.Parse(draft with { FirstName = draft.FirstName ?? "", LastName = draft.LastName ?? "" });
        string[] addresses = [address];
        var colleagues = await db.Database.SqlQuery<string>($"select employees_colleagues({addresses}) as \"Value\"").ToListAsync(cancellationToken);
        if (colleagues.Count > 0)
        {
            throw EmployeeRefusals.EmailTaken();
        }

        var now = time.GetMoment();
        var made = await WriteAsync(caller, Guid.CreateVersion7(now), address, checkedDraft, invite ? now : null, now, cancellationToken);
        return made is [var id] ? (await EmployeeRow.GetAsync(db, id, cancellationToken)).ToEmployee() : throw EmployeeRefusals.EmailTaken();
    }

    private Task<List<Guid>> WriteAsync(Caller caller, Guid id, string email, EmployeeDraft d, DateTimeOffset? inviteAt, DateTimeOffset now, CancellationToken cancellationToken) =>
        db.Database.SqlQuery<Guid>(
            $"""
            insert into employees (id, tenant_id, email, first_name, last_name, department, position, phone_number, language, invite_wanted_at, approved_at, created_at, updated_at)
            values ({id}, {caller.OrganizationId}, {email}, {d.FirstName}, {d.LastName}, nullif({d.Department}, ''), nullif({d.Position}, ''), nullif({d.PhoneNumber}, ''),
              coalesce({d.Language}, employees_usual_language()), {inviteAt}, {now}, {now}, {now})
            on conflict (tenant_id, email) do update set first_name = excluded.first_name, last_name = excluded.last_name, department = excluded.department,
              position = excluded.position, phone_number = excluded.phone_number, language = excluded.language,
              invite_wanted_at = case when employees.activated_at is null then excluded.invite_wanted_at end,
              approved_at = coalesce(employees.approved_at, excluded.approved_at), deactivated_at = null, removed_at = null, updated_at = excluded.updated_at
              where employees.removed_at is not null
            returning id as "Value"
            """).ToListAsync(cancellationToken);
}
