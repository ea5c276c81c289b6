using System.Buffers.Binary;

namespace Colloque.Files;

/// <summary>Reads a picture from its front. Whatever asks for more than there is says so by a refusal, so that the formats' readers need no bounds of their own.</summary>
internal ref struct PictureReader(ReadOnlySpan<byte> content)
{
    private ReadOnlySpan<byte> rest = content;

    /// <summary>What was not read yet.</summary>
    internal readonly ReadOnlySpan<byte> Rest => rest;

    internal readonly bool AtEnd => rest.IsEmpty;

    /// <exception cref="Refusal">422: there are fewer.</exception>
    internal ReadOnlySpan<byte> Take(long count)
    {
        if (count < 0 || count > rest.Length)
        {
            throw PictureRefusals.Unreadable();
        }

        var taken = rest[..(int)count];
        rest = rest[(int)count..];
        return taken;
    }

    internal byte Byte() => Take(1)[0];

    internal ushort BigEndian16() => BinaryPrimitives.ReadUInt16BigEndian(Take(2));

    internal uint BigEndian32() => BinaryPrimitives.ReadUInt32BigEndian(Take(4));

    internal ushort LittleEndian16() => BinaryPrimitives.ReadUInt16LittleEndian(Take(2));

    internal uint LittleEndian32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(4));

    /// <exception cref="Refusal">422: it is something else.</exception>
    internal void Expect(ReadOnlySpan<byte> mark)
    {
        if (!Take(mark.Length).SequenceEqual(mark))
        {
            throw PictureRefusals.Unreadable();
        }
    }
}
