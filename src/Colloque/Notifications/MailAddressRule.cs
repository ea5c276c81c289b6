using System.Buffers;
using System.Globalization;

namespace Colloque.Notifications;

/// <summary>Which addresses mail can go to: RFC 5322's dot-atom before the <c>@</c>, a host name behind it. What needs quoting is refused, and so is everything that could end a header or a command.</summary>
public static class MailAddressRule
{
    // RFC 5321, 4.5.3.1: octets.
    private const int MaxLocal = 64;
    private const int MaxLength = 254;

    private static readonly SearchValues<char> Atom = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#$%&'*+-/=?^_`{|}~");
    private static readonly SearchValues<char> Host = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-");

    /// <summary>The address as it goes onto the wire, in ASCII (an international host name in its A-label); null where no mail can go.</summary>
    public static string? Find(string? address)
    {
        if (address is null || address.Length > MaxLength || address.Any(static c => char.IsControl(c) || char.IsWhiteSpace(c)))
        {
            return null;
        }

        var at = address.LastIndexOf('@');
        if (at is < 1 or > MaxLocal || !IsDotted(address.AsSpan(0, at), Atom, MaxLocal) || HostOf(address[(at + 1)..]) is not { } host)
        {
            return null;
        }

        var whole = $"{address.AsSpan(0, at)}@{host}";
        return whole.Length <= MaxLength ? whole : null;
    }

    private static string? HostOf(string text)
    {
        try
        {
            var host = text.Length == 0 ? "" : new IdnMapping { UseStd3AsciiRules = true }.GetAscii(text).ToLowerInvariant();
            // A label is 1 to 63 letters, digits and inner hyphens (RFC 1123, 2.1).
            return IsDotted(host, Host, 63) && host.Split('.').All(static l => l[0] != '-' && l[^1] != '-') ? host : null;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static bool IsDotted(ReadOnlySpan<char> text, SearchValues<char> allowed, int longest)
    {
        foreach (var range in text.Split('.'))
        {
            var part = text[range];
            if (part.IsEmpty || part.Length > longest || part.ContainsAnyExcept(allowed))
            {
                return false;
            }
        }

        return true;
    }
}
