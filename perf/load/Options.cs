using System.Globalization;

namespace Colloque.Load;

/// <summary>The command line after the mode: <c>--name value</c>, or <c>--name</c> alone.</summary>
internal sealed class Options
{
    private readonly Dictionary<string, string> values = new(StringComparer.Ordinal);

    /// <summary>Reads them.</summary>
    /// <exception cref="FormatException">Something is not an option.</exception>
    public Options(ReadOnlySpan<string> words)
    {
        for (var i = 0; i < words.Length; i++)
        {
            if (!words[i].StartsWith("--", StringComparison.Ordinal))
                throw new FormatException($"'{words[i]}' is not an option.");
            var hasValue = i + 1 < words.Length && !words[i + 1].StartsWith("--", StringComparison.Ordinal);
            values[words[i][2..]] = hasValue ? words[++i] : "";
        }
    }

    /// <summary>Whether it was given.</summary>
    public bool Has(string name) => values.ContainsKey(name);

    /// <summary>Its text.</summary>
    public string Text(string name, string otherwise) => values.GetValueOrDefault(name, otherwise);

    /// <summary>Its text, which must be there.</summary>
    /// <exception cref="FormatException">It is not.</exception>
    public string Required(string name) =>
        values.TryGetValue(name, out var value) && value.Length > 0 ? value : throw new FormatException($"--{name} is missing.");

    /// <summary>Its number.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public int Number(string name, int otherwise) =>
        !values.TryGetValue(name, out var value) ? otherwise
        : int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
        : throw new FormatException($"--{name} takes a whole number.");

    /// <summary>The server's address.</summary>
    /// <exception cref="FormatException">It is not one.</exception>
    public Uri Url() =>
        Uri.TryCreate(Required("url"), UriKind.Absolute, out var url) && url.Scheme == Uri.UriSchemeHttp
            ? url
            : throw new FormatException("--url takes an address such as http://127.0.0.1:5080.");
}
