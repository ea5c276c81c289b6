using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Colloque.Audit;

/// <summary>
/// Values as bytes that can mean one thing only: each is its length (32 bits, big endian; all ones for null) and itself, so that no two
/// lists of values give the same bytes.
/// </summary>
internal sealed class AuditBytes
{
    private readonly ArrayBufferWriter<byte> bytes = new(512);

    /// <param name="purpose">The first value: bytes made for one purpose are never those of another.</param>
    internal AuditBytes(string purpose) => Add(purpose);

    internal AuditBytes Add(Guid? value)
    {
        if (value is not { } id)
        {
            return Add((byte[]?)null);
        }

        Span<byte> text = stackalloc byte[16];
        id.TryWriteBytes(text, bigEndian: true, out _);
        return Put(text);
    }

    internal AuditBytes Add(string? value) => Add(value is null ? null : Encoding.UTF8.GetBytes(value));

    internal AuditBytes Add(long value)
    {
        Span<byte> number = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(number, value);
        return Put(number);
    }

    /// <summary>To the microsecond: what the database does not keep must not count.</summary>
    internal AuditBytes Add(DateTimeOffset value) => Add((value.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond);

    internal AuditBytes Add(byte[]? value)
    {
        if (value is not null)
        {
            return Put(value);
        }

        BinaryPrimitives.WriteUInt32BigEndian(bytes.GetSpan(4), uint.MaxValue);
        bytes.Advance(4);
        return this;
    }

    internal byte[] ToArray() => bytes.WrittenSpan.ToArray();

    private AuditBytes Put(ReadOnlySpan<byte> value)
    {
        BinaryPrimitives.WriteInt32BigEndian(bytes.GetSpan(4), value.Length);
        bytes.Advance(4);
        bytes.Write(value);
        return this;
    }
}
