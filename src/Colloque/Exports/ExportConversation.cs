using Colloque.Conversations;
using Colloque.Notifications;
using Colloque.Reports;
using Colloque.Security;
using Colloque.Storage;

namespace Colloque.Exports;

/// <summary>
/// Takes a copy of a conversation, as its reader may read it: a seat that began later has what was said from then on. Whoever takes one is seen to: the others find it in the
/// conversation where it is open, and get a notice of it wherever it stands.
/// </summary>
public sealed class ExportConversation(Verbs verbs, MessageLog log, NoteInThread note, PdfCommand pdf, ReportSettings zones, IAnnouncer announcer, TimeProvider time)
{
    /// <summary>Writes the document. Not to be run inside a unit of work. What is refused is refused before the first byte.</summary>
    /// <param name="caller">Whose seat it is.</param>
    /// <param name="conversationId">Which.</param>
    /// <param name="format">As what.</param>
    /// <param name="language">fr, en or es.</param>
    /// <param name="stream">Where to; flushed, not closed.</param>
    /// <param name="cancellationToken">Ends it where it is.</param>
    /// <exception cref="Refusal">403 administrators and guests; 404 no seat; 422 <c>format</c> (<c>pdf_not_set</c>); 503.</exception>
    /// <exception cref="PdfFailedException">The converter failed, or took too long.</exception>
    public async Task WriteAsync(Caller caller, Guid conversationId, ExportFormat format, string language, Stream stream, CancellationToken cancellationToken) =>
        await (await OpenAsync(caller, conversationId, format, language, cancellationToken)).WriteAsync(stream, cancellationToken);

    /// <summary>All that may be refused, and what the others are told; the document is still to be written.</summary>
    /// <exception cref="Refusal">As <see cref="WriteAsync"/>.</exception>
    public async Task<ConversationExport> OpenAsync(Caller caller, Guid conversationId, ExportFormat format, string language, CancellationToken cancellationToken)
    {
        caller.RequireClinical();
        if (format == ExportFormat.Pdf && !pdf.IsSet)
        {
            throw ExportRefusals.NoPdf();
        }

        var seat = await verbs.RunAsync(caller, (SeeConversation verb) => verb.RunAsync(conversationId, cancellationToken), cancellationToken);
        await TellAsync(caller, conversationId, seat.Status, cancellationToken);
        var view = await verbs.RunAsync(caller, (GetConversation verb) => verb.RunAsync(conversationId, cancellationToken), cancellationToken);
        return new(log, pdf, caller, format, new(view, caller.UserId, time.GetMoment(), seat.Floor, view.Head.Seq, language, zones.TimeZone));
    }

    /// <summary>Before the copy, so that none is taken untold.</summary>
    private async Task TellAsync(Caller caller, Guid conversationId, ConversationStatus status, CancellationToken cancellationToken)
    {
        if (status == ConversationStatus.Open)
        {
            await note.RunAsync(caller, conversationId, SystemWords.Exported, cancellationToken);
        }

        await verbs.RunAsync(caller, (TellOfExport verb) => verb.RunAsync(conversationId, cancellationToken), cancellationToken);
        announcer.Announce(new ConversationExported(conversationId, caller.UserId));
    }
}
