using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace Colloque;

/// <summary>
/// Text in Unicode's composed form (NFC, UAX #15): é is one character, however the keyboard made it. A password typed on a Mac and on Windows,
/// or a name written twice, are otherwise two different texts that look alike.
/// </summary>
/// <remarks>Our own, because <see cref="string.Normalize()"/> does nothing where the program runs without ICU, as this one does on every machine.</remarks>
public static class ComposedText
{
    /// <summary>Below it nothing changes by composition.</summary>
    private const char FirstThatMayChange = '\u0300';

    private const int HangulBase = 0xAC00, LeadBase = 0x1100, VowelBase = 0x1161, TailBase = 0x11A7, LeadCount = 19, VowelCount = 21, TailCount = 28;

    private static readonly Lazy<Tables> Known = new(Tables.Read);

    /// <summary>The composed form. Half a surrogate pair stays as it is. Time grows with the length alone: bound that first.</summary>
    public static string Of(string text)
    {
        if (!text.AsSpan().ContainsAnyInRange(FirstThatMayChange, char.MaxValue))
        {
            return text;
        }

        var points = new List<int>(text.Length + 8);
        for (var i = 0; i < text.Length; i++)
        {
            var pair = char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]);
            Decompose(pair ? char.ConvertToUtf32(text[i], text[++i]) : text[i], points);
        }

        Order(points);
        return Compose(points);
    }

    /// <summary>A character without its accents: its first part, as often as it has parts; U+0000 for a mark that stands by itself. Hangul stays as it is.</summary>
    internal static char Bare(char c)
    {
        if (ClassOf(c) > 0)
        {
            return '\0';
        }

        int point = c;
        while (Known.Value.Parts.TryGetValue(point, out var parts) && parts.First <= char.MaxValue)
        {
            point = parts.First;
        }

        return (char)point;
    }

    private static void Decompose(int point, List<int> into)
    {
        if (point is >= HangulBase and < HangulBase + (LeadCount * VowelCount * TailCount))
        {
            var (lead, rest) = Math.DivRem(point - HangulBase, VowelCount * TailCount);
            into.Add(LeadBase + lead);
            into.Add(VowelBase + (rest / TailCount));
            if (rest % TailCount > 0)
            {
                into.Add(TailBase + (rest % TailCount));
            }
        }
        else if (Known.Value.Parts.TryGetValue(point, out var parts))
        {
            Decompose(parts.First, into);
            if (parts.Second is { } second)
            {
                Decompose(second, into);
            }
        }
        else
        {
            into.Add(point);
        }
    }

    /// <summary>Marks on one letter by their class; marks of one class keep their order.</summary>
    private static void Order(List<int> points)
    {
        for (var from = 0; from < points.Count; from++)
        {
            var to = from;
            while (to < points.Count && ClassOf(points[to]) > 0)
            {
                to++;
            }

            if (to - from > 1)
            {
                var ordered = points[from..to].OrderBy(ClassOf).ToList();
                for (var i = from; i < to; i++)
                {
                    points[i] = ordered[i - from];
                }
            }

            from = to;
        }
    }

    private static string Compose(List<int> points)
    {
        var composed = new List<int>(points.Count);
        var (letter, last) = (-1, 0);
        foreach (var point in points)
        {
            var its = ClassOf(point);
            var reaches = letter >= 0 && (composed.Count - 1 == letter || last < its);
            if (reaches && Pair(composed[letter], point) is { } one)
            {
                composed[letter] = one;
                continue;
            }

            (letter, last) = (its == 0 ? composed.Count : letter, its);
            composed.Add(point);
        }

        var text = new StringBuilder(composed.Count);
        foreach (var point in composed)
        {
            _ = point > char.MaxValue ? text.Append(char.ConvertFromUtf32(point)) : text.Append((char)point);
        }

        return text.ToString();
    }

    private static int? Pair(int first, int second)
    {
        if (first - LeadBase is >= 0 and < LeadCount and var lead && second - VowelBase is >= 0 and < VowelCount and var vowel)
        {
            return HangulBase + (((lead * VowelCount) + vowel) * TailCount);
        }

        if (first is >= HangulBase and < HangulBase + (LeadCount * VowelCount * TailCount) && (first - HangulBase) % TailCount == 0 && second - TailBase is > 0 and < TailCount and var tail)
        {
            return first + tail;
        }

        return Known.Value.Pairs.TryGetValue((first, second), out var one) ? one : null;
    }

    private static int ClassOf(int point) => point < FirstThatMayChange ? 0 : Known.Value.Classes.GetValueOrDefault(point);

    /// <param name="Classes">Of combining marks; of all else 0.</param>
    /// <param name="Parts">What a character decomposes into.</param>
    /// <param name="Pairs">What two compose to.</param>
    private sealed record Tables(FrozenDictionary<int, byte> Classes, FrozenDictionary<int, (int First, int? Second)> Parts, FrozenDictionary<(int, int), int> Pairs)
    {
        internal static Tables Read()
        {
            var (classes, parts, pairs) = (new Dictionary<int, byte>(), new Dictionary<int, (int, int?)>(), new Dictionary<(int, int), int>());
            using var reader = new StreamReader(typeof(ComposedText).Assembly.GetManifestResourceStream("Colloque.ComposedText.txt")!);
            while (reader.ReadLine() is { } line)
            {
                var fields = line.TrimStart('=', '<').Split(' ');
                if (line[0] is '=' or '<')
                {
                    var (whole, first, second) = (Hex(fields[0]), Hex(fields[1]), fields.Length > 2 ? Hex(fields[2]) : (int?)null);
                    parts[whole] = (first, second);
                    if (line[0] == '=')
                    {
                        pairs[(first, second!.Value)] = whole;
                    }
                }
                else if (line[0] != '#')
                {
                    for (var (point, end) = (Hex(fields[1]), Hex(fields[2])); point <= end; point++)
                    {
                        classes[point] = byte.Parse(fields[0], CultureInfo.InvariantCulture);
                    }
                }
            }

            return new(classes.ToFrozenDictionary(), parts.ToFrozenDictionary(), pairs.ToFrozenDictionary());
        }

        private static int Hex(string text) => int.Parse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
    }
}
