using System.Globalization;
using System.Text;
using Colloque.Accounts;
using Colloque.Notifications;
using Colloque.Storage;

namespace Colloque.Server.Accounts;

/// <summary>One sign-on provider, as <c>Oidc:Providers:0</c> sets it.</summary>
/// <param name="Id">The name in small letters, digits and hyphens: part of our addresses.</param>
/// <param name="Name">Shown on the sign-in page.</param>
/// <param name="Authority">The provider's issuer; <c>/.well-known/openid-configuration</c> is below it.</param>
/// <param name="ClientId">Ours there.</param>
/// <param name="ClientSecret">Ours there; null for a public client, which PKCE alone protects.</param>
/// <param name="Scopes">With spaces between; <c>openid</c> among them.</param>
/// <param name="Trust">What it is believed.</param>
internal sealed record OidcSettings(string Id, string Name, Uri Authority, string ClientId, string? ClientSecret, string Scopes, ExternalTrust Trust)
{
    private static readonly string[] Known = ["Name", "Authority", "ClientId", "ClientSecret", "Scopes", "AllowedDomains", "CreateUsers", "TrustsSecondFactor"];

    /// <summary>Never the secret, whatever prints this.</summary>
    public override string ToString() => Id;

    /// <summary>All of them, in their order.</summary>
    /// <exception cref="StartRefusedException">A setting makes no sense.</exception>
    internal static IReadOnlyList<OidcSettings> Read(IConfigurationSection providers)
    {
        OidcSettings[] all = [.. providers.GetChildren().OrderBy(static c => int.TryParse(c.Key, NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : int.MaxValue).Select(ReadOne)];
        return all.DistinctBy(static p => p.Id).Count() == all.Length ? all : throw new StartRefusedException("Two sign-on providers (Oidc:Providers) have the same Name.");
    }

    private static OidcSettings ReadOne(IConfigurationSection section)
    {
        if (section.GetChildren().FirstOrDefault(static c => !Known.Contains(c.Key, StringComparer.OrdinalIgnoreCase)) is { } unknown)
        {
            throw new StartRefusedException($"There is no setting {unknown.Path}. There are: {string.Join(", ", Known)}.");
        }

        var name = Required(section, "Name");
        var id = IdOf(name);
        var scopes = section["Scopes"] ?? "openid email profile";
        if (id.Length is 0 or > 40 || name.Length > 60)
        {
            throw new StartRefusedException($"{section.Path}:Name must be up to 60 characters, letters or digits among them.");
        }

        if (!scopes.Split(' ').Contains("openid", StringComparer.Ordinal) || scopes.Any(static c => c is < ' ' or > '~'))
        {
            throw new StartRefusedException($"{section.Path}:Scopes must be words with spaces between, openid among them.");
        }

        return new(
            id, name, AuthorityOf(section), Required(section, "ClientId"), section["ClientSecret"] is { Length: > 0 } secret ? secret : null, scopes,
            new(DomainsOf(section), Switch(section, "CreateUsers"), Switch(section, "TrustsSecondFactor")));
    }

    private static Uri AuthorityOf(IConfigurationSection section) =>
        Uri.TryCreate(Required(section, "Authority"), UriKind.Absolute, out var url) && url.Query.Length == 0 && url.Fragment.Length == 0 && url.UserInfo.Length == 0 && IsSafe(url, url)
            ? url
            : throw new StartRefusedException($"{section.Path}:Authority must be the provider's https address, without a query.");

    /// <summary>https; or http on this machine, for a provider that is there too.</summary>
    internal static bool IsSafe(Uri url, Uri authority) => url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && url.IsLoopback && authority.IsLoopback);

    /// <summary>Whoever runs a provider can claim every address that it may speak of: so each domain is named, or <c>*</c> says that all are meant.</summary>
    private static HashSet<string> DomainsOf(IConfigurationSection section)
    {
        var listed = section.GetSection("AllowedDomains").GetChildren().Select(static c => c.Value ?? "").Append(section["AllowedDomains"] ?? "");
        var domains = listed.SelectMany(static l => l.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries)).Select(static d => d.TrimStart('@').ToLowerInvariant()).ToHashSet(StringComparer.Ordinal);
        if (domains.SetEquals(["*"]))
        {
            return [];
        }

        return domains.Count > 0 && domains.All(static d => MailAddressRule.Find("x@" + d) is not null)
            ? domains
            : throw new StartRefusedException($"{section.Path}:AllowedDomains must name the domains whose addresses the provider may speak of, with commas between, or be * for all.");
    }

    private static bool Switch(IConfigurationSection section, string name) =>
        section[name] is not { } text ? false : bool.TryParse(text, out var on) ? on : throw new StartRefusedException($"{section.Path}:{name} must be true or false.");

    private static string Required(IConfigurationSection section, string name) =>
        section[name] is { Length: > 0 and <= 500 } text && !text.Any(char.IsControl) ? text : throw new StartRefusedException($"{section.Path}:{name} is missing.");

    private static string IdOf(string name)
    {
        var id = new StringBuilder();
        foreach (var c in name.ToLowerInvariant())
        {
            if (char.IsAsciiLetterOrDigit(c))
            {
                id.Append(c);
            }
            else if (id.Length > 0 && id[^1] != '-')
            {
                id.Append('-');
            }
        }

        return id.ToString().Trim('-');
    }
}
