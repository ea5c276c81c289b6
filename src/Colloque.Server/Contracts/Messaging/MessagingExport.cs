using System.Globalization;
using System.Text;
using System.Text.Json;
using Colloque.Conversations;
using Colloque.Security;
using Microsoft.Net.Http.Headers;

namespace Colloque.Server.Contracts.Messaging;

/// <summary>Writes all of a session that the caller may read, from its beginning, a page at a time: however long it is, one page is in memory.</summary>
internal sealed class MessagingExport(Caller caller, ContextSession session, MessageLog log, bool asText) : IResult
{
    private const int Page = 100;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var conversation = session.Conversation;
        // Before the answer begins: what is refused is still a refusal.
        var first = await log.AfterAsync(caller, conversation.Id, 0, Page, httpContext.RequestAborted);
        var response = httpContext.Response;
        response.ContentType = asText ? "text/plain; charset=utf-8" : "application/json; charset=utf-8";
        var file = new ContentDispositionHeaderValue("attachment");
        file.SetHttpFileName($"{MessagingWords.Of(conversation.Kind)}-{conversation.Id}.{(asText ? "txt" : "json")}");
        response.Headers.ContentDisposition = file.ToString();
        response.Headers.XContentTypeOptions = "nosniff";
        await (asText ? WriteTextAsync(response, PagesAsync(first, httpContext.RequestAborted)) : WriteJsonAsync(response, PagesAsync(first, httpContext.RequestAborted)));
    }

    private async IAsyncEnumerable<IReadOnlyList<MessagingMessage>> PagesAsync(ConversationPage page, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (page.Messages is [.., var last])
        {
            yield return [.. page.Messages.Select(m => MessagingWords.Of(m, session.Conversation))];
            if (page.Messages.Count < Page)
            {
                yield break;
            }

            page = await log.AfterAsync(caller, session.Conversation.Id, last.Seq, Page, cancellationToken);
        }
    }

    private async Task WriteJsonAsync(HttpResponse response, IAsyncEnumerable<IReadOnlyList<MessagingMessage>> pages)
    {
        await using var writer = new Utf8JsonWriter(response.BodyWriter);
        writer.WriteStartObject();
        writer.WritePropertyName("session");
        JsonSerializer.Serialize(writer, MessagingWords.Of(session), MessagingJson.Default.MessagingSession);
        writer.WriteStartArray("messages");
        await foreach (var page in pages)
        {
            foreach (var message in page)
            {
                JsonSerializer.Serialize(writer, message, MessagingJson.Default.MessagingMessage);
            }

            await writer.FlushAsync();
            await response.BodyWriter.FlushAsync();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private async Task WriteTextAsync(HttpResponse response, IAsyncEnumerable<IReadOnlyList<MessagingMessage>> pages)
    {
        var text = new StringBuilder();
        foreach (var person in MessagingWords.Of(session).Participants)
        {
            text.Append(CultureInfo.InvariantCulture, $"{person.Name} ({person.Type})\n");
        }

        await foreach (var page in pages)
        {
            foreach (var m in page)
            {
                Append(text, m);
            }

            await response.WriteAsync(text.ToString());
            text.Clear();
        }

        await response.WriteAsync(text.ToString());
    }

    private static void Append(StringBuilder text, MessagingMessage m)
    {
        text.Append(CultureInfo.InvariantCulture, $"\n[{m.Timestamp:yyyy-MM-dd HH:mm:ss}Z] {m.Sender.Name} ({m.Sender.Type}){(m.Metadata.IsUrgent is true ? " (!)" : "")}:\n");
        // Set in, so that nobody's words can pass for a line of the copy's own.
        foreach (var line in (m.Content ?? (m.DeletedAt is null ? "" : "-")).Split('\n'))
        {
            text.Append("  ").Append(line.TrimEnd('\r')).Append('\n');
        }

        foreach (var a in m.Attachments)
        {
            text.Append(CultureInfo.InvariantCulture, $"  + {a.Name} ({a.MimeType}, {a.Size} B, SHA-256 {a.Sha256})\n");
        }
    }
}
