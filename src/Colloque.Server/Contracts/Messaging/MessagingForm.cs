using System.Globalization;
using System.Text;
using System.Text.Json;
using Colloque.Conversations;
using Colloque.Files;
using Colloque.Server.Http;

namespace Colloque.Server.Contracts.Messaging;

/// <summary>A message as a form: its fields, and its files as they come. The context must be known before the first file: bytes for nobody are not read.</summary>
internal sealed class MessagingForm(IAsyncEnumerator<FormPart> parts, CancellationToken cancellationToken)
{
    /// <summary>Bytes of one field: a message of four-byte characters.</summary>
    private const int MaxField = 4 * MessagingWords.MaxMessageLength;

    private readonly Dictionary<string, string> fields = new(StringComparer.Ordinal);
    private FormPart? first;

    /// <summary>Reads up to the first file, or to the end; answers with the context.</summary>
    /// <exception cref="Refusal">422, naming the field; 404.</exception>
    internal async Task<(ConversationKind Kind, Guid Id)> BeginAsync()
    {
        first = await NextFileAsync();
        return MessagingWords.ToContext(Field("contextType"), Field("contextId"), null);
    }

    /// <summary>Puts the files into the tray, in their order, and keeps whatever fields come beside them.</summary>
    /// <exception cref="Refusal">422 <c>attachments</c>: of a type that the document does not take.</exception>
    internal async Task ReceiveAsync(UploadTray tray)
    {
        for (var file = first; file is not null; file = await NextFileAsync())
        {
            if (!MessagingWords.Takes(file.ContentType))
            {
                throw Refusal.Invalid("attachments", "unsupported_type");
            }

            await tray.ReceiveAsync(file.Filename, file.ContentType, file.Body, cancellationToken);
        }
    }

    /// <summary>The words, once all files are read.</summary>
    /// <exception cref="Refusal">422, naming the field.</exception>
    internal MessageRequest ToRequest(HttpContext http)
    {
        var metadata = Field("metadata") is { } json ? ToMetadata(json) : null;
        return MessagingApi.ToRequest(http, new(
            null, null, null, Field("content"), Field("type"),
            new(Flag("isUrgent") ?? metadata?.IsUrgent, Flag("requiresResponse") ?? metadata?.RequiresResponse, Field("action") ?? metadata?.Action), null, Field("clientMsgId"), Field("replyTo")));
    }

    private async Task<FormPart?> NextFileAsync()
    {
        while (await parts.MoveNextAsync())
        {
            var part = parts.Current;
            if (part.Filename is not null)
            {
                return part;
            }

            if (part.Name is not ("contextType" or "contextId" or "content" or "type" or "metadata" or "isUrgent" or "requiresResponse" or "action" or "clientMsgId" or "replyTo"))
            {
                throw Refusal.Invalid(part.Name.Length <= 100 ? part.Name : "$", "unknown_member");
            }

            if (!fields.TryAdd(part.Name, await TextAsync(part)))
            {
                throw Refusal.Invalid(part.Name, "duplicate_member");
            }
        }

        return null;
    }

    private async Task<string> TextAsync(FormPart part)
    {
        var bytes = new byte[MaxField + 1];
        var read = await part.Body.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken);
        return read <= MaxField ? Encoding.UTF8.GetString(bytes, 0, read) : throw Refusal.Invalid(part.Name, "too_long");
    }

    private string? Field(string name) => fields.TryGetValue(name, out var text) && text.Length > 0 ? text : null;

    private bool? Flag(string name) => Field(name) switch
    {
        null => null,
        "true" => true,
        "false" => false,
        _ => throw Refusal.Invalid(string.Create(CultureInfo.InvariantCulture, $"metadata.{name}")),
    };

    private static MessagingMetadata? ToMetadata(string json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, MessagingJson.Default.MessagingMetadata);
        }
        catch (JsonException)
        {
            throw Refusal.Invalid("metadata");
        }
    }
}
