using System.Globalization;
using System.Net;
using System.Text;

namespace Colloque.Notifications;

/// <summary>One mail's subject, and its words twice: as text and as HTML that loads nothing from anywhere.</summary>
internal sealed record MailPage(string Subject, string Text, string Html)
{
    internal static MailPage Of(MailKind kind, string language, string? link, string? organizationName, string? when = null)
    {
        var words = MailWords.Of(kind, language);
        var organization = organizationName is null ? MailWords.SomeOrganization(language) : OneLine(organizationName);
        string[] before = [.. words.Text.Select(t => Sentence(string.Format(CultureInfo.InvariantCulture, t, organization, when)))];
        var footer = MailWords.Footer(language);
        return new(words.Subject, TextOf(words, before, link, footer), HtmlOf(words, before, link, footer, language));
    }

    private static string TextOf(MailWords words, string[] before, string? link, string footer)
    {
        var text = new StringBuilder();
        foreach (var paragraph in before)
        {
            text.Append(paragraph).Append("\r\n\r\n");
        }

        if (link is not null)
        {
            text.Append(words.Button ?? "Colloque").Append(':').Append("\r\n").Append(link).Append("\r\n\r\n");
        }

        if (words.After is not null)
        {
            text.Append(words.After).Append("\r\n\r\n");
        }

        return text.Append("-- \r\n").Append(footer).Append("\r\n").ToString();
    }

    private static string HtmlOf(MailWords words, string[] before, string? link, string footer, string language)
    {
        const string Paragraph = "<p style=\"margin:0 0 16px\">";
        var html = new StringBuilder();
        html.Append(CultureInfo.InvariantCulture, $"<!doctype html>\r\n<html lang=\"{language}\">\r\n<head><meta charset=\"utf-8\"><title>{Escape(words.Subject)}</title></head>\r\n");
        html.Append("<body style=\"margin:0;padding:24px;font:16px/1.5 sans-serif;color:#1a1a1a;background:#ffffff\">\r\n<div style=\"max-width:560px\">\r\n");
        foreach (var paragraph in before)
        {
            html.Append(Paragraph).Append(Escape(paragraph)).Append("</p>\r\n");
        }

        if (link is not null)
        {
            var label = Escape(words.Button ?? "Colloque");
            html.Append(CultureInfo.InvariantCulture, $"{Paragraph}<a href=\"{Escape(link)}\" style=\"display:inline-block;padding:12px 20px;border-radius:8px;background:#0b5c5c;color:#ffffff\">{label}</a></p>\r\n");
            html.Append(CultureInfo.InvariantCulture, $"<p style=\"margin:0 0 16px;font-size:14px;word-break:break-all\">{Escape(link)}</p>\r\n");
        }

        if (words.After is not null)
        {
            html.Append(Paragraph).Append(Escape(words.After)).Append("</p>\r\n");
        }

        return html.Append(CultureInfo.InvariantCulture, $"<p style=\"margin:24px 0 0;font-size:14px;color:#595959\">{Escape(footer)}</p>\r\n</div>\r\n</body>\r\n</html>\r\n").ToString();
    }

    /// <summary>Somebody chose the name: it stays one line of words in the paragraph it belongs to.</summary>
    private static string OneLine(string name) => new([.. name.Select(static c => char.IsControl(c) || c is '\u2028' or '\u2029' ? ' ' : c)]);

    private static string Sentence(string text) => text.Length > 0 ? char.ToUpperInvariant(text[0]) + text[1..] : text;

    private static string Escape(string text) => WebUtility.HtmlEncode(text);
}
