using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Colloque.Conversations;

namespace Colloque.Exports;

/// <summary>JSON: times in UTC, people and messages by their ids. Nothing of it is markup, should a browser take it for a page.</summary>
internal sealed class ExportJson : ExportWriter
{
    private static readonly JsonWriterOptions Options = new() { Indented = true, Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    private readonly ArrayBufferWriter<byte> buffer;
    private readonly Utf8JsonWriter json;
    private readonly Stream stream;

    internal ExportJson(ExportHeader header, Stream stream)
        : base(header)
    {
        this.stream = stream;
        buffer = new();
        json = new(buffer, Options);
    }

    public override void Dispose()
    {
        json.Dispose();
        base.Dispose();
    }

    internal override void Begin()
    {
        json.WriteStartObject();
        json.WriteString("format", "colloque conversation 1");
        json.WriteString("conversationId", Header.View.Id);
        json.WriteString("kind", Header.View.Kind.ToString());
        json.WriteString("status", Header.View.Status.ToString());
        json.WriteString("createdAt", Header.View.CreatedAt.UtcDateTime);
        json.WriteString("exportedAt", Header.At.UtcDateTime);
        json.WriteString("exportedBy", Header.ReaderId);
        json.WriteString("timeZone", Header.TimeZone);
        json.WriteNumber("afterSeq", Header.Floor);
        json.WriteNumber("lastSeq", Header.Last);
        json.WriteStartArray("participants");
        foreach (var person in Header.View.People)
        {
            json.WriteStartObject();
            json.WriteString("id", person.UserId);
            json.WriteString("role", person.Role);
            json.WriteString("name", person.Name);
            json.WriteString("title", person.Title);
            Time("joinedAt", person.JoinedAt);
            Time("leftAt", person.LeftAt);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("messages");
    }

    internal override void Add(MessageView message)
    {
        json.WriteStartObject();
        json.WriteString("id", message.Id);
        json.WriteNumber("seq", message.Seq);
        json.WriteString("senderId", message.SenderId);
        json.WriteString("senderName", Header.Find(message.SenderId)?.Name);
        json.WriteString("senderRole", message.SenderRole.ToString());
        json.WriteString("kind", message.Kind.ToString());
        json.WriteString("text", message.Text);
        json.WriteNumber("version", message.Version);
        json.WriteString("intent", message.Intent);
        Id("replyTo", message.ReplyTo);
        json.WriteBoolean("urgent", message.IsUrgent);
        json.WriteBoolean("requiresResponse", message.RequiresResponse);
        Time("createdAt", message.CreatedAt);
        Time("editedAt", message.EditedAt);
        Time("deletedAt", message.DeletedAt);
        Time("deliveredAt", message.DeliveredAt);
        Time("readAt", message.ReadAt);
        Time("pinnedAt", message.PinnedAt);
        Id("pinnedBy", message.PinnedBy);
        Time("acknowledgedAt", message.AcknowledgedAt);
        Id("acknowledgedBy", message.AcknowledgedBy);
        json.WriteStartArray("attachments");
        foreach (var file in message.Files)
        {
            json.WriteStartObject();
            json.WriteString("id", file.Id);
            json.WriteString("name", file.Name);
            json.WriteString("mimeType", file.MimeType);
            json.WriteNumber("sizeBytes", file.SizeBytes);
            json.WriteString("sha256", file.Sha256);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("reactions");
        foreach (var reaction in message.Reactions)
        {
            json.WriteStartObject();
            json.WriteString("emoji", reaction.Emoji);
            json.WriteStartArray("userIds");
            foreach (var user in reaction.UserIds)
            {
                json.WriteStringValue(user);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    internal override void End(long messages)
    {
        json.WriteEndArray();
        json.WriteNumber("count", messages);
        json.WriteEndObject();
    }

    internal override async Task FlushAsync(CancellationToken cancellationToken)
    {
        await json.FlushAsync(cancellationToken);
        await stream.WriteAsync(buffer.WrittenMemory, cancellationToken);
        buffer.ResetWrittenCount();
        await stream.FlushAsync(cancellationToken);
    }

    private void Time(string name, DateTimeOffset? at)
    {
        if (at is { } when)
        {
            json.WriteString(name, when.UtcDateTime);
        }
        else
        {
            json.WriteNull(name);
        }
    }

    private void Id(string name, Guid? id)
    {
        if (id is { } known)
        {
            json.WriteString(name, known);
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
