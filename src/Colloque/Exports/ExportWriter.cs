using System.Text;
using Colloque.Conversations;

namespace Colloque.Exports;

/// <summary>Writes a conversation in one form, message by message: it holds a page at most.</summary>
internal abstract class ExportWriter(ExportHeader header) : IDisposable
{
    /// <summary>What is exported.</summary>
    protected ExportHeader Header { get; } = header;

    /// <summary>The words of the reader's language.</summary>
    protected ExportWords Words { get; } = ExportWords.In(header.Language);

    internal abstract void Begin();

    internal abstract void Add(MessageView message);

    internal abstract void End(long messages);

    /// <summary>Sends what was written so far.</summary>
    internal abstract Task FlushAsync(CancellationToken cancellationToken);

    public virtual void Dispose() => GC.SuppressFinalize(this);

    internal static ExportWriter Of(ExportFormat format, ExportHeader header, Stream stream) => format switch
    {
        ExportFormat.Json => new ExportJson(header, stream),
        ExportFormat.Text => new ExportText(header, stream),
        _ => new ExportHtml(header, stream),
    };
}

/// <summary>A form that is text.</summary>
internal abstract class ExportTextWriter(ExportHeader header, Stream stream) : ExportWriter(header)
{
    /// <summary>What waits to be sent.</summary>
    protected StringBuilder Text { get; } = new();

    internal override async Task FlushAsync(CancellationToken cancellationToken)
    {
        // A lone surrogate has no UTF-8: it leaves as U+FFFD.
        await stream.WriteAsync(Encoding.UTF8.GetBytes(Text.ToString()), cancellationToken);
        await stream.FlushAsync(cancellationToken);
        Text.Clear();
    }
}
