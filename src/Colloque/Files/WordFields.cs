using System.Buffers;

namespace Colloque.Files;

/// <summary>
/// Fields in the text of a Word 97-2003 document: 0x13, what the field is told, 0x14 or 0x15, in one or two bytes a character. Where the text lies takes tables to find, which a hostile
/// file need not keep; so the whole file is looked through, once.
/// </summary>
internal static class WordFields
{
    private const int BufferSize = 64 * 1024;

    /// <summary>Bytes after the mark that are looked at: spaces and the longest name, in two bytes each.</summary>
    private const int Reach = 96;

    private static readonly byte[][] Names = [.. ((string[])["DDE", "DDEAUTO", "INCLUDETEXT", "INCLUDEPICTURE", "INCLUDE", "IMPORT", "LINK", "DATABASE"]).Select(System.Text.Encoding.ASCII.GetBytes)];

    /// <summary>True for one that starts a program, or fetches something from outside.</summary>
    internal static async Task<bool> ActAsync(Stream content, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            for (var at = 0L; at < content.Length;)
            {
                content.Position = at;
                var read = await content.ReadAtLeastAsync(buffer.AsMemory(0, BufferSize), BufferSize, throwOnEndOfStream: false, cancellationToken);
                if (Act(buffer.AsSpan(0, read)))
                {
                    return true;
                }

                // What began in the last bytes is seen whole with the next.
                at += at + read >= content.Length ? read : read - Reach;
            }

            return false;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        }
    }

    private static bool Act(ReadOnlySpan<byte> bytes)
    {
        for (var next = bytes.IndexOf((byte)0x13); next >= 0; next = bytes.IndexOf((byte)0x13))
        {
            bytes = bytes[(next + 1)..];
            var told = bytes[..Math.Min(Reach, bytes.Length)];
            if (IsActing(told, 1) || (told.Length > 0 && told[0] == 0 && IsActing(told[1..], 2)))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsActing(ReadOnlySpan<byte> told, int width)
    {
        Span<byte> word = stackalloc byte[16];
        var length = 0;
        for (var i = 0; i < told.Length && length < word.Length; i += width)
        {
            if (width == 2 && i + 1 < told.Length && told[i + 1] != 0)
            {
                break;
            }

            var c = told[i];
            if (char.IsAsciiLetter((char)c))
            {
                word[length++] = (byte)(c & 0xDF);
            }
            else if (length > 0 || c is not ((byte)' ' or (byte)'\t' or (byte)'"'))
            {
                break;
            }
        }

        foreach (var name in Names)
        {
            if (word[..length].SequenceEqual(name))
            {
                return true;
            }
        }

        return false;
    }
}
