namespace Colloque.Security;

/// <summary>
/// Knows the passwords that are tried first, by the rules they are made by: a word (or two, or one twice) with a few digits or signs
/// around it and letters swapped for look-alikes; a run along the alphabet or the digits; one thing again and again; the person's own
/// name or address. A rule stands for hundreds of thousands of entries of a list, and costs microseconds.
/// </summary>
public static class CommonPasswords
{
    /// <summary>Digits that do not make a word a secret, before or after it, and as many signs beside them. "1234567" and the like count as none.</summary>
    private const int Trimmings = 4;

    /// <summary>Pairs: what is typed, what is meant. Accents go too: é is no secret.</summary>
    private const string LookAlikes = "@a4a0o1i!i3e5s$s7t8b9gàaáaâaäaãaåaçcéeèeêeëeíiìiîiïiñnóoòoôoöoúuùuûuüuýyÿy";

    private static readonly string[] Rows = ["0123456789", "9876543210", "1234567890", "0987654321"];

    /// <summary>Whether a password is one of those.</summary>
    /// <param name="password">As typed.</param>
    /// <param name="personal">The person's address and names, where known.</param>
    public static bool Contains(string password, params ReadOnlySpan<string?> personal)
    {
        var lower = password.Trim().ToLowerInvariant();
        if (IsRun(lower) || IsRepetition(lower) || IsDate(lower) || IsWord(lower, static w => CommonWords.All.Contains(w)))
        {
            return true;
        }

        var own = new HashSet<string>(StringComparer.Ordinal);
        foreach (var text in personal)
        {
            AddPersonal(own, text);
        }

        return own.Contains(lower) || (own.Count > 0 && IsWord(lower, w => own.Contains(w)));
    }

    private static void AddPersonal(HashSet<string> own, string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return;
        }

        var lower = text.ToLowerInvariant();
        own.Add(lower);
        var parts = lower.Split([' ', '.', '-', '_', '@', '+', '\''], StringSplitOptions.RemoveEmptyEntries);
        own.Add(Plain(string.Concat(parts)));
        foreach (var part in parts.Where(static p => p.Length >= 3))
        {
            own.Add(Plain(part));
        }

        if (lower.IndexOf('@', StringComparison.Ordinal) is > 0 and var at)
        {
            own.Add(Plain(string.Concat(lower[..at].Where(char.IsLetterOrDigit))));
        }
    }

    /// <summary>A word, two, or one twice, once what is around is taken off and look-alikes are read as meant.</summary>
    private static bool IsWord(string lower, Func<string, bool> known)
    {
        foreach (var core in Cores(lower))
        {
            if (IsWords(Plain(core), known) || IsWords(core, known))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsWords(string text, Func<string, bool> known)
    {
        var letters = string.Concat(text.Where(static c => c is not (' ' or '-' or '_' or '.')));
        if (known(letters))
        {
            return true;
        }

        for (var cut = 3; cut <= letters.Length - 3; cut++)
        {
            if (known(letters[..cut]) && known(letters[cut..]))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The text itself, and what is left of it without digits and signs at its ends, where those are few or a run.</summary>
    private static IEnumerable<string> Cores(string text)
    {
        yield return text;
        var start = 0;
        while (start < text.Length && !char.IsLetter(text[start]) && text[start] is not ('@' or '$'))
        {
            start++;
        }

        var end = text.Length;
        while (end > start && !char.IsLetter(text[end - 1]))
        {
            end--;
        }

        if (IsTrimming(text[..start]) && IsTrimming(text[end..]))
        {
            yield return text[start..end];
            // A digit at the end may stand for a letter: "bo55" is a word, "boss1" one with a digit.
            for (var later = end + 1; later < text.Length && later <= end + 3; later++)
            {
                yield return text[start..later];
            }
        }
    }

    private static bool IsTrimming(string edge) => (edge.Length <= Trimmings * 2 && edge.Count(char.IsAsciiDigit) <= Trimmings) || IsRun(edge.TrimEnd('!', '?', '.', '*', '#')) || IsRepetition(edge) || IsDate(edge.TrimEnd('!', '.'));

    /// <summary>Along the alphabet, the digits, or a row of the keyboard, either way.</summary>
    private static bool IsRun(string text)
    {
        if (text.Length < 3)
        {
            return false;
        }

        var step = text[1] - text[0];
        return (step is 1 or -1 && !text.Where((c, i) => i > 0 && c - text[i - 1] != step).Any())
            || Array.Exists(Rows, e => e.Contains(text, StringComparison.Ordinal) || (text.Length > 10 && text.StartsWith(e, StringComparison.Ordinal)));
    }

    /// <summary>One to five characters again and again, or hardly two different ones.</summary>
    private static bool IsRepetition(string text)
    {
        if (text.Distinct().Take(3).Count() <= 2)
        {
            return true;
        }

        for (var unit = 2; unit <= 5 && unit * 2 <= text.Length; unit++)
        {
            var part = text[..unit];
            if (!text.Where((c, i) => c != part[i % part.Length]).Any())
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Eight or six digits, with or without signs between, that are a day of somebody's life.</summary>
    private static bool IsDate(string text)
    {
        var digits = string.Concat(text.Where(char.IsAsciiDigit));
        if (digits.Length is not (6 or 8) || text.Length - digits.Length > 2 || text.Any(static c => !char.IsAsciiDigit(c) && c is not ('/' or '-' or '.' or ' ')))
        {
            return false;
        }

        string[] shapes = digits.Length == 8 ? ["ddMMyyyy", "MMddyyyy", "yyyyMMdd"] : ["ddMMyy", "MMddyy", "yyMMdd"];
        return DateOnly.TryParseExact(digits, shapes, null, System.Globalization.DateTimeStyles.None, out var day) && day.Year is >= 1900 and < 2100;
    }

    private static string Plain(string text) => string.Create(text.Length, text, static (plain, text) =>
    {
        for (var i = 0; i < text.Length; i++)
        {
            plain[i] = text[i];
            for (var at = 0; at < LookAlikes.Length; at += 2)
            {
                if (LookAlikes[at] == text[i])
                {
                    plain[i] = LookAlikes[at + 1];
                }
            }
        }
    });
}
