using System.Buffers.Binary;
using System.Buffers.Text;

namespace Colloque;

/// <summary>Opaque cursors: base64url of a version byte and a position. What does not decode is refused by its field.</summary>
public static class PageCursor
{
    /// <summary>A position in a conversation.</summary>
    public static string OfSeq(long seq)
    {
        Span<byte> bytes = stackalloc byte[9];
        bytes[0] = 1;
        BinaryPrimitives.WriteInt64BigEndian(bytes[1..], seq);
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>Null for the start.</summary>
    /// <exception cref="Refusal">422 <c>cursor</c>.</exception>
    public static long? ToSeq(string? cursor)
    {
        if (cursor is null)
        {
            return null;
        }

        Span<byte> bytes = stackalloc byte[9];
        if (!TryDecode(cursor, bytes, 1) || BinaryPrimitives.ReadInt64BigEndian(bytes[1..]) is not (> 0 and var seq))
        {
            throw Refusal.Invalid("cursor");
        }

        return seq;
    }

    /// <summary>A position in a list ordered by time and id.</summary>
    public static string OfTime(DateTimeOffset time, Guid id)
    {
        Span<byte> bytes = stackalloc byte[25];
        bytes[0] = 2;
        BinaryPrimitives.WriteInt64BigEndian(bytes[1..], time.UtcTicks);
        id.TryWriteBytes(bytes[9..], bigEndian: true, out _);
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>Null for the start.</summary>
    /// <exception cref="Refusal">422 <c>cursor</c>.</exception>
    public static (DateTimeOffset Time, Guid Id)? ToTime(string? cursor)
    {
        if (cursor is null)
        {
            return null;
        }

        Span<byte> bytes = stackalloc byte[25];
        if (!TryDecode(cursor, bytes, 2) || BinaryPrimitives.ReadInt64BigEndian(bytes[1..]) is not (>= 0 and <= 3155378975999999999 and var ticks))
        {
            throw Refusal.Invalid("cursor");
        }

        return (new DateTimeOffset(ticks, TimeSpan.Zero), new Guid(bytes[9..], bigEndian: true));
    }

    /// <summary>A position in what was said in many conversations, by time.</summary>
    public static string OfPlace(DateTimeOffset time, Guid conversationId, long seq)
    {
        Span<byte> bytes = stackalloc byte[33];
        bytes[0] = 3;
        BinaryPrimitives.WriteInt64BigEndian(bytes[1..], time.UtcTicks);
        conversationId.TryWriteBytes(bytes[9..], bigEndian: true, out _);
        BinaryPrimitives.WriteInt64BigEndian(bytes[25..], seq);
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>Null for the start.</summary>
    /// <exception cref="Refusal">422 <c>cursor</c>.</exception>
    public static (DateTimeOffset Time, Guid ConversationId, long Seq)? ToPlace(string? cursor)
    {
        if (cursor is null)
        {
            return null;
        }

        Span<byte> bytes = stackalloc byte[33];
        if (!TryDecode(cursor, bytes, 3) || BinaryPrimitives.ReadInt64BigEndian(bytes[1..]) is not (>= 0 and <= 3155378975999999999 and var ticks))
        {
            throw Refusal.Invalid("cursor");
        }

        return (new DateTimeOffset(ticks, TimeSpan.Zero), new Guid(bytes[9..25], bigEndian: true), BinaryPrimitives.ReadInt64BigEndian(bytes[25..]));
    }

    private static bool TryDecode(string cursor, Span<byte> bytes, byte version) =>
        cursor.Length == Base64Url.GetEncodedLength(bytes.Length)
        && Base64Url.IsValid(cursor)
        && Base64Url.TryDecodeFromChars(cursor, bytes, out var written)
        && written == bytes.Length
        && bytes[0] == version;
}
