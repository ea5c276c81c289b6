using System.Text;

namespace Colloque.Server.Http;

/// <summary>A spreadsheet as it goes out: every list that leaves as CSV is written by this. It is sent page by page, and never held whole.</summary>
internal sealed class CsvAnswer
{
    /// <summary>As it is declared.</summary>
    internal const string ContentType = "text/csv; charset=utf-8";

    private readonly StringBuilder text = new StringBuilder().Append(CsvText.Mark);
    private readonly Stream body;

    private CsvAnswer(Stream body) => this.body = body;

    /// <summary>Answers with a file. What may be refused is refused before: once rows are on their way, the answer can only break off.</summary>
    internal static IResult Of(string fileName, Func<CsvAnswer, Task> write, CancellationToken cancellationToken) => Results.Stream(
        async body =>
        {
            var answer = new CsvAnswer(body);
            await write(answer);
            await answer.FlushAsync(cancellationToken);
        },
        ContentType,
        fileName);

    /// <summary>A row; no cell of it begins a formula.</summary>
    internal void Row(params ReadOnlySpan<string?> cells) => CsvText.AppendRow(text, cells);

    /// <summary>Sends the rows so far.</summary>
    internal async Task FlushAsync(CancellationToken cancellationToken)
    {
        await body.WriteAsync(Encoding.UTF8.GetBytes(text.ToString()), cancellationToken);
        text.Clear();
    }
}
