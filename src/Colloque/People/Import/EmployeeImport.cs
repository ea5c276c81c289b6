using Colloque.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colloque.People.Import;

/// <summary>How a list is to be read.</summary>
/// <param name="DryRun">Say what would happen, and do nothing.</param>
/// <param name="Delimiter">auto, or one of <c>, ; | tab</c>; null is auto.</param>
/// <param name="Invite">Whoever is new on the staff list is invited.</param>
public sealed record ImportOptions(bool DryRun, string? Delimiter, bool Invite);

/// <summary>Where a list is.</summary>
public enum ImportStatus
{
    /// <summary>Its rows are coming in.</summary>
    Reading,

    /// <summary>They take effect, all together.</summary>
    Storing,

    /// <summary>They have.</summary>
    Completed,

    /// <summary>Nothing has; <see cref="EmployeeImport.RefusalCode"/> says why.</summary>
    Failed,

    /// <summary>Nothing has, by wish.</summary>
    Cancelled,
}

/// <summary>One list that was sent.</summary>
/// <param name="Id">Its id.</param>
/// <param name="DryRun">It was only to be looked at.</param>
/// <param name="Status">Where it is.</param>
/// <param name="StartedAt">When it began.</param>
/// <param name="FinishedAt">When it ended; null while it has not.</param>
/// <param name="RowsRead">Rows so far, without the headings and blank ones.</param>
/// <param name="Created">New on the staff list.</param>
/// <param name="Updated">Changed.</param>
/// <param name="Unchanged">As they were.</param>
/// <param name="Failed">Refused, each with its reason.</param>
/// <param name="RefusalCode">Why the list as a whole was refused.</param>
/// <param name="RefusalRow">At which row.</param>
public sealed record EmployeeImport(
    Guid Id, bool DryRun, ImportStatus Status, DateTimeOffset StartedAt, DateTimeOffset? FinishedAt, int RowsRead, int Created, int Updated, int Unchanged, int Failed,
    string? RefusalCode, int? RefusalRow);

/// <summary>A row that was refused.</summary>
/// <param name="Row">As a spreadsheet counts it.</param>
/// <param name="Email">What stood there, shortened.</param>
/// <param name="Field">What is wrong.</param>
/// <param name="Code">Why.</param>
public sealed record ImportError(int Row, string Email, string Field, string Code);

/// <summary>What became of a row.</summary>
/// <param name="Row">As a spreadsheet counts it.</param>
/// <param name="Email">Lower case.</param>
/// <param name="Outcome">created, updated, unchanged or failed.</param>
/// <param name="Field">Of a failed one: what is wrong.</param>
/// <param name="Code">Of a failed one: why.</param>
public sealed record ImportRow(int Row, string Email, string Outcome, string? Field, string? Code);

/// <summary>A list that has been read to its end.</summary>
/// <param name="Import">Its figures.</param>
/// <param name="Errors">Its first 1,000 refused rows.</param>
/// <param name="IgnoredColumns">Headings that mean nothing here.</param>
public sealed record ImportReport(EmployeeImport Import, IReadOnlyList<ImportError> Errors, IReadOnlyList<string> IgnoredColumns);

internal sealed record ImportRecord(
    Guid Id, bool DryRun, string Status, DateTimeOffset StartedAt, DateTimeOffset? FinishedAt, int RowsRead, int Created, int Updated, int Unchanged, int Failed,
    string? RefusalCode, int? RefusalRow)
{
    internal const string Select =
        """
        select i.id "Id", i.dry_run "DryRun", i.status "Status", i.started_at "StartedAt", i.finished_at "FinishedAt", i.rows_read "RowsRead", i.created "Created",
          i.updated "Updated", i.unchanged "Unchanged", i.failed "Failed", i.refusal_code "RefusalCode", i.refusal_row "RefusalRow"
        from employee_imports i where i.tenant_id = current_tenant_id()
        """;

    /// <exception cref="Refusal">404 absent and foreign alike.</exception>
    internal static async Task<EmployeeImport> GetAsync(ColloqueDb db, Guid id, CancellationToken cancellationToken) =>
        await db.Database.SqlQueryRaw<ImportRecord>(Select + " and i.id = {0}", id).ToListAsync(cancellationToken) is [var row] ? row.ToImport() : throw Refusal.NotFound();

    internal EmployeeImport ToImport() => new(
        Id, DryRun, Enum.Parse<ImportStatus>(Status), StartedAt, FinishedAt, RowsRead, Created, Updated, Unchanged, Failed, RefusalCode, RefusalRow);
}
