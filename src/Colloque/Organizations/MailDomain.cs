using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace Colloque.Organizations;

/// <summary>The domain of an organization's addresses.</summary>
internal static partial class MailDomain
{
    /// <summary>Where anybody gets an address: whoever owned one of these would let everybody in.</summary>
    private static readonly FrozenSet<string> Public = FrozenSet.Create(
        StringComparer.Ordinal,
        "gmail.com", "googlemail.com", "outlook.com", "outlook.fr", "outlook.es", "hotmail.com", "hotmail.fr", "hotmail.es", "live.com", "live.fr", "msn.com",
        "yahoo.com", "yahoo.fr", "yahoo.es", "ymail.com", "icloud.com", "me.com", "mac.com", "aol.com", "gmx.com", "gmx.fr", "gmx.es", "gmx.net", "gmx.de", "mail.com",
        "proton.me", "protonmail.com", "tutanota.com", "tuta.io", "zoho.com", "yandex.com", "mail.ru", "qq.com", "163.com",
        "orange.fr", "wanadoo.fr", "free.fr", "sfr.fr", "laposte.net", "bbox.fr", "neuf.fr", "telefonica.net", "movistar.es", "terra.es", "t-online.de", "web.de");

    /// <summary>A domain, with or without the @ before it.</summary>
    /// <exception cref="Refusal">422 <c>domain</c>: none, or <c>public_mail_domain</c>.</exception>
    internal static string Parse(string text)
    {
        var domain = text.Trim().TrimStart('@').ToLowerInvariant();
        return domain.Length > 253 || !Name().IsMatch(domain) ? throw Refusal.Invalid("domain")
            : Public.Contains(domain) ? throw OrganizationRefusals.PublicDomain()
            : domain;
    }

    [GeneratedRegex("^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)+\\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 100)]
    private static partial Regex Name();
}
