using Colloque.Organizations;
using Colloque.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colloque.People.Import;

/// <summary>All rows have come: the list takes effect next.</summary>
internal sealed class SealImport(ColloqueDb db, CallerScope scope, TimeProvider time)
{
    /// <summary>One statement.</summary>
    /// <exception cref="Refusal">403; 409 <c>import_cancelled</c>.</exception>
    internal async Task<bool> RunAsync(Guid import, CancellationToken cancellationToken)
    {
        scope.RequireOrganizationAdmin();
        var going = await db.Database.ExecuteSqlAsync(
            $"update employee_imports set status = 'Storing', touched_at = {time.GetMoment()} where id = {import} and status = 'Reading' and cancel_requested_at is null", cancellationToken);
        return going == 1 ? true : throw EmployeeRefusals.ImportCancelled();
    }
}

/// <summary>Notes that a list came to nothing, and drops what was put aside of it.</summary>
internal sealed class EndImport(ColloqueDb db, CallerScope scope, TimeProvider time)
{
    /// <summary>Two statements.</summary>
    internal async Task<int> RunAsync(Guid import, ImportStatus status, string code, int? row, CancellationToken cancellationToken)
    {
        scope.RequireOrganizationAdmin();
        await db.Database.ExecuteSqlAsync($"delete from employee_import_rows where import_id = {import}", cancellationToken);
        return await db.Database.ExecuteSqlAsync(
            $"""
            update employee_imports set status = {status.ToString()}, refusal_code = {code}, refusal_row = {row}, finished_at = {time.GetMoment()}
            where id = {import} and status in ('Reading', 'Storing')
            """,
            cancellationToken);
    }
}

/// <summary>Asks a list that is under way to stop; it does within its next thousand rows, and nothing of it takes effect.</summary>
public sealed class CancelImport(ColloqueDb db, CallerScope scope, TimeProvider time)
{
    /// <summary>Two statements.</summary>
    /// <exception cref="Refusal">403 to everyone but the organization's administrators; 404 absent and foreign alike; 409 <c>import_ended</c>.</exception>
    public async Task<bool> RunAsync(Guid import, CancellationToken cancellationToken)
    {
        scope.RequireOrganizationAdmin();
        await ImportRecord.GetAsync(db, import, cancellationToken);
        var asked = await db.Database.ExecuteSqlAsync(
            $"update employee_imports set cancel_requested_at = coalesce(cancel_requested_at, {time.GetMoment()}) where id = {import} and status in ('Reading', 'Storing')", cancellationToken);
        return asked == 1 ? true : throw EmployeeRefusals.ImportEnded();
    }
}

/// <summary>Shows where a list is.</summary>
public sealed class GetImport(ColloqueDb db, CallerScope scope)
{
    /// <summary>One statement.</summary>
    /// <exception cref="Refusal">403 to everyone but the organization's administrators; 404 absent and foreign alike.</exception>
    public async Task<EmployeeImport> RunAsync(Guid import, CancellationToken cancellationToken)
    {
        scope.RequireOrganizationAdmin();
        return await ImportRecord.GetAsync(db, import, cancellationToken);
    }
}

/// <summary>Shows an organization's lists of the last 30 days, the newest first: by this an administrator finds the one that is under way.</summary>
public sealed class ListImports(ColloqueDb db, CallerScope scope)
{
    /// <summary>One statement; 50 at most.</summary>
    /// <exception cref="Refusal">403 to everyone but the organization's administrators.</exception>
    public async Task<IReadOnlyList<EmployeeImport>> RunAsync(CancellationToken cancellationToken)
    {
        scope.RequireOrganizationAdmin();
        var rows = await db.Database.SqlQueryRaw<ImportRecord>(ImportRecord.Select + " order by i.started_at desc, i.id desc limit 50").ToListAsync(cancellationToken);
        return [.. rows.Select(static r => r.ToImport())];
    }
}

/// <summary>Shows what became of the rows of a list, some thousand at a time.</summary>
public sealed class ReadImportRows(ColloqueDb db, CallerScope scope)
{
    /// <summary>Rows of one page.</summary>
    public const int Most = 5_000;

    /// <summary>One statement; in the order of the list.</summary>
    /// <param name="import">The list.</param>
    /// <param name="after">Rows behind this one.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <exception cref="Refusal">403 to everyone but the organization's administrators.</exception>
    public async Task<IReadOnlyList<ImportRow>> RunAsync(Guid import, int after, CancellationToken cancellationToken)
    {
        scope.RequireOrganizationAdmin();
        return await db.Database.SqlQuery<ImportRow>(
            $"""
            select row "Row", email "Email", outcome "Outcome", field "Field", code "Code" from employee_import_rows
            where import_id = {import} and tenant_id = current_tenant_id() and outcome is not null and row > {after} order by row limit {Most}
            """).ToListAsync(cancellationToken);
    }

    /// <summary>The first refused rows of a list: one statement.</summary>
    /// <exception cref="Refusal">403 to everyone but the organization's administrators.</exception>
    public async Task<IReadOnlyList<ImportError>> FailedAsync(Guid import, int most, CancellationToken cancellationToken)
    {
        scope.RequireOrganizationAdmin();
        return await db.Database.SqlQuery<ImportError>(
            $"""
            select row "Row", email "Email", coalesce(field, 'row') "Field", coalesce(code, 'invalid') "Code" from employee_import_rows
            where import_id = {import} and tenant_id = current_tenant_id() and outcome = 'failed' order by row limit {most}
            """).ToListAsync(cancellationToken);
    }
}
