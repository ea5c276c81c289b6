using System.Runtime.CompilerServices;
using Colloque.Conversations;
using Colloque.Security;

namespace Colloque.Exports;

/// <summary>A copy that may be taken, up to where the conversation stood when it was asked for.</summary>
public sealed class ConversationExport
{
    /// <summary>Messages read at once: what it holds in memory.</summary>
    private const int PageSize = 200;

    private readonly MessageLog log;
    private readonly PdfCommand pdf;
    private readonly Caller caller;

    internal ConversationExport(MessageLog log, PdfCommand pdf, Caller caller, ExportFormat format, ExportHeader header)
    {
        (this.log, this.pdf, this.caller) = (log, pdf, caller);
        (Format, Header) = (format, header);
    }

    /// <summary>As what.</summary>
    public ExportFormat Format { get; }

    /// <summary>What, by whom, when.</summary>
    public ExportHeader Header { get; }

    /// <summary>Messages written so far.</summary>
    public long Messages { get; private set; }

    /// <summary>Writes the document.</summary>
    /// <exception cref="Refusal">404 the seat ended meanwhile; 503.</exception>
    /// <exception cref="PdfFailedException">The converter failed, or took too long.</exception>
    public Task WriteAsync(Stream stream, CancellationToken cancellationToken) => Format == ExportFormat.Pdf
        ? pdf.ConvertAsync((page, token) => WriteAsync(ExportWriter.Of(ExportFormat.Html, Header, page), token), stream, cancellationToken)
        : WriteAsync(ExportWriter.Of(Format, Header, stream), cancellationToken);

    /// <summary>What is in it, page by page, for a contract that has a shape of its own.</summary>
    /// <exception cref="Refusal">404 the seat ended meanwhile; 503.</exception>
    public async IAsyncEnumerable<IReadOnlyList<MessageView>> PagesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Numbers have no gaps: a page ends where its size says, or at the head.
        for (var after = Header.Floor; after < Header.Last; after += PageSize)
        {
            var page = await log.AfterAsync(caller, Header.View.Id, after, PageSize, cancellationToken);
            MessageView[] messages = [.. page.Messages.Where(m => m.Seq <= Header.Last)];
            Messages += messages.Length;
            yield return messages;
        }
    }

    private async Task WriteAsync(ExportWriter form, CancellationToken cancellationToken)
    {
        using var writer = form;
        writer.Begin();
        await foreach (var page in PagesAsync(cancellationToken))
        {
            foreach (var message in page)
            {
                writer.Add(message);
            }

            await writer.FlushAsync(cancellationToken);
        }

        writer.End(Messages);
        await writer.FlushAsync(cancellationToken);
    }
}
