using System.Text.Json.Serialization;
using Colloque.People.Import;
using Colloque.Server.Http;

namespace Colloque.Server.Contracts.Platform;

/// <summary>A row of a list that was refused.</summary>
/// <param name="Row">As a spreadsheet counts it: the headings are row 1.</param>
/// <param name="Field">What is wrong.</param>
/// <param name="Code">Why; stable.</param>
/// <param name="Message">Why, in the caller's language.</param>
public sealed record EmployeeImportError(int Row, string Field, string Code, string Message);

/// <summary>A list that was read to its end; <paramref name="Errors"/> has its first 1,000 refused rows.</summary>
public sealed record EmployeeImportResult(
    Guid ImportId, bool DryRun, int Total, int Created, int Updated, int Unchanged, int Failed, IReadOnlyList<EmployeeImportError> Errors, IReadOnlyList<string> IgnoredColumns, string ReportUrl)
{
    internal static EmployeeImportResult Of(ImportReport report, string language) => new(
        report.Import.Id, report.Import.DryRun, report.Import.RowsRead, report.Import.Created, report.Import.Updated, report.Import.Unchanged, report.Import.Failed,
        [.. report.Errors.Select(e => new EmployeeImportError(e.Row, e.Field, e.Code, Sentences.Of(e.Code, RefusalKind.Invalid, language)))],
        report.IgnoredColumns, $"/api/employees/imports/{report.Import.Id:D}/report");
}

/// <summary>Where a list is. <paramref name="Error"/> and <paramref name="ErrorRow"/> say why it was refused as a whole.</summary>
public sealed record EmployeeImportState(
    Guid Id, bool DryRun, string Status, DateTime StartedAt, DateTime? FinishedAt, int RowsRead, int Created, int Updated, int Unchanged, int Failed, string? Error, int? ErrorRow)
{
    internal static EmployeeImportState Of(EmployeeImport i) => new(
        i.Id, i.DryRun, i.Status.ToString().ToUpperInvariant(), i.StartedAt.UtcDateTime, i.FinishedAt?.UtcDateTime, i.RowsRead, i.Created, i.Updated, i.Unchanged, i.Failed, i.RefusalCode, i.RefusalRow);
}

/// <summary>The lists of the last 30 days.</summary>
public sealed record EmployeeImportPage(IReadOnlyList<EmployeeImportState> Items, PageInfo PageInfo);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, AllowDuplicateProperties = false)]
[JsonSerializable(typeof(EmployeeImportResult))]
[JsonSerializable(typeof(EmployeeImportPage))]
internal sealed partial class EmployeeImportJson : JsonSerializerContext;
