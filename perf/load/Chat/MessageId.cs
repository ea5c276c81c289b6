using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Colloque.Load.Chat;

/// <summary>The <c>clientMsgId</c> of a run's messages: of the length and shape of a UUID, and readable: run, client, place.</summary>
internal static class MessageId
{
    /// <summary>Its length.</summary>
    public const int Length = 36;

    private const int HeadLength = 24;

    /// <summary>What the ids of one client begin with.</summary>
    public static byte[] Head(uint run, int client) => Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{run:x8}-{client:x4}-7000-8000-"));

    /// <summary>Writes the rest of it.</summary>
    public static void WriteTail(int place, Span<byte> twelve)
    {
        for (var i = 11; i >= 0; i--, place >>= 4)
            twelve[i] = "0123456789abcdef"u8[place & 15];
    }

    /// <summary>Reads one; false when it is not of this run.</summary>
    public static bool TryRead(ReadOnlySpan<byte> id, uint run, out int client, out int place)
    {
        client = place = 0;
        return id.Length == Length
            && Utf8Parser.TryParse(id[..8], out uint its, out var read, 'x') && read == 8 && its == run
            && Utf8Parser.TryParse(id.Slice(9, 4), out client, out _, 'x')
            && Utf8Parser.TryParse(id[(HeadLength + 4)..], out place, out _, 'x');
    }
}
