using Colloque.Organizations;
using Colloque.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colloque.People.Import;

/// <summary>Puts rows aside until all of them have come: in transactions of their own, so that a slow network holds none open, and the staff list is not touched.</summary>
internal sealed class StageRows(ColloqueDb db, CallerScope scope, TimeProvider time)
{
    /// <summary>Rows of one statement.</summary>
    internal const int Most = 1_000;

    /// <summary>Two statements; answers with how many were put aside.</summary>
    /// <exception cref="Refusal">403; 409 <c>import_cancelled</c>.</exception>
    internal async Task<int> RunAsync(Guid import, IReadOnlyList<StagedRow> rows, CancellationToken cancellationToken)
    {
        var caller = scope.RequireOrganizationAdmin();
        var going = await db.Database.ExecuteSqlAsync(
            $"""
            update employee_imports set rows_read = rows_read + {rows.Count}, touched_at = {time.GetMoment()}
            where id = {import} and tenant_id = {caller.OrganizationId} and status = 'Reading' and cancel_requested_at is null
            """,
            cancellationToken);
        if (going == 0)
        {
            throw EmployeeRefusals.ImportCancelled();
        }

        int[] numbers = [.. rows.Select(static r => r.Row)];
        string[] emails = [.. rows.Select(static r => r.Email)];
        string?[] first = Of(rows, static d => d.FirstName), last = Of(rows, static d => d.LastName), department = Of(rows, static d => d.Department);
        string?[] position = Of(rows, static d => d.Position), phone = Of(rows, static d => d.PhoneNumber), language = Of(rows, static d => d.Language);
        string?[] field = [.. rows.Select(static r => r.Field)], code = [.. rows.Select(static r => r.Code)];
        return await db.Database.ExecuteSqlAsync(
            $"""
            insert into employee_import_rows (import_id, tenant_id, row, email, first_name, last_name, department, position, phone_number, language, outcome, field, code)
            select {import}, {caller.OrganizationId}, r.number, r.email, r.first_name, r.last_name, r.department, r.place, r.phone, r.language,
              case when r.code is not null then 'failed' end, r.field, r.code
            from unnest({numbers}, {emails}, {first}, {last}, {department}, {position}, {phone}, {language}, {field}, {code})
              r (number, email, first_name, last_name, department, place, phone, language, field, code)
            """,
            cancellationToken);
    }

    private static string?[] Of(IReadOnlyList<StagedRow> rows, Func<EmployeeDraft, string?> cell) => [.. rows.Select(r => r.Draft is null ? null : cell(r.Draft))];
}
