using System.Buffers;
using System.Text.Json;
using Colloque.Conversations;
using Colloque.Exports;

namespace Colloque.Server.Contracts.Messaging;

/// <summary>The product's copy of a session in document 003's shape: as JSON its own, in every other form the product's document as it is.</summary>
internal static class MessagingCopy
{
    internal static IResult Of(ConversationExport export, ContextSession session, CancellationToken cancellationToken)
    {
        var name = $"{MessagingWords.Of(session.Conversation.Kind)}-{session.Conversation.Id}.{ExportFormats.WordOf(export.Format)}";
        return Results.Stream(
            stream => export.Format == ExportFormat.Json ? WriteAsync(export, session, stream, cancellationToken) : export.WriteAsync(stream, cancellationToken),
            ExportFormats.TypeOf(export.Format), name);
    }

    private static async Task WriteAsync(ConversationExport export, ContextSession session, Stream stream, CancellationToken cancellationToken)
    {
        // A page at a time: the serializer flushes to where it writes, and an answer's body takes nothing synchronously.
        var buffer = new ArrayBufferWriter<byte>();
        await using var writer = new Utf8JsonWriter(buffer);
        writer.WriteStartObject();
        writer.WritePropertyName("session");
        // As it stands with the copy: it is said in it that one was taken.
        var said = session with { Conversation = export.Header.View };
        JsonSerializer.Serialize(writer, MessagingWords.Of(said), MessagingJson.Default.MessagingSession);
        writer.WriteStartArray("messages");
        await foreach (var page in export.PagesAsync(cancellationToken))
        {
            foreach (var message in page)
            {
                JsonSerializer.Serialize(writer, MessagingWords.Of(message, said.Conversation), MessagingJson.Default.MessagingMessage);
            }

            await SendAsync(writer, buffer, stream, cancellationToken);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
        await SendAsync(writer, buffer, stream, cancellationToken);
    }

    private static async Task SendAsync(Utf8JsonWriter writer, ArrayBufferWriter<byte> buffer, Stream stream, CancellationToken cancellationToken)
    {
        await writer.FlushAsync(cancellationToken);
        await stream.WriteAsync(buffer.WrittenMemory, cancellationToken);
        buffer.ResetWrittenCount();
        await stream.FlushAsync(cancellationToken);
    }
}
