using System.Buffers;

namespace Colloque.Search;

/// <summary>Whether all terms occur in a message, and where. One per search: it keeps its buffer.</summary>
internal sealed class TermMatcher(IReadOnlyList<string> terms) : IDisposable
{
    private char[] buffer = ArrayPool<char>.Shared.Rent(2 * 8_000);

    /// <summary>True when each term is in the text, or in one of the names.</summary>
    internal bool IsIn(string? text, IReadOnlyList<string> names)
    {
        var folded = Fold(text ?? "");
        foreach (var term in terms)
        {
            if (folded.IndexOf(term, StringComparison.Ordinal) < 0 && !names.Any(n => TextFold.Of(n).Contains(term, StringComparison.Ordinal)))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Every occurrence of every term, in order, those that touch or overlap as one.</summary>
    internal IReadOnlyList<SearchHighlight> Places(string? text)
    {
        if (text is null)
        {
            return [];
        }

        var folded = Fold(text);
        var found = new List<(int Start, int End)>();
        foreach (var term in terms)
        {
            for (var at = 0; folded[at..].IndexOf(term, StringComparison.Ordinal) is >= 0 and var next; at += next + term.Length)
            {
                var (start, length) = TextFold.Place(text, at + next, term.Length);
                found.Add((start, start + length));
            }
        }

        found.Sort();
        var places = new List<SearchHighlight>(found.Count);
        foreach (var (start, end) in found)
        {
            if (places is [.., var last] && start <= last.Start + last.Length)
            {
                places[^1] = last with { Length = Math.Max(last.Length, end - last.Start) };
            }
            else
            {
                places.Add(new(start, end - start));
            }
        }

        return places;
    }

    public void Dispose() => ArrayPool<char>.Shared.Return(buffer, clearArray: true);

    private ReadOnlySpan<char> Fold(string text)
    {
        if (buffer.Length < 2 * text.Length)
        {
            ArrayPool<char>.Shared.Return(buffer, clearArray: true);
            buffer = ArrayPool<char>.Shared.Rent(2 * text.Length);
        }

        return buffer.AsSpan(0, TextFold.Into(text, buffer));
    }
}
