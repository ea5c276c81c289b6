using System.Buffers;
using System.Collections;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace SocketIO.AspNetCore.Protocol;

/// <summary>
/// The arguments of an event or an ack, as raw JSON and attachments. Immutable. What came in can be sent on as it is:
/// the bytes do not change on the way.
/// </summary>
public sealed class EventArguments : IReadOnlyList<ReadOnlyMemory<byte>>
{
    private readonly byte[] _json; // the arguments, joined by commas
    private readonly Slice[] _slices;
    private readonly Placeholder[] _placeholders;

    internal EventArguments(byte[] json, Slice[] slices, Placeholder[] placeholders, ReadOnlyMemory<byte>[] attachments)
    {
        _json = json;
        _slices = slices;
        _placeholders = placeholders;
        Attachments = attachments;
    }

    /// <summary>No arguments.</summary>
    public static EventArguments Empty { get; } = new([], [], [], []);

    /// <summary>How many arguments there are.</summary>
    public int Count => _slices.Length;

    /// <summary>
    /// The binary attachments, in order. In the JSON, <c>{"_placeholder":true,"num":n}</c> stands where the n-th belongs.
    /// </summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Attachments { get; }

    /// <summary>All arguments in UTF-8 JSON, joined by commas, without brackets.</summary>
    public ReadOnlyMemory<byte> Json => _json;

    /// <summary>One argument in UTF-8 JSON.</summary>
    public ReadOnlyMemory<byte> this[int index] => _json.AsMemory(_slices[index].Start, _slices[index].Length);

    /// <summary>One argument of a known type.</summary>
    public static EventArguments Of<T>(T value, JsonTypeInfo<T> typeInfo) =>
        new EventArgumentsBuilder().Add(value, typeInfo).Build();

    /// <summary>One argument that is JSON already; throws <see cref="JsonException"/> if it is not.</summary>
    public static EventArguments OfJson(ReadOnlySpan<byte> utf8Json) => new EventArgumentsBuilder().AddJson(utf8Json).Build();

    /// <summary>Reads one argument. Throws <see cref="JsonException"/> if it is missing or of another shape.</summary>
    public T? Read<T>(int index, JsonTypeInfo<T> typeInfo)
    {
        if (index >= _slices.Length)
        {
            throw new JsonException("The argument is missing.");
        }

        return JsonSerializer.Deserialize(_slices[index].Of(_json), typeInfo);
    }

    /// <summary>The arguments after the first <paramref name="count"/>, with the attachments they use.</summary>
    public EventArguments Skip(int count)
    {
        if (count >= Count)
        {
            return Empty;
        }

        if (count == 0)
        {
            return this;
        }

        var builder = new EventArgumentsBuilder();
        foreach (var slice in _slices.AsSpan(count))
        {
            builder.AddSlice(this, slice);
        }

        return builder.Build();
    }

    /// <inheritdoc/>
    public IEnumerator<ReadOnlyMemory<byte>> GetEnumerator()
    {
        for (var i = 0; i < Count; i++)
        {
            yield return this[i];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Copies what the scanner found out of the receive buffer.</summary>
    internal static EventArguments Copy(ReadOnlySpan<byte> json, ArgumentScanner scanner, ReadOnlyMemory<byte>[] attachments)
    {
        var found = scanner.Arguments;
        if (found.IsEmpty)
        {
            return Empty;
        }

        if (attachments.Length > 0)
        {
            var all = new EventArguments(json.ToArray(), found.ToArray(), [.. scanner.Placeholders], attachments);
            var builder = new EventArgumentsBuilder();
            foreach (var slice in found)
            {
                builder.AddSlice(all, slice, keepNumbers: true);
            }

            return builder.Build(attachments);
        }

        var length = found.Length - 1;
        foreach (var slice in found)
        {
            length += slice.Length;
        }

        var copy = GC.AllocateUninitializedArray<byte>(length);
        var slices = new Slice[found.Length];
        var position = 0;
        for (var i = 0; i < slices.Length; i++)
        {
            if (i > 0)
            {
                copy[position++] = (byte)',';
            }

            found[i].Of(json).CopyTo(copy.AsSpan(position));
            slices[i] = new Slice(position, found[i].Length);
            position += found[i].Length;
        }

        return new EventArguments(copy, slices, [], []);
    }

    internal ReadOnlySpan<Placeholder> PlaceholdersIn(Slice slice)
    {
        var first = 0;
        while (first < _placeholders.Length && _placeholders[first].Digits.Start < slice.Start)
        {
            first++;
        }

        var last = first;
        while (last < _placeholders.Length && _placeholders[last].Digits.Start < slice.Start + slice.Length)
        {
            last++;
        }

        return _placeholders.AsSpan(first, last - first);
    }

    internal ReadOnlySpan<byte> JsonSpan => _json;
}

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

    /// <summary>The arguments.</summary>
    public EventArguments Build() => Build([.. _attachments]);

    internal EventArguments Build(ReadOnlyMemory<byte>[] attachments) =>
        new(_json.WrittenSpan.ToArray(), [.. _slices], [.. _placeholders], attachments);

    internal void AddSlice(EventArguments source, Slice slice, bool keepNumbers = false)
    {
        BeginArgument();
        var start = _json.WrittenCount;
        var position = slice.Start;
        foreach (var placeholder in source.PlaceholdersIn(slice))
        {
            _json.Write(source.JsonSpan[position..placeholder.Digits.Start]);
            WriteNumber(keepNumbers ? placeholder.Number : _attachments.Count);
            _attachments.Add(source.Attachments[placeholder.Number]);
            position = placeholder.Digits.Start + placeholder.Digits.Length;
        }

        _json.Write(source.JsonSpan[position..(slice.Start + slice.Length)]);
        EndArgument(start);
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
