using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace SocketIO.AspNetCore.Protocol;

/// <summary>Writes the text form of one packet after another into a buffer that its thread keeps.</summary>
internal sealed class PacketWriter
{
    // A thread keeps this much between packets; the buffer of a larger packet goes back to the collector.
    private const int KeptCapacity = 64 * 1024;

    private static readonly JsonWriterOptions _options = new()
    {
        // The transport is no HTML page: text stays as short and as readable as JavaScript writes it.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    [ThreadStatic]
    private static PacketWriter? _current;

    [ThreadStatic]
    private static Utf8JsonWriter? _jsonWriter;

    private ArrayBufferWriter<byte> _buffer = new(1024);
    private bool _hasElements;

    /// <summary>Takes the thread's writer; a serializer that itself sends gets another one.</summary>
    public static PacketWriter Rent()
    {
        var writer = _current ?? new PacketWriter();
        _current = null;
        return writer;
    }

    /// <summary>Gives the writer back.</summary>
    public void Return()
    {
        if (_buffer.Capacity > KeptCapacity)
        {
            _buffer = new ArrayBufferWriter<byte>(1024);
        }

        _buffer.ResetWrittenCount();
        _current = this;
    }

    /// <summary>What was written, until <see cref="Return"/>.</summary>
    public ReadOnlySpan<byte> Written => _buffer.WrittenSpan;

    /// <summary>Starts a packet. <paramref name="prefix"/> is the namespace and its comma, empty for the main one.</summary>
    public void Begin(PacketType type, int attachments, ReadOnlySpan<byte> prefix, long id)
    {
        _buffer.ResetWrittenCount();
        _hasElements = false;
        Write([(byte)('0' + (int)type)]);
        if (type >= PacketType.BinaryEvent)
        {
            WriteNumber(attachments);
            Write("-"u8);
        }

        Write(prefix);
        if (id != Packet.NoId)
        {
            WriteNumber(id);
        }
    }

    public void Write(ReadOnlySpan<byte> bytes) => _buffer.Write(bytes);

    public void BeginArray() => Write("["u8);

    public void EndArray() => Write("]"u8);

    /// <summary>Adds one or more elements that are JSON already.</summary>
    public void WriteElements(ReadOnlySpan<byte> json)
    {
        if (json.IsEmpty)
        {
            return;
        }

        Separate();
        Write(json);
    }

    public void WriteElement<T>(T value, JsonTypeInfo<T> typeInfo)
    {
        Separate();
        WriteJson(_buffer, value, typeInfo);
    }

    public void WriteElement(string text)
    {
        Separate();
        WriteString(text);
    }

    /// <summary>Writes a JSON string.</summary>
    public void WriteString(string text)
    {
        Write("\""u8);
        if (NeedsEscaping(text))
        {
            Write(JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).EncodedUtf8Bytes);
        }
        else
        {
            _buffer.Advance(Encoding.ASCII.GetBytes(text, _buffer.GetSpan(text.Length)));
        }

        Write("\""u8);
    }

    public static void WriteJson<T>(IBufferWriter<byte> target, T value, JsonTypeInfo<T> typeInfo)
    {
        var writer = _jsonWriter ?? new Utf8JsonWriter(Stream.Null, _options);
        _jsonWriter = null;
        writer.Reset(target);
        JsonSerializer.Serialize(writer, value, typeInfo);
        writer.Flush();
        writer.Reset(Stream.Null);
        _jsonWriter = writer;
    }

    private static bool NeedsEscaping(string text)
    {
        foreach (var c in text)
        {
            if (c is < ' ' or > '~' or '"' or '\\')
            {
                return true;
            }
        }

        return false;
    }

    private void Separate()
    {
        if (_hasElements)
        {
            Write(","u8);
        }

        _hasElements = true;
    }

    private void WriteNumber(long number)
    {
        number.TryFormat(_buffer.GetSpan(20), out var written, default, CultureInfo.InvariantCulture);
        _buffer.Advance(written);
    }
}
