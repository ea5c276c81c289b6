using System.Buffers.Binary;
using System.Text;

namespace Colloque.Server.Media;

/// <summary>As much of STUN (RFC 8489) as it takes to ask a server who it is: a Binding request, and what its answer says in SOFTWARE.</summary>
internal static class StunMessage
{
    /// <summary>Type, length, magic cookie, transaction id (section 5).</summary>
    internal const int HeaderBytes = 20;

    internal const int TransactionBytes = 12;

    /// <summary>An answer longer than this is none: by UDP it would not have come in one piece.</summary>
    internal const int MostBytes = 1500;

    private const ushort BindingRequest = 0x0001;
    private const ushort BindingSuccess = 0x0101;
    private const ushort BindingError = 0x0111;
    private const uint MagicCookie = 0x2112A442;
    private const ushort Software = 0x8022;
    private const ushort Fingerprint = 0x8028;

    /// <summary>What a checksum is mixed with, so that it is no other protocol's (section 14.7).</summary>
    private const uint FingerprintMask = 0x5354554E;

    /// <summary>SOFTWARE has fewer than 128 characters, so at most 763 bytes (section 14.14).</summary>
    private const int MostSoftwareBytes = 763;

    /// <summary>A request with nothing but a fingerprint.</summary>
    /// <param name="transaction">12 random bytes.</param>
    internal static byte[] Ask(ReadOnlySpan<byte> transaction)
    {
        var message = new byte[HeaderBytes + 8];
        BinaryPrimitives.WriteUInt16BigEndian(message, BindingRequest);
        BinaryPrimitives.WriteUInt16BigEndian(message.AsSpan(2), 8);
        BinaryPrimitives.WriteUInt32BigEndian(message.AsSpan(4), MagicCookie);
        transaction[..TransactionBytes].CopyTo(message.AsSpan(8));
        BinaryPrimitives.WriteUInt16BigEndian(message.AsSpan(HeaderBytes), Fingerprint);
        BinaryPrimitives.WriteUInt16BigEndian(message.AsSpan(HeaderBytes + 2), 4);
        BinaryPrimitives.WriteUInt32BigEndian(message.AsSpan(HeaderBytes + 4), FingerprintOf(message.AsSpan(0, HeaderBytes)));
        return message;
    }

    /// <summary>How long a message is whose header this is; 0: it is no STUN's.</summary>
    internal static int LengthOf(ReadOnlySpan<byte> header)
    {
        if (header.Length < HeaderBytes || (header[0] & 0xC0) != 0 || BinaryPrimitives.ReadUInt32BigEndian(header[4..]) != MagicCookie)
        {
            return 0;
        }

        var length = BinaryPrimitives.ReadUInt16BigEndian(header[2..]);
        return (length & 3) == 0 && HeaderBytes + length <= MostBytes ? HeaderBytes + length : 0;
    }

    /// <summary>True for a whole answer to this request, also one that refuses: whoever refuses is there.</summary>
    /// <param name="message">From the network: anything.</param>
    /// <param name="transaction">Of the request.</param>
    /// <param name="software">What the server says it is; null where it does not.</param>
    internal static bool TryRead(ReadOnlySpan<byte> message, ReadOnlySpan<byte> transaction, out string? software)
    {
        software = null;
        if (LengthOf(message) != message.Length || message.Length == 0 || !message.Slice(8, TransactionBytes).SequenceEqual(transaction))
        {
            return false;
        }

        if (BinaryPrimitives.ReadUInt16BigEndian(message) is not (BindingSuccess or BindingError))
        {
            return false;
        }

        for (var at = HeaderBytes; at < message.Length;)
        {
            var type = BinaryPrimitives.ReadUInt16BigEndian(message[at..]);
            int length = BinaryPrimitives.ReadUInt16BigEndian(message[(at + 2)..]);
            var value = at + 4;
            // Padded to four bytes.
            var next = value + ((length + 3) & ~3);
            if (next > message.Length)
            {
                return false;
            }

            if (type == Software && software is null && length <= MostSoftwareBytes)
            {
                software = Plain(message.Slice(value, length));
            }
            else if (type == Fingerprint && (length != 4 || BinaryPrimitives.ReadUInt32BigEndian(message[value..]) != FingerprintOf(message[..at])))
            {
                return false;
            }

            at = next;
        }

        return true;
    }

    /// <summary>It goes into logs and onto a page: nothing but what can be printed.</summary>
    private static string Plain(ReadOnlySpan<byte> value) => string.Concat(Encoding.UTF8.GetString(value).Where(static c => c is >= ' ' and < (char)127).Take(64));

    private static uint FingerprintOf(ReadOnlySpan<byte> before) => Checksum(before) ^ FingerprintMask;

    /// <summary>CRC-32 of ITU V.42, bit by bit: a few bytes every few minutes.</summary>
    private static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        var rest = uint.MaxValue;
        foreach (var one in bytes)
        {
            rest ^= one;
            for (var bit = 0; bit < 8; bit++)
            {
                rest = (rest >> 1) ^ ((rest & 1) != 0 ? 0xEDB88320 : 0);
            }
        }

        return ~rest;
    }
}
