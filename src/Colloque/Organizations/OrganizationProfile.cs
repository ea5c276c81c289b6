using System.Text.RegularExpressions;
using Colloque.Accounts;
using Colloque.People;

namespace Colloque.Organizations;

/// <summary>What an organization says of itself, as it comes in. A member that is null stays as it is; an empty text clears it.</summary>
/// <param name="Name">1..200 characters; cannot be cleared.</param>
/// <param name="Sector">At most 80 characters.</param>
/// <param name="Size">How many people it employs.</param>
/// <param name="Address">At most 200 characters.</param>
/// <param name="City">At most 100 characters.</param>
/// <param name="Country">At most 80 characters.</param>
/// <param name="PrimaryColor"><c>#rrggbb</c>.</param>
/// <param name="ContactEmail">An e-mail address.</param>
/// <param name="ContactPhone">At most 30 characters: digits, spaces and <c>+ ( ) . / -</c>.</param>
/// <param name="WebsiteUrl">http or https, at most 200 characters.</param>
/// <param name="AutoApproveEmployees">Whoever registers with an address of its domain needs no further yes.</param>
/// <param name="AllowInternalNews">Whether it may publish news to its own people.</param>
public sealed partial record OrganizationProfile(
    string? Name, string? Sector, OrganizationSize? Size, string? Address, string? City, string? Country, string? PrimaryColor,
    string? ContactEmail, string? ContactPhone, string? WebsiteUrl, bool? AutoApproveEmployees, bool? AllowInternalNews)
{
    /// <summary>By what means remote visits are held: livekit, jitsi or peer; an empty text: as the installation is set.</summary>
    public string? VideoProvider { get; init; }

    /// <exception cref="Refusal">422, naming the member.</exception>
    internal void ApplyTo(Organization organization)
    {
        organization.Name = Name is null ? organization.Name : PersonName.Parse(Name);
        organization.Sector = Text(Sector, organization.Sector, "sector", 80);
        organization.Size = Size ?? organization.Size;
        organization.Street = Text(Address, organization.Street, "address", 200);
        organization.City = Text(City, organization.City, "city", 100);
        organization.Country = Text(Country, organization.Country, "country", 80);
        organization.PrimaryColor = Checked(PrimaryColor, organization.PrimaryColor, "primaryColor", static t => Color().IsMatch(t) ? t.ToLowerInvariant() : null);
        organization.ContactEmail = Checked(ContactEmail, organization.ContactEmail, "contactEmail", EmailAddress.Find);
        organization.ContactPhone = Checked(ContactPhone, organization.ContactPhone, "contactPhone", PhoneNumber.Find);
        organization.WebsiteUrl = Checked(WebsiteUrl, organization.WebsiteUrl, "websiteUrl", Website);
        organization.VideoProvider = Checked(VideoProvider, organization.VideoProvider, "videoProvider", static t => t is "livekit" or "jitsi" or "peer" ? t : null);
        organization.AutoApproveEmployees = AutoApproveEmployees ?? organization.AutoApproveEmployees;
        organization.AllowInternalNews = AllowInternalNews ?? organization.AllowInternalNews;
    }

    private static string? Text(string? given, string? present, string field, int max) => given switch
    {
        null => present,
        _ when given.Trim().Length == 0 => null,
        _ => PersonName.Parse(given, field, max),
    };

    private static string? Checked(string? given, string? present, string field, Func<string, string?> find) => given?.Trim() switch
    {
        null => present,
        "" => null,
        var text => find(text) ?? throw Refusal.Invalid(field),
    };

    /// <summary>Shown as a link to everyone of the organization: nothing but the web.</summary>
    private static string? Website(string text) =>
        text.Length <= 200 && Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is ("https" or "http") && url.UserInfo.Length == 0 && !text.Any(char.IsControl) ? text : null;

    [GeneratedRegex("^#[0-9A-Fa-f]{6}\\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 100)]
    private static partial Regex Color();
}
