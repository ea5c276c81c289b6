using Colloque.Files;
using Colloque.Notifications;
using Colloque.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colloque.Records;

/// <summary>Its author says a record anew: the next version counts, the earlier ones stay readable.</summary>
public sealed class CorrectRecord(ColloqueDb db, RecordRows rows, FileRows files, UnitOfWork work, TimeProvider time, TellOfRecord notices)
{
    /// <param name="id">Which.</param>
    /// <param name="body">All of what it says from now on.</param>
    /// <param name="replaces">The version that its author had before them; null to correct whatever there is.</param>
    /// <param name="cancellationToken">Rolls back.</param>
    /// <returns>The record; nothing is added where it says the same already.</returns>
    /// <exception cref="Refusal">403 all but practitioners; 404 not the caller's; 409 another correction was first; 422 as <see cref="WriteRecord"/>, and <c>exam.reportFileId</c>.</exception>
    public async Task<RecordView> RunAsync(Guid id, RecordBody body, int? replaces, CancellationToken cancellationToken)
    {
        var author = rows.Author;
        var now = time.GetMoment();
        // Two corrections at once wait for each other: the second is told of the first.
        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended({"record " + id}, 0))", cancellationToken);
        var record = await rows.OneAsync(id, cancellationToken);
        var said = RecordText.Parse(body, DateOnly.FromDateTime(now.UtcDateTime));
        if (said.Kind != record.Kind)
        {
            throw Refusal.Invalid(said.Kind == RecordKind.Exam ? "exam" : "prescription");
        }

        if (replaces is not null && replaces != record.Current.Version)
        {
            throw RecordRefusals.Changed();
        }

        if (said.Exam?.ReportFileId is { } report)
        {
            var file = await files.FindShownAsync(id, report, cancellationToken);
            // Of one of the two: somebody else could take it back without knowing what it is.
            if (file is null || (file.UploaderId != author.UserId && file.UploaderId != record.Patient.Id))
            {
                throw Refusal.Invalid("exam.reportFileId", "no_such_file");
            }
        }

        if (RecordRows.Same(record.Current.Body, said))
        {
            return record;
        }

        var version = record.Current.Version + 1;
        var tenant = await db.Database.SqlQuery<Guid>($"select tenant_id as \"Value\" from clinical_records where id = {id}").SingleAsync(cancellationToken);
        await rows.AddAsync(id, tenant, version, said, now, cancellationToken);
        await notices.RunAsync(id, cancellationToken);
        work.Announce(new RecordWritten(id, record.Kind, version, record.Patient.Id, author.UserId));
        return await rows.OneAsync(id, cancellationToken);
    }
}
