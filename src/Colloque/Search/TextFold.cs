using System.Buffers;

namespace Colloque.Search;

/// <summary>Text as it is compared in a search: without accents and without case; œ is oe, ß is ss. Each character is folded by itself, so that a place found can be shown in the text.</summary>
public static class TextFold
{
    /// <summary>What one character becomes at most.</summary>
    private const int MostPerCharacter = 2;

    /// <summary>A character that leaves nothing: a combining mark.</summary>
    private const char Nothing = '\0';

    private static readonly Lazy<char[]> Map = new(MakeMap);

    /// <summary>The folded text.</summary>
    public static string Of(string text)
    {
        var buffer = ArrayPool<char>.Shared.Rent(text.Length * MostPerCharacter);
        try
        {
            return new(buffer, 0, Into(text, buffer));
        }
        finally
        {
            ArrayPool<char>.Shared.Return(buffer);
        }
    }

    /// <summary>Folds into a buffer of twice the text's length, and returns how much it took.</summary>
    internal static int Into(ReadOnlySpan<char> text, Span<char> buffer)
    {
        var map = Map.Value;
        var length = 0;
        foreach (var c in text)
        {
            length = Put(map, c, buffer, length);
        }

        return length;
    }

    /// <summary>Where a stretch of the folded text lies in the text itself; marks that follow its last letter belong to it.</summary>
    internal static (int Start, int Length) Place(ReadOnlySpan<char> text, int start, int length)
    {
        var map = Map.Value;
        Span<char> one = stackalloc char[MostPerCharacter];
        var (at, from, to) = (0, -1, text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var put = Put(map, text[i], one, 0);
            if (at >= start + length && put > 0)
            {
                to = i;
                break;
            }

            if (from < 0 && at + put > start)
            {
                from = i;
            }

            at += put;
        }

        return from < 0 ? (text.Length, 0) : (from, to - from);
    }

    private static int Put(char[] map, char c, Span<char> buffer, int at)
    {
        switch (c)
        {
            case 'œ' or 'Œ':
                buffer[at] = 'o';
                buffer[at + 1] = 'e';
                return at + 2;
            case 'æ' or 'Æ':
                buffer[at] = 'a';
                buffer[at + 1] = 'e';
                return at + 2;
            case 'ß' or 'ẞ':
                buffer[at] = buffer[at + 1] = 's';
                return at + 2;
        }

        var folded = map[c];
        if (folded == Nothing)
        {
            return at;
        }

        buffer[at] = folded;
        return at + 1;
    }

    private static char[] MakeMap()
    {
        var map = new char[char.MaxValue + 1];
        for (var c = 0; c <= char.MaxValue; c++)
        {
            var bare = char.ToLowerInvariant(ComposedText.Bare((char)c));
            // Of a letter that has no decomposition, what people type for it.
            map[c] = bare switch
            {
                'ø' => 'o',
                'ł' => 'l',
                'đ' => 'd',
                'ı' => 'i',
                '’' or '‘' or 'ʼ' => '\'',
                '\u00a0' or '\u202f' or '\n' or '\t' or '\r' => ' ',
                _ => bare,
            };
        }

        return map;
    }
}
