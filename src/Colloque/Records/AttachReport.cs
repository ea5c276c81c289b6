using Colloque.Files;
using Colloque.Security;
using Colloque.Storage;

namespace Colloque.Records;

/// <summary>The author shows an exam's report in the record's conversation, and the record's next version names it.</summary>
public sealed class AttachReport(Verbs verbs, TakeFile take)
{
    /// <summary>Answers once both are committed; a crash between them leaves a file that can be named by a correction. Not to be run inside a unit of work.</summary>
    /// <param name="caller">The record's author.</param>
    /// <param name="id">An exam.</param>
    /// <param name="filename">As a form states it.</param>
    /// <param name="mimeType">As a form states it.</param>
    /// <param name="content">Read to its end, at most 10 MiB and one byte.</param>
    /// <param name="cancellationToken">Until the file is shown.</param>
    /// <exception cref="Refusal">403 all but practitioners; 404 not the caller's; 422 <c>exam</c>, a prescription has no report; else as <see cref="TakeFile"/> and <see cref="CorrectRecord"/>.</exception>
    public async Task<RecordView> RunAsync(Caller caller, Guid id, string? filename, string? mimeType, Stream content, CancellationToken cancellationToken)
    {
        if (caller.Role != Role.Practitioner)
        {
            throw Refusal.Forbidden();
        }

        var record = await verbs.RunAsync(caller, (GetRecord verb) => verb.RunAsync(id, cancellationToken), cancellationToken);
        if (record.Current.Body.Exam is not { } exam)
        {
            throw Refusal.Invalid("exam");
        }

        var file = await take.RunAsync(caller, id, filename, mimeType, content, cancellationToken);
        var body = new RecordBody(null, exam with { ReportFileId = file.Message.File?.Id });
        return await verbs.RunAsync(caller, (CorrectRecord verb) => verb.RunAsync(id, body, record.Current.Version, CancellationToken.None), CancellationToken.None);
    }
}
