using System.Buffers.Binary;
using System.Text;

namespace Colloque.Files;

/// <summary>
/// A Word 97-2003 document: a compound file ([MS-CFB]) whose directory has the stream "WordDocument" ([MS-DOC] 2.1). Macros and packed
/// programs show in the directory too; what fields do stands in the text (<see cref="WordFields"/>). Only the directory's chain of sectors is followed, and no further than a document of 10 MiB can reach.
/// </summary>
internal static class WordBinary
{
    private const int HeaderSize = 512;
    private const int EntrySize = 128;
    private const int HeaderTables = 109;
    private const int MaxDirectorySectors = 1_024;
    private const uint LastRegularSector = 0xFFFFFFFA;

    // Storages of macros ([MS-OVBA] 2.2.1), what the packager makes of any file put into a document, controls, and a second document in the same file: which of the two opens is the
    // reader's choice.
    private static readonly string[] Acting =
        ["Macros", "_VBA_PROJECT_CUR", "_VBA_PROJECT", "VBA", "\u0001Ole10Native", "Package", "\u0003OCXNAME", "\u0003OCXDATA", "Workbook", "Book", "PowerPoint Document", "EncryptedPackage"];

    /// <summary>True for a document, whatever else is in it.</summary>
    internal static async Task<bool> IsAsync(Stream content, CancellationToken cancellationToken) =>
        await NamesAsync(content, cancellationToken) is { } names && names.Contains("WordDocument");

    /// <summary>True for one with macros, an object of another program in it, or a field that starts or fetches something.</summary>
    internal static async Task<bool> ActsAsync(Stream content, CancellationToken cancellationToken) =>
        await NamesAsync(content, cancellationToken) is { } names && (names.Overlaps(Acting) || names.Any(IsObject) || await WordFields.ActAsync(content, cancellationToken));

    /// <summary>An embedded object's storage ([MS-DOC] 2.9.20): an underscore and its number.</summary>
    private static bool IsObject(string name) => name.Length > 6 && name[0] == '_' && name.AsSpan(1).IndexOfAnyExceptInRange('0', '9') < 0;

    /// <summary>The names in the directory, which differ by more than their case; null for what is no compound file.</summary>
    private static async Task<HashSet<string>?> NamesAsync(Stream content, CancellationToken cancellationToken)
    {
        if (content.Length < 3 * HeaderSize)
        {
            return null;
        }

        var header = new byte[HeaderSize];
        content.Position = 0;
        await content.ReadExactlyAsync(header, cancellationToken);
        var shift = BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(30));
        if (!header.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]) || shift is not (9 or 12))
        {
            return null;
        }

        return await NamesAsync(content, header, 1 << shift, cancellationToken);
    }

    private static async Task<HashSet<string>?> NamesAsync(Stream content, byte[] header, int sectorSize, CancellationToken cancellationToken)
    {
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var sector = BinaryPrimitives.ReadUInt32LittleEndian(header.AsSpan(48));
        for (var count = 0; sector <= LastRegularSector; count++)
        {
            // A chain longer than any directory is a circle.
            if (count == MaxDirectorySectors || await ReadSectorAsync(content, sector, sectorSize, cancellationToken) is not { } entries)
            {
                return null;
            }

            for (var at = 0; at < sectorSize; at += EntrySize)
            {
                names.Add(NameOf(entries.AsSpan(at, EntrySize)));
            }

            if (await NextAsync(content, header, sector, sectorSize, cancellationToken) is not { } next)
            {
                return null;
            }

            sector = next;
        }

        return names;
    }

    private static async Task<uint?> NextAsync(Stream content, byte[] header, uint sector, int sectorSize, CancellationToken cancellationToken)
    {
        var perSector = (uint)(sectorSize / 4);
        return await TableAsync(content, header, (int)(sector / perSector), sectorSize, cancellationToken) is { } table
            && await ReadSectorAsync(content, table, sectorSize, cancellationToken) is { } entries
                ? BinaryPrimitives.ReadUInt32LittleEndian(entries.AsSpan((int)(4 * (sector % perSector))))
                : null;
    }

    /// <summary>
    /// Where a part of the allocation table lies. The header lists the first 109 sectors of it (6.8 MiB of content), one sector more the
    /// next 127: together beyond what a file may have.
    /// </summary>
    private static async Task<uint?> TableAsync(Stream content, byte[] header, int index, int sectorSize, CancellationToken cancellationToken)
    {
        if (index < HeaderTables)
        {
            return BinaryPrimitives.ReadUInt32LittleEndian(header.AsSpan(76 + (4 * index)));
        }

        var more = BinaryPrimitives.ReadUInt32LittleEndian(header.AsSpan(68));
        return index - HeaderTables < (sectorSize / 4) - 1 && await ReadSectorAsync(content, more, sectorSize, cancellationToken) is { } entries
            ? BinaryPrimitives.ReadUInt32LittleEndian(entries.AsSpan(4 * (index - HeaderTables)))
            : null;
    }

    private static async Task<byte[]?> ReadSectorAsync(Stream content, uint sector, int sectorSize, CancellationToken cancellationToken)
    {
        var at = (sector + 1L) * sectorSize;
        if (sector > LastRegularSector || at + sectorSize > content.Length)
        {
            return null;
        }

        var bytes = new byte[sectorSize];
        content.Position = at;
        await content.ReadExactlyAsync(bytes, cancellationToken);
        return bytes;
    }

    private static string NameOf(ReadOnlySpan<byte> entry)
    {
        // In bytes, with its terminator.
        var length = BinaryPrimitives.ReadUInt16LittleEndian(entry[64..]);
        return length is >= 4 and <= 64 ? Encoding.Unicode.GetString(entry[..(length - 2)]) : "";
    }
}
