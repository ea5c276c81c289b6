using System.Text.Json.Serialization;
using Colloque.Organizations;
using Colloque.Server.Http;

namespace Colloque.Server.Contracts.Platform;

/// <summary>An organization to add. Whether it is validated or active is not for a body to say.</summary>
public sealed record CompanyBody(
    string? Name, string? Slug, string? Domain, string? Sector, string? Size, string? Address, string? City, string? Country, string? PrimaryColor,
    string? ContactEmail, string? ContactPhone, string? WebsiteUrl, bool? AutoApproveEmployees, bool? AllowInternalNews)
{
    internal OrganizationProfile ToProfile() => new(
        Name, Sector, CompanyWords.ToSize(Size), Address, City, Country, PrimaryColor, ContactEmail, ContactPhone, WebsiteUrl, AutoApproveEmployees, AllowInternalNews);
}

/// <summary>What changes: a member that is null or left out stays, an empty text clears. <paramref name="Domain"/> is the platform's alone.</summary>
public sealed record CompanyChangeBody(
    string? Name, string? Domain, string? Sector, string? Size, string? Address, string? City, string? Country, string? PrimaryColor,
    string? ContactEmail, string? ContactPhone, string? WebsiteUrl, bool? AutoApproveEmployees, bool? AllowInternalNews)
{
    /// <summary>livekit, jitsi or peer.</summary>
    public string? VideoProvider { get; init; }

    internal OrganizationProfile ToProfile() => new(
        Name, Sector, CompanyWords.ToSize(Size), Address, City, Country, PrimaryColor, ContactEmail, ContactPhone, WebsiteUrl, AutoApproveEmployees, AllowInternalNews) { VideoProvider = VideoProvider };
}

/// <summary>A person to administer an organization.</summary>
public sealed record CompanyAdminBody(string? Email, string? FirstName, string? LastName, string? Language);

/// <summary>An invited administrator.</summary>
public sealed record CompanyAdmin(Guid UserId, string Status);

/// <summary>An organization.</summary>
public sealed record Company(
    Guid Id, string Name, string Slug, string? Domain, string? Sector, string? Size, string? Address, string? City, string? Country, string? LogoUrl, string? CoverUrl,
    string? PrimaryColor, string? ContactEmail, string? ContactPhone, string? WebsiteUrl, bool AutoApproveEmployees, bool AllowInternalNews, bool IsActive,
    DateTime? ValidatedAt, DateTime CreatedAt, int EmployeeCount, int PractitionerCount)
{
    /// <summary>livekit, jitsi or peer; null: as the installation is set.</summary>
    public string? VideoProvider { get; init; }

    internal static Company Of(OrganizationView view)
    {
        var o = view.Organization;
        return new(
            o.Id, o.Name, o.Slug, o.Domain, o.Sector, CompanyWords.Of(o.Size), o.Street, o.City, o.Country, view.LogoUrl, view.CoverUrl,
            o.PrimaryColor, o.ContactEmail, o.ContactPhone, o.WebsiteUrl, o.AutoApproveEmployees, o.AllowInternalNews, o.DeactivatedAt is null,
            o.ValidatedAt?.UtcDateTime, o.CreatedAt.UtcDateTime, view.Employees, view.Practitioners) { VideoProvider = o.VideoProvider };
    }
}

/// <summary>A page of them.</summary>
public sealed record CompanyPage(IReadOnlyList<Company> Items, PageInfo PageInfo);

/// <summary>Document 001's words for organizations.</summary>
internal static class CompanyWords
{
    internal static string? Of(OrganizationSize? size) => size switch
    {
        OrganizationSize.Small => "SMALL",
        OrganizationSize.Medium => "MEDIUM",
        OrganizationSize.Large => "LARGE",
        OrganizationSize.Enterprise => "ENTERPRISE",
        _ => null,
    };

    /// <exception cref="Refusal">422 <c>size</c>.</exception>
    internal static OrganizationSize? ToSize(string? word) => word switch
    {
        null => null,
        "SMALL" => OrganizationSize.Small,
        "MEDIUM" => OrganizationSize.Medium,
        "LARGE" => OrganizationSize.Large,
        "ENTERPRISE" => OrganizationSize.Enterprise,
        _ => throw Refusal.Invalid("size"),
    };

    /// <exception cref="Refusal">422 <c>status</c>.</exception>
    internal static OrganizationStanding? ToStanding(string? word) => word switch
    {
        null => null,
        "PENDING" => OrganizationStanding.Pending,
        "ACTIVE" => OrganizationStanding.Active,
        "INACTIVE" => OrganizationStanding.Inactive,
        _ => throw Refusal.Invalid("status"),
    };
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, AllowDuplicateProperties = false)]
[JsonSerializable(typeof(CompanyBody))]
[JsonSerializable(typeof(CompanyChangeBody))]
[JsonSerializable(typeof(CompanyAdminBody))]
[JsonSerializable(typeof(CompanyAdmin))]
[JsonSerializable(typeof(CompanyPage))]
internal sealed partial class CompaniesJson : JsonSerializerContext;
