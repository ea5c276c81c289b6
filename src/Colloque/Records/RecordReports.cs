using Colloque.Conversations;
using Colloque.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colloque.Records;

/// <summary>Which files records name as their reports: those are not taken back, for what a record says stays.</summary>
public sealed class RecordReports(ColloqueDb db, RecordRows rows)
{
    /// <summary>Whether any version of the conversation's record names one of these files. One query where there is no record.</summary>
    internal async Task<bool> NameAsync(Guid conversationId, IReadOnlyCollection<FileView> files, CancellationToken cancellationToken)
    {
        // Who sent a report may read the record (CorrectRecord): to anybody else there is none, and none of their files is in it.
        if (files.Count == 0 || !await db.Database.SqlQuery<bool>($"select exists (select from clinical_records where id = {conversationId} and kind = 'Exam') as \"Value\"").SingleAsync(cancellationToken))
        {
            return false;
        }

        var record = await rows.OneAsync(conversationId, cancellationToken);
        return record.Earlier.Append(record.Current).Any(v => files.Any(f => f.Id == v.Body.Exam?.ReportFileId));
    }
}
