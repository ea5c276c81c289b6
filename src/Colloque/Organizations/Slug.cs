using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Colloque.People;

namespace Colloque.Organizations;

/// <summary>An organization's short name, as it stands in addresses: lower-case letters, digits and hyphens.</summary>
internal static partial class Slug
{
    private const int MaxLength = 60;

    /// <exception cref="Refusal">422 <c>slug</c>.</exception>
    internal static string Parse(string text) => Pattern().IsMatch(text) ? text : throw Refusal.Invalid("slug");

    /// <summary>One made of a name, with the end of an id where it is to be no other's.</summary>
    internal static string Of(string name, Guid? unlike = null)
    {
        var slug = new StringBuilder(MaxLength);
        foreach (var c in Folding.Fold(name))
        {
            if (c is (>= 'a' and <= 'z') or (>= '0' and <= '9'))
            {
                slug.Append(c);
            }
            else if (slug.Length > 0 && slug[^1] != '-')
            {
                slug.Append('-');
            }
        }

        var text = slug.ToString().Trim('-');
        text = text.Length == 0 ? "organization" : text;
        var tail = unlike is { } id ? string.Create(CultureInfo.InvariantCulture, $"-{id.ToString("N")[^6..]}") : "";
        return text[..Math.Min(text.Length, MaxLength - tail.Length)].Trim('-') + tail;
    }

    [GeneratedRegex("^[a-z0-9-]{1,60}\\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 100)]
    private static partial Regex Pattern();
}
