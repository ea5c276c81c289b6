using System.Globalization;
using System.Text;

namespace Colloque.Notifications;

/// <summary>
/// Writes a mail as it travels (RFC 5322, RFC 2045 to 2047): ASCII throughout, two versions of the same words, base64 in lines of 76.
/// No part of a header comes from a person: the recipient is checked to be bare ASCII, the rest is ours.
/// </summary>
internal static class MimeMessage
{
    /// <summary>Bytes of text in one encoded word, so that the word stays within RFC 2047's 75 characters.</summary>
    private const int WordBytes = 39;

    internal static byte[] Write(Guid id, MailSettings from, string recipient, MailPage page, string language, DateTimeOffset now, string? calendar = null)
    {
        var message = new StringBuilder();
        // A line of "--" and 32 digits occurs in no base64 text.
        var boundary = $"{id:N}";
        Header(message, "Date", now.ToUniversalTime().ToString("ddd, dd MMM yyyy HH:mm:ss +0000", CultureInfo.InvariantCulture));
        Header(message, "From", $"{Words(from.Name)}\r\n <{from.Address}>");
        Header(message, "To", $"<{recipient}>");
        Header(message, "Subject", Words(page.Subject));
        Header(message, "Message-ID", MessageId(id, from));
        Header(message, "MIME-Version", "1.0");
        // RFC 3834: nobody's holiday notice answers this; the second is how Outlook hears the same.
        Header(message, "Auto-Submitted", "auto-generated");
        Header(message, "X-Auto-Response-Suppress", "All");
        Header(message, "Content-Language", language);
        if (calendar is null)
        {
            Words(message, boundary, page);
        }
        else
        {
            var outer = $"{id:N}-mixed";
            Header(message, "Content-Type", $"multipart/mixed;\r\n boundary=\"{outer}\"");
            message.Append("\r\n--").Append(outer).Append("\r\n");
            Words(message, boundary, page);
            Part(message, outer, "text/calendar", calendar, "; method=PUBLISH;\r\n name=\"appointment.ics\"", "attachment; filename=\"appointment.ics\"");
            message.Append("--").Append(outer).Append("--\r\n");
        }

        return Encoding.ASCII.GetBytes(message.ToString());
    }

    private static void Words(StringBuilder message, string boundary, MailPage page)
    {
        Header(message, "Content-Type", $"multipart/alternative;\r\n boundary=\"{boundary}\"");
        message.Append("\r\n");
        Part(message, boundary, "text/plain", page.Text);
        Part(message, boundary, "text/html", page.Html);
        message.Append("--").Append(boundary).Append("--\r\n");
    }

    /// <summary>The same for every attempt at a row.</summary>
    internal static string MessageId(Guid id, MailSettings from) => $"<{id:N}@{from.Domain}>";

    private static void Header(StringBuilder message, string name, string value)
    {
        // The second lock: what is written here was made so that it cannot contain a line end of its own.
        if (value.Replace("\r\n ", "", StringComparison.Ordinal).Any(static c => c is < ' ' or > '~'))
        {
            throw new ArgumentException("A header may not end before its end.", nameof(value));
        }

        message.Append(name).Append(": ").Append(value).Append("\r\n");
    }

    private static void Part(StringBuilder message, string boundary, string type, string content, string more = "", string? disposition = null)
    {
        message.Append("--").Append(boundary).Append("\r\n");
        Header(message, "Content-Type", $"{type}; charset=utf-8{more}");
        if (disposition is not null)
        {
            Header(message, "Content-Disposition", disposition);
        }

        Header(message, "Content-Transfer-Encoding", "base64");
        message.Append("\r\n").Append(Convert.ToBase64String(Encoding.UTF8.GetBytes(content), Base64FormattingOptions.InsertLineBreaks)).Append("\r\n");
    }

    /// <summary>Text as encoded words; plain where it is a few words of ASCII letters.</summary>
    private static string Words(string text)
    {
        if (text.Length <= 60 && text.All(static c => char.IsAsciiLetterOrDigit(c) || c is ' ' or '-'))
        {
            return text;
        }

        var words = new List<string>();
        var word = new List<byte>(WordBytes);
        Span<byte> encoded = stackalloc byte[4];
        foreach (var rune in text.EnumerateRunes())
        {
            var length = rune.EncodeToUtf8(encoded);
            if (word.Count + length > WordBytes)
            {
                words.Add(Convert.ToBase64String([.. word]));
                word.Clear();
            }

            word.AddRange(encoded[..length]);
        }

        words.Add(Convert.ToBase64String([.. word]));
        return string.Join("\r\n ", words.Select(static w => $"=?utf-8?B?{w}?="));
    }
}
