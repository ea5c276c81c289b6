using System.Buffers;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace SocketIO.AspNetCore.Protocol;

/// <summary>Puts arguments together.</summary>
public sealed class EventArgumentsBuilder
{
    private readonly ArrayBufferWriter<byte> _json = new();
    private readonly List<Slice> _slices = [];
    private readonly List<Placeholder> _placeholders = [];
    private readonly List<ReadOnlyMemory<byte>> _attachments = [];

    /// <summary>Adds a value.</summary>
    public EventArgumentsBuilder Add<T>(T value, JsonTypeInfo<T> typeInfo)
    {
        BeginArgument();
        var start = _json.WrittenCount;
        PacketWriter.WriteJson(_json, value, typeInfo);
        EndArgument(start);
        return this;
    }

    /// <summary>Adds a value that is UTF-8 JSON already. Throws <see cref="JsonException"/> if it is not.</summary>
    public EventArgumentsBuilder AddJson(ReadOnlySpan<byte> utf8Json)
    {
        var reader = new Utf8JsonReader(utf8Json);
        reader.Read();
        reader.Skip();
        if (reader.Read())
        {
            throw new JsonException("More than one value.");
        }

        BeginArgument();
        var start = _json.WrittenCount;
        _json.Write(utf8Json);
        EndArgument(start);
        return this;
    }

    /// <summary>Adds raw bytes. They are not copied: leave them alone until the packet is sent.</summary>
    public EventArgumentsBuilder AddBinary(ReadOnlyMemory<byte> data)
    {
        BeginArgument();
        var start = _json.WrittenCount;
        _json.Write("{\"_placeholder\":true,\"num\":"u8);
        WriteNumber(_attachments.Count);
        _json.Write("}"u8);
        EndArgument(start);
        _attachments.Add(data);
        return this;
    }

    /// <summary>Adds an object with one property, whose value is an argument that came in, attachments and all.</summary>
    public EventArgumentsBuilder AddProperty(string name, EventArguments source, int index)
    {
        BeginArgument();
        var start = _json.WrittenCount;
        _json.Write("{\""u8);
        _json.Write(JsonEncodedText.Encode(name).EncodedUtf8Bytes);
        _json.Write("\":"u8);
        CopySlice(source, source.SliceAt(index), keepNumbers: false);
        _json.Write("}"u8);
        EndArgument(start);
        return this;
    }

    /// <summary>The arguments.</summary>
    public EventArguments Build() => Build([.. _attachments]);

    internal EventArguments Build(ReadOnlyMemory<byte>[] attachments) =>
        new(_json.WrittenSpan.ToArray(), [.. _slices], [.. _placeholders], attachments);

    internal void AddSlice(EventArguments source, Slice slice, bool keepNumbers = false)
    {
        BeginArgument();
        var start = _json.WrittenCount;
        CopySlice(source, slice, keepNumbers);
        EndArgument(start);
    }

    private void CopySlice(EventArguments source, Slice slice, bool keepNumbers)
    {
        var position = slice.Start;
        foreach (var placeholder in source.PlaceholdersIn(slice))
        {
            _json.Write(source.JsonSpan[position..placeholder.Digits.Start]);
            WriteNumber(keepNumbers ? placeholder.Number : _attachments.Count);
            _attachments.Add(source.Attachments[placeholder.Number]);
            position = placeholder.Digits.Start + placeholder.Digits.Length;
        }

        _json.Write(source.JsonSpan[position..(slice.Start + slice.Length)]);
    }

    private void WriteNumber(int number)
    {
        var target = _json.GetSpan(11);
        number.TryFormat(target, out var written, default, CultureInfo.InvariantCulture);
        _placeholders.Add(new Placeholder(new Slice(_json.WrittenCount, written), number));
        _json.Advance(written);
    }

    private void BeginArgument()
    {
        if (_slices.Count > 0)
        {
            _json.Write(","u8);
        }
    }

    private void EndArgument(int start) => _slices.Add(new Slice(start, _json.WrittenCount - start));
}
