using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Colloque.Conversations;

namespace Colloque.Exports;

/// <summary>
/// One page that fetches nothing, runs nothing and prints well. Everything that people wrote is encoded, and the page's own policy forbids what could be smuggled in.
/// </summary>
internal sealed class ExportHtml(ExportHeader header, Stream stream) : ExportTextWriter(header, stream)
{
    private const string Style =
        """
        :root{color-scheme:light}
        body{font:16px/1.5 system-ui,sans-serif;color:#111;background:#fff;max-width:46rem;margin:2rem auto;padding:0 1rem}
        h1{font-size:1.4rem}h2{font-size:1.1rem;margin-top:2rem}
        dl{display:grid;grid-template-columns:max-content 1fr;gap:.2rem 1rem;margin:0}dt{color:#444}dd{margin:0}
        ul.people{padding-left:1.2rem}
        article{border-top:1px solid #bbb;padding:.6rem 0;break-inside:avoid}
        header{color:#444;font-size:.9rem}header b{color:#111}
        .text{white-space:pre-wrap;overflow-wrap:anywhere;margin:.3rem 0}
        .notes,.files{color:#444;font-size:.85rem;margin:.2rem 0;padding-left:1.2rem}
        .files code{overflow-wrap:anywhere}
        .gone,.system{font-style:italic;color:#444}
        @page{margin:18mm}
        @media print{body{margin:0;max-width:none;font-size:11pt}h2{break-after:avoid}}
        """;

    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    internal override void Begin()
    {
        var view = Header.View;
        Text.Append($"<!doctype html>\n<html lang=\"{Words.Language}\">\n<head>\n<meta charset=\"utf-8\">\n");
        Text.Append("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'\">\n");
        Text.Append("<meta name=\"viewport\" content=\"width=device-width\">\n<meta name=\"referrer\" content=\"no-referrer\">\n");
        Text.Append($"<title>{E(Words.Of(view.Kind))}</title>\n<style>\n{Style}\n</style>\n</head>\n<body>\n<h1>{E(Words.Of(view.Kind))}</h1>\n<dl>\n");
        Term("id", view.Id.ToString());
        Term("status", Words.Of(view.Status));
        Term("exportedBy", Header.NameOf(Header.ReaderId));
        Term("exportedAt", Header.Show(Header.At));
        Term("timeZone", Header.TimeZone);
        Text.Append("</dl>\n");
        if (Header.Floor > 0)
        {
            Text.Append($"<p>{E(Words["partial"])}</p>\n");
        }

        Text.Append($"<h2>{E(Words["people"])}</h2>\n<ul class=\"people\">\n");
        foreach (var person in view.People)
        {
            var until = person.LeftAt is { } left ? $", {Words["until"]} {Header.Show(left)}" : "";
            Text.Append($"<li><bdi>{E(Header.NameOf(person.UserId))}</bdi> ({E(Words.RoleOf(person.Role))}), {E($"{Words["since"]} {Header.Show(person.JoinedAt)}{until}")}</li>\n");
        }

        Text.Append($"</ul>\n<h2>{E(Words["messages"])}</h2>\n");
    }

    internal override void Add(MessageView message)
    {
        var number = message.Seq.ToString(CultureInfo.InvariantCulture);
        Text.Append($"<article id=\"m-{message.Id}\">\n<header>#{number} <time datetime=\"{message.CreatedAt.UtcDateTime:O}\">{E(Header.Show(message.CreatedAt))}</time> ");
        Text.Append($"<b><bdi>{E(Header.NameOf(message.SenderId))}</bdi></b> ({E(Words.RoleOf(message.SenderRole.ToString()))})</header>\n");
        if (message.Kind == MessageKind.System)
        {
            Text.Append($"<p class=\"system\">{E(Words.SystemOf(message.Text, Header.NameOf))}</p>\n</article>\n");
            return;
        }

        if (message.DeletedAt is { } deleted)
        {
            Text.Append($"<p class=\"gone\">{E($"{Words["deleted"]} {Header.Show(deleted)}")}</p>\n</article>\n");
            return;
        }

        if (message.Text is { Length: > 0 } said)
        {
            Text.Append($"<p class=\"text\" dir=\"auto\">{E(said)}</p>\n");
        }

        Files(message);
        Text.Append("<ul class=\"notes\">\n");
        foreach (var note in ExportNotes.Of(message, Header, Words))
        {
            Text.Append($"<li>{E(note)}</li>\n");
        }

        Text.Append("</ul>\n</article>\n");
    }

    internal override void End(long messages) => Text.Append($"<p>{E(Words.End(messages))}</p>\n</body>\n</html>\n");

    private void Files(MessageView message)
    {
        if (message.Files.Count == 0)
        {
            return;
        }

        Text.Append("<ul class=\"files\">\n");
        foreach (var file in message.Files)
        {
            var size = file.SizeBytes.ToString(CultureInfo.InvariantCulture);
            Text.Append($"<li>{E(Words["file"])}: <bdi>{E(ExportHeader.OneLine(file.Name))}</bdi>, {E(file.MimeType)}, {size} {E(Words["bytes"])}, SHA-256 <code>{E(file.Sha256 ?? "")}</code></li>\n");
        }

        Text.Append("</ul>\n");
    }

    private void Term(string key, string value) => Text.Append($"<dt>{E(Words[key])}</dt><dd>{E(value)}</dd>\n");

    private static string E(string text) => Encoder.Encode(text);
}
