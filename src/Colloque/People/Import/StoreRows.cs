using Colloque.Organizations;
using Colloque.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colloque.People.Import;

/// <summary>Lets the rows of a list take effect, in one transaction: all of those that can, or none.</summary>
/// <remarks>
/// A row is known by its address. One that names somebody new adds them; one that says something else of somebody changes that; one that
/// says the same changes nothing, so that a list may be sent twice. A blank cell says nothing. Of two rows with one address the first counts.
/// </remarks>
internal sealed class StoreRows(ColloqueDb db, CallerScope scope, TimeProvider time)
{
    /// <summary>Rows of one statement: some seconds at most, so that a cancellation is heard between two.</summary>
    private const int Step = 5_000;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Four statements, and two for each <see cref="Step"/> rows.</summary>
    /// <param name="import">In the state Storing.</param>
    /// <param name="lastRow">Its last row's number.</param>
    /// <param name="options">As it began.</param>
    /// <param name="cancellationToken">Rolls back.</param>
    /// <exception cref="Refusal">403; 409 <c>import_cancelled</c>.</exception>
    internal async Task<EmployeeImport> RunAsync(Guid import, int lastRow, ImportOptions options, CancellationToken cancellationToken)
    {
        scope.RequireOrganizationAdmin();
        var now = time.GetMoment();
        db.Database.SetCommandTimeout(Patience);
        // Plans are kept, and the first was made for a staff list of none: a nested loop over it is quick then, and takes minutes at the end.
        await db.Database.ExecuteSqlAsync($"set local enable_nestloop = off", cancellationToken);
        await RefuseRepeatedAsync(import, cancellationToken);
        for (var from = 0; from <= lastRow; from += Step)
        {
            await RequireWantedAsync(import, cancellationToken);
            await StoreAsync(import, from, from + Step - 1, options, now, cancellationToken);
        }

        var ended = await db.Database.ExecuteSqlAsync(
            $"""
            update employee_imports i set status = 'Completed', finished_at = {now}, created = c.created, updated = c.updated, unchanged = c.unchanged, failed = c.failed
            from (select count(*) filter (where outcome = 'created')::integer created, count(*) filter (where outcome = 'updated')::integer updated,
                    count(*) filter (where outcome = 'unchanged')::integer unchanged, count(*) filter (where outcome = 'failed')::integer failed
                  from employee_import_rows where import_id = {import}) c
            where i.id = {import} and i.status = 'Storing'
            """,
            cancellationToken);
        return ended == 1 ? await ImportRecord.GetAsync(db, import, cancellationToken) : throw EmployeeRefusals.ImportCancelled();
    }

    private Task RefuseRepeatedAsync(Guid import, CancellationToken cancellationToken) => db.Database.ExecuteSqlAsync(
        $"""
        update employee_import_rows r set outcome = 'failed', field = 'email', code = 'duplicate_row'
        from (select row, row_number() over (partition by email order by row) nth from employee_import_rows where import_id = {import} and outcome is null) d
        where r.import_id = {import} and r.row = d.row and d.nth > 1
        """,
        cancellationToken);

    private async Task RequireWantedAsync(Guid import, CancellationToken cancellationToken)
    {
        var wanted = await db.Database.SqlQuery<bool>($"select cancel_requested_at is null and status = 'Storing' as \"Value\" from employee_imports where id = {import}").ToListAsync(cancellationToken);
        if (wanted is not [true])
        {
            throw EmployeeRefusals.ImportCancelled();
        }
    }

    /// <summary>Judges, stores and blanks a stretch of rows in one statement: what each part sees is the staff list before it.</summary>
    private Task StoreAsync(Guid import, int from, int to, ImportOptions options, DateTimeOffset now, CancellationToken cancellationToken) => db.Database.ExecuteSqlAsync(
        $"""
        with given as materialized (
          select r.* from employee_import_rows r where r.import_id = {import} and r.row between {from} and {to} and r.outcome is null),
        colleagues as materialized (select c.email from employees_colleagues((select array_agg(g.email) from given g)) c (email)),
        judged as materialized (
          select g.*, e.id known,
            case when c.email is not null then 'email' when coalesce(g.first_name, e.first_name) is null then 'firstName' when coalesce(g.last_name, e.last_name) is null then 'lastName' end wrong,
            case when c.email is not null or coalesce(g.first_name, e.first_name) is null or coalesce(g.last_name, e.last_name) is null then 'failed'
              when e.id is null or e.removed_at is not null then 'created'
              when (coalesce(g.first_name, e.first_name), coalesce(g.last_name, e.last_name), coalesce(g.department, e.department), coalesce(g.position, e.position),
                    coalesce(g.phone_number, e.phone_number), coalesce(g.language, e.language))
                is distinct from (e.first_name, e.last_name, e.department, e.position, e.phone_number, e.language) then 'updated'
              else 'unchanged' end verdict
          from given g left join colleagues c on c.email = g.email left join employees e on e.tenant_id = g.tenant_id and e.email = g.email),
        made as (
          insert into employees as e (id, tenant_id, email, first_name, last_name, department, position, phone_number, language, invite_wanted_at, approved_at, created_at, updated_at)
          select people_new_id({now}), j.tenant_id, j.email, coalesce(j.first_name, ''), coalesce(j.last_name, ''), j.department, j.position, j.phone_number,
            coalesce(j.language, (select employees_usual_language())), case when {options.Invite} then {now} end, {now}, {now}, {now}
          from judged j where j.verdict = 'created' and j.known is null and not {options.DryRun}
          on conflict (tenant_id, email) do nothing),
        changed as (
          update employees e set first_name = coalesce(j.first_name, e.first_name), last_name = coalesce(j.last_name, e.last_name), department = coalesce(j.department, e.department),
            position = coalesce(j.position, e.position), phone_number = coalesce(j.phone_number, e.phone_number), language = coalesce(j.language, e.language), updated_at = {now},
            invite_wanted_at = case when e.removed_at is null then e.invite_wanted_at when {options.Invite} and e.activated_at is null then {now} end,
            approved_at = case when e.removed_at is null then e.approved_at else coalesce(e.approved_at, {now}) end,
            deactivated_at = case when e.removed_at is null then e.deactivated_at end, removed_at = null
          from judged j where e.id = j.known and j.verdict in ('created', 'updated') and not {options.DryRun})
        update employee_import_rows r set outcome = j.verdict, field = j.wrong, code = case j.wrong when 'email' then 'email_taken' else case when j.wrong is not null then 'required' end end,
          first_name = null, last_name = null, department = null, position = null, phone_number = null, language = null
        from judged j where r.import_id = j.import_id and r.row = j.row
        """,
        cancellationToken);
}
