using Colloque.Storage;

namespace Colloque.Reports;

/// <summary>What the caller reads, where a request does not say.</summary>
public sealed class GetReaderLanguage(ColloqueDb db, ReportSettings settings)
{
    /// <summary>One statement: fr, en or es.</summary>
    public async Task<string> RunAsync(CancellationToken cancellationToken) => (await Reader.FindAsync(db, settings, cancellationToken)).Language;
}
