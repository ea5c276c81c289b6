using Microsoft.EntityFrameworkCore;

namespace Colloque.Organizations;

/// <summary>How many people an organization employs.</summary>
public enum OrganizationSize
{
    /// <summary>1 to 50.</summary>
    Small,

    /// <summary>51 to 250.</summary>
    Medium,

    /// <summary>251 to 1,000.</summary>
    Large,

    /// <summary>More than 1,000.</summary>
    Enterprise,
}

/// <summary>A tenant: a clinic, or an employer's health programme. What the platform alone decides (domain, validation, activation) has no setter here.</summary>
public sealed class Organization
{
    /// <summary>Its id.</summary>
    public required Guid Id { get; init; }

    /// <summary>1..200 characters.</summary>
    public required string Name { get; set; }

    /// <summary>Lower-case letters, digits and hyphens.</summary>
    public required string Slug { get; init; }

    /// <summary>Whose addresses may register by themselves; lower case.</summary>
    public string? Domain { get; private set; }

    /// <summary>At most 80 characters.</summary>
    public string? Sector { get; set; }

    /// <summary>How many people it employs.</summary>
    public OrganizationSize? Size { get; set; }

    /// <summary>At most 200 characters.</summary>
    public string? Street { get; set; }

    /// <summary>At most 100 characters.</summary>
    public string? City { get; set; }

    /// <summary>At most 80 characters.</summary>
    public string? Country { get; set; }

    /// <summary>#rrggbb, lower case.</summary>
    public string? PrimaryColor { get; set; }

    /// <summary>An e-mail address.</summary>
    public string? ContactEmail { get; set; }

    /// <summary>At most 30 characters.</summary>
    public string? ContactPhone { get; set; }

    /// <summary>http or https, at most 200 characters.</summary>
    public string? WebsiteUrl { get; set; }

    /// <summary>Whoever registers with an address of <see cref="Domain"/> needs no further yes.</summary>
    public bool AutoApproveEmployees { get; set; }

    /// <summary>Whether it may publish news to its own people.</summary>
    public bool AllowInternalNews { get; set; } = true;

    /// <summary>livekit, jitsi or peer; null: as the installation is set.</summary>
    public string? VideoProvider { get; set; }

    /// <summary>When the platform accepted it; null while that is awaited.</summary>
    public DateTimeOffset? ValidatedAt { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Since when nobody of it may sign in; null while it is active.</summary>
    public DateTimeOffset? DeactivatedAt { get; private set; }
}

internal static class OrganizationTables
{
    internal static void Map(ModelBuilder model) => model.Entity<Organization>().ToTable("organizations");
}
