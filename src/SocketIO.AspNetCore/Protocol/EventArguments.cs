using System.Collections;
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
    public EventArguments Skip(int count) => Part(count, int.MaxValue);

    /// <summary>The first <paramref name="count"/> arguments, with the attachments they use.</summary>
    public EventArguments Take(int count) => Part(0, count);

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

    private EventArguments Part(int start, int count)
    {
        start = Math.Clamp(start, 0, Count);
        count = Math.Clamp(count, 0, Count - start);
        if (count == Count)
        {
            return this;
        }

        var builder = new EventArgumentsBuilder();
        foreach (var slice in _slices.AsSpan(start, count))
        {
            builder.AddSlice(this, slice);
        }

        return builder.Build();
    }

    internal Slice SliceAt(int index) => _slices[index];

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
