using System.Buffers.Binary;
using System.Text;

namespace Colloque.Files;

/// <summary>A part of a package, as its directory states it.</summary>
/// <param name="Name">A path with slashes.</param>
/// <param name="Flags">Bit 0: sealed with a password.</param>
/// <param name="Method">0 stored, 8 deflated.</param>
/// <param name="Packed">Bytes it takes.</param>
/// <param name="Unpacked">Bytes it has.</param>
/// <param name="Header">Where the header before its bytes lies.</param>
internal sealed record PackagePart(string Name, ushort Flags, ushort Method, uint Packed, uint Unpacked, uint Header);

/// <summary>
/// A Word document as a ZIP package (ISO/IEC 29500-2), told by its directory alone: nothing is unpacked, so no bomb goes off here, and one
/// that would go off elsewhere is refused by what its directory states. What the parts hold is <see cref="PackageCheck"/>'s to judge.
/// </summary>
internal static class WordPackage
{
    private const int MaxEntries = 4_096;
    private const int MaxDirectory = 1 << 20;
    private const long MaxUnpacked = 256L << 20;

    // End of central directory: 22 bytes and a comment of at most 65,535.
    private const int EndSize = 22;
    private const int EntrySize = 46;

    /// <summary>True for a document with a body, and of a sound size when unpacked.</summary>
    internal static async Task<bool> IsAsync(Stream content, CancellationToken cancellationToken) => await PartsAsync(content, cancellationToken) is not null;

    /// <summary>The document's parts; null for what is no document.</summary>
    internal static async Task<List<PackagePart>?> PartsAsync(Stream content, CancellationToken cancellationToken)
    {
        if (!await StartsAsEntryAsync(content, cancellationToken) || await FindDirectoryAsync(content, cancellationToken) is not { } directory)
        {
            return null;
        }

        var bytes = new byte[directory.Size];
        content.Position = directory.Offset;
        await content.ReadExactlyAsync(bytes, cancellationToken);
        return Judge(bytes, directory.Entries);
    }

    private static async Task<bool> StartsAsEntryAsync(Stream content, CancellationToken cancellationToken)
    {
        if (content.Length < EntrySize)
        {
            return false;
        }

        // A package begins with its first entry; bytes before it would make it two files in one.
        var head = new byte[4];
        content.Position = 0;
        await content.ReadExactlyAsync(head, cancellationToken);
        return head.AsSpan().SequenceEqual("PK\u0003\u0004"u8);
    }

    private static async Task<(int Offset, int Size, int Entries)?> FindDirectoryAsync(Stream content, CancellationToken cancellationToken)
    {
        var tail = new byte[(int)Math.Min(content.Length, EndSize + ushort.MaxValue)];
        content.Position = content.Length - tail.Length;
        await content.ReadExactlyAsync(tail, cancellationToken);
        var at = tail.AsSpan(0, Math.Max(0, tail.Length - EndSize + 4)).LastIndexOf("PK\u0005\u0006"u8);
        if (at < 0 || tail.Length - at < EndSize)
        {
            return null;
        }

        var end = tail.AsSpan(at);
        var entries = BinaryPrimitives.ReadUInt16LittleEndian(end[10..]);
        var size = BinaryPrimitives.ReadUInt32LittleEndian(end[12..]);
        var offset = BinaryPrimitives.ReadUInt32LittleEndian(end[16..]);
        // A ZIP64 or a directory beyond these bounds belongs to no document of 10 MiB.
        var sound = entries is > 0 and <= MaxEntries && size <= MaxDirectory && offset + (long)size <= content.Length - tail.Length + at;
        return sound ? ((int)offset, (int)size, entries) : null;
    }

    private static List<PackagePart>? Judge(ReadOnlySpan<byte> directory, int entries)
    {
        var (body, types, unpacked, parts) = (false, false, 0L, new List<PackagePart>(entries));
        for (var i = 0; i < entries; i++)
        {
            if (directory.Length < EntrySize || !directory.StartsWith("PK\u0001\u0002"u8))
            {
                return null;
            }

            unpacked += BinaryPrimitives.ReadUInt32LittleEndian(directory[24..]);
            var nameLength = BinaryPrimitives.ReadUInt16LittleEndian(directory[28..]);
            var length = EntrySize + nameLength + BinaryPrimitives.ReadUInt16LittleEndian(directory[30..]) + BinaryPrimitives.ReadUInt16LittleEndian(directory[32..]);
            if (directory.Length < length)
            {
                return null;
            }

            var name = Encoding.UTF8.GetString(directory.Slice(EntrySize, nameLength));
            body |= name.Equals("word/document.xml", StringComparison.OrdinalIgnoreCase);
            types |= name.Equals("[Content_Types].xml", StringComparison.OrdinalIgnoreCase);
            if (unpacked > MaxUnpacked || Leaves(name))
            {
                return null;
            }

            parts.Add(new(
                name, BinaryPrimitives.ReadUInt16LittleEndian(directory[8..]), BinaryPrimitives.ReadUInt16LittleEndian(directory[10..]),
                BinaryPrimitives.ReadUInt32LittleEndian(directory[20..]), BinaryPrimitives.ReadUInt32LittleEndian(directory[24..]), BinaryPrimitives.ReadUInt32LittleEndian(directory[42..])));
            directory = directory[length..];
        }

        return body && types ? parts : null;
    }

    private static bool Leaves(string name) =>
        name.Contains("..", StringComparison.Ordinal) || name.Contains('\\', StringComparison.Ordinal) || name.StartsWith('/');
}
