using Colloque.Security;
using Colloque.Storage;

namespace Colloque.People.Import;

/// <summary>Reads a list of people from a spreadsheet, as it streams in: no more than a thousand rows are in memory at any time.</summary>
public sealed class ImportEmployees(Verbs verbs, RateLimits limits)
{
    /// <summary>Rows of a list, without the headings.</summary>
    public const int MaxRows = 200_000;

    /// <summary>Errors of a report; the rest is in the report's rows.</summary>
    public const int MaxErrors = 1_000;

    /// <summary>Two statements for each thousand rows, and those of <see cref="StoreRows"/>.</summary>
    /// <param name="caller">An organization's administrator.</param>
    /// <param name="body">CSV in UTF-8 or Windows-1252; not closed.</param>
    /// <param name="options">How to read it.</param>
    /// <param name="cancellationToken">The sender went away: nothing takes effect.</param>
    /// <exception cref="Refusal">403; 409 <c>import_under_way</c>, <c>import_cancelled</c>; 422 naming the row or the column; 429; 503. Nothing has taken effect.</exception>
    public async Task<ImportReport> RunAsync(Caller caller, Stream body, ImportOptions options, CancellationToken cancellationToken)
    {
        var delimiter = CsvDialect.Parse(options.Delimiter);
        limits.Take(Limit.ListImport, caller.UserId);
        var id = await verbs.RunAsync(caller, (StartImport verb) => verb.RunAsync(options, cancellationToken), cancellationToken);
        try
        {
            var reader = new CsvReader(new CsvDecoder(body), delimiter);
            var columns = EmployeeColumns.Of(await reader.ReadAsync(cancellationToken) ?? throw CsvRefusals.NoEmailColumn());
            await StageAsync(caller, id, reader, columns, cancellationToken);
            await verbs.RunAsync(caller, (SealImport verb) => verb.RunAsync(id, cancellationToken), cancellationToken);
            var import = await verbs.RunAsync(caller, (StoreRows verb) => verb.RunAsync(id, reader.Row, options, cancellationToken), cancellationToken);
            var errors = await verbs.RunAsync(caller, (ReadImportRows verb) => verb.FailedAsync(id, MaxErrors, cancellationToken), cancellationToken);
            return new(import, errors, columns.Ignored);
        }
        catch (Exception e)
        {
            await EndAsync(caller, id, e);
            throw;
        }
    }

    private async Task StageAsync(Caller caller, Guid id, CsvReader reader, EmployeeColumns columns, CancellationToken cancellationToken)
    {
        var rows = new List<StagedRow>(StageRows.Most);
        var count = 0;
        while (await reader.ReadAsync(cancellationToken) is { } cells)
        {
            if (cells.All(string.IsNullOrWhiteSpace))
            {
                continue;
            }

            if (++count > MaxRows)
            {
                throw CsvRefusals.TooManyRows(reader.Row);
            }

            rows.Add(StagedRow.Of(reader.Row, columns, cells));
            if (rows.Count == StageRows.Most)
            {
                await FlushAsync(caller, id, rows, cancellationToken);
            }
        }

        if (rows.Count > 0)
        {
            await FlushAsync(caller, id, rows, cancellationToken);
        }
    }

    private async Task FlushAsync(Caller caller, Guid id, List<StagedRow> rows, CancellationToken cancellationToken)
    {
        await verbs.RunAsync(caller, (StageRows verb) => verb.RunAsync(id, rows, cancellationToken), cancellationToken);
        rows.Clear();
    }

    /// <summary>Also where the sender is gone: the next list of this organization must not wait for the sweep.</summary>
    private async Task EndAsync(Caller caller, Guid id, Exception error)
    {
        var refusal = error as Refusal;
        var status = refusal?.Code == "import_cancelled" ? ImportStatus.Cancelled : ImportStatus.Failed;
        var row = refusal is null ? null : CsvRefusals.RowOf(refusal);
        try
        {
            await verbs.RunAsync(caller, (EndImport verb) => verb.RunAsync(id, status, refusal?.Code ?? "import_interrupted", row, CancellationToken.None), CancellationToken.None);
        }
        catch (Refusal)
        {
            // The database is away: the sweep ends it.
        }
    }
}
