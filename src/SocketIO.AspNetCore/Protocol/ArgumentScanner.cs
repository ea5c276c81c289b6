using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace SocketIO.AspNetCore.Protocol;

/// <summary>Where an argument, or the number of a placeholder, lies in a payload.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Slice(int Start, int Length)
{
    public ReadOnlySpan<byte> Of(ReadOnlySpan<byte> json) => json.Slice(Start, Length);
}

/// <summary>A reference to an attachment: where its number stands, and the number.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Placeholder(Slice Digits, int Number);

/// <summary>
/// Checks a payload's JSON and notes where its arguments lie, so that they pass through byte by byte. One per thread:
/// what it holds is good until the next packet.
/// </summary>
internal sealed class ArgumentScanner
{
    [ThreadStatic]
    private static ArgumentScanner? _current;

    private Slice[] _slices = new Slice[16];

    public static ArgumentScanner Current => _current ??= new ArgumentScanner();

    /// <summary>The arguments; of an event, without its name.</summary>
    public ReadOnlySpan<Slice> Arguments => _slices.AsSpan(FirstArgument, Count - FirstArgument);

    public List<Placeholder> Placeholders { get; } = [];

    private int Count { get; set; }

    private int FirstArgument { get; set; }

    /// <summary>Scans the payload of an ack: an array.</summary>
    public bool TryScan(ReadOnlySpan<byte> json, int attachments, in PacketLimits limits)
    {
        Count = 0;
        FirstArgument = 0;
        Placeholders.Clear();
        if (json.IsEmpty || json[0] != (byte)'[')
        {
            return false;
        }

        try
        {
            var reader = CreateReader(json, limits.Depth);
            return TryScan(ref reader, attachments, limits.Arguments);
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>Scans the payload of an event: an array that starts with a name which is a string or a number.</summary>
    public bool TryScanEvent(ReadOnlySpan<byte> json, int attachments, in PacketLimits limits)
    {
        if (!TryScan(json, attachments, limits) || Count == 0)
        {
            return false;
        }

        FirstArgument = 1;
        var first = json[_slices[0].Start];
        return first == (byte)'-' || char.IsAsciiDigit((char)first)
            || (first == (byte)'"' && TryReadName(json, out var name) && !IsReserved(name));
    }

    /// <summary>The event's name in UTF-8, unescaped. False if it is no Unicode text.</summary>
    public bool TryReadName(ReadOnlySpan<byte> json, out ReadOnlySpan<byte> name)
    {
        var token = _slices[0].Of(json);
        name = token;
        if (token[0] != (byte)'"')
        {
            return true;
        }

        name = token[1..^1];
        if (name.Contains((byte)'\\'))
        {
            try
            {
                var reader = new Utf8JsonReader(token);
                reader.Read();
                name = Encoding.UTF8.GetBytes(reader.GetString()!);
            }
            catch (InvalidOperationException)
            {
                return false; // half of a surrogate pair
            }
        }

        return true;
    }

    public static Utf8JsonReader CreateReader(ReadOnlySpan<byte> json, int maxDepth) =>
        new(json, new JsonReaderOptions { MaxDepth = maxDepth });

    private bool TryScan(ref Utf8JsonReader reader, int attachments, int maxArguments)
    {
        reader.Read();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            // The name of an event is not one of its arguments, hence the one more.
            if (Count > maxArguments)
            {
                return false;
            }

            var start = (int)reader.TokenStartIndex;
            if (attachments == 0)
            {
                reader.Skip();
            }
            else if (!TryWalk(ref reader, attachments))
            {
                return false;
            }

            Add(new Slice(start, (int)reader.BytesConsumed - start));
        }

        // Each attachment has exactly one placeholder: TryWalk refused what repeats or exceeds.
        return !reader.Read() && Placeholders.Count == attachments;
    }

    private bool TryWalk(ref Utf8JsonReader reader, int attachments)
    {
        var depth = reader.CurrentDepth;
        while (true)
        {
            if (reader.TokenType == JsonTokenType.StartObject && TryReadPlaceholder(ref reader, out var placeholder))
            {
                if (placeholder.Number >= attachments || Placeholders.Exists(p => p.Number == placeholder.Number))
                {
                    return false;
                }

                Placeholders.Add(placeholder);
            }
            else if (reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals("_placeholder"u8))
            {
                reader.Read();
                if (reader.TokenType == JsonTokenType.True)
                {
                    return false; // almost a placeholder: "num" missing, of another type, not canonical, or not alone
                }

                continue;
            }

            if (reader.CurrentDepth == depth && reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray))
            {
                return true;
            }

            reader.Read();
        }
    }

    /// <summary>Consumes <c>{"_placeholder":true,"num":n}</c>, in either order; moves nothing if the object is another one.</summary>
    private static bool TryReadPlaceholder(ref Utf8JsonReader reader, out Placeholder placeholder)
    {
        placeholder = default;
        var ahead = reader;
        var isMarked = false;
        var number = -1;
        var digits = default(Slice);
        for (var property = 0; property < 2; property++)
        {
            ahead.Read();
            if (ahead.TokenType != JsonTokenType.PropertyName)
            {
                return false;
            }

            var isMark = ahead.ValueTextEquals("_placeholder"u8);
            var isNumber = ahead.ValueTextEquals("num"u8);
            ahead.Read();
            if (isMark && ahead.TokenType == JsonTokenType.True)
            {
                isMarked = true;
            }
            else if (isNumber && ahead.TokenType == JsonTokenType.Number && ahead.ValueSpan.IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0
                && ahead.TryGetInt32(out number))
            {
                digits = new Slice((int)ahead.TokenStartIndex, ahead.ValueSpan.Length);
            }
            else
            {
                return false;
            }
        }

        ahead.Read();
        if (!isMarked || number < 0 || ahead.TokenType != JsonTokenType.EndObject)
        {
            return false;
        }

        placeholder = new Placeholder(digits, number);
        reader = ahead;
        return true;
    }

    private void Add(Slice slice)
    {
        if (Count == _slices.Length)
        {
            Array.Resize(ref _slices, Count * 2);
        }

        _slices[Count++] = slice;
    }

    private static bool IsReserved(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("connect"u8) || name.SequenceEqual("connect_error"u8) || name.SequenceEqual("disconnect"u8)
        || name.SequenceEqual("disconnecting"u8) || name.SequenceEqual("newListener"u8) || name.SequenceEqual("removeListener"u8);
}
