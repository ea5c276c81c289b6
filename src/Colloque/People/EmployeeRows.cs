using Colloque.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colloque.People;

/// <summary>Entries of the caller's own organization's staff list, as the policy shows them; those removed are not among them.</summary>
internal sealed record EmployeeRow(
    Guid Id, Guid? UserId, string Email, string FirstName, string LastName, string? Department, string? Position, string? PhoneNumber, string Language,
    string Status, DateTimeOffset? InvitedAt, DateTimeOffset? ActivatedAt, DateTimeOffset CreatedAt, string SortName)
{
    /// <summary>The account's id shows only once the person has come: before that, it would tell whether an invited address had an account somewhere.</summary>
    internal const string Select =
        """
        select e.id "Id", case when e.activated_at is not null then e.user_id end "UserId", e.email "Email", e.first_name "FirstName", e.last_name "LastName",
          e.department "Department", e.position "Position", e.phone_number "PhoneNumber", e.language "Language", e.status "Status", e.invited_at "InvitedAt",
          e.activated_at "ActivatedAt", e.created_at "CreatedAt", e.sort_name "SortName"
        from employees e where e.tenant_id = current_tenant_id() and e.removed_at is null
        """;

    /// <summary>Null for absent and foreign ones.</summary>
    internal static async Task<EmployeeRow?> FindAsync(ColloqueDb db, Guid id, CancellationToken cancellationToken) =>
        await db.Database.SqlQueryRaw<EmployeeRow>(Select + " and e.id = {0}", id).ToListAsync(cancellationToken) is [var row] ? row : null;

    /// <exception cref="Refusal">404.</exception>
    internal static async Task<EmployeeRow> GetAsync(ColloqueDb db, Guid id, CancellationToken cancellationToken) =>
        await FindAsync(db, id, cancellationToken) ?? throw Refusal.NotFound();

    internal Employee ToEmployee() => new(
        Id, UserId, Email, FirstName, LastName, Department, Position, PhoneNumber, Language, Enum.Parse<EmployeeStatus>(Status), InvitedAt, ActivatedAt, CreatedAt);
}
