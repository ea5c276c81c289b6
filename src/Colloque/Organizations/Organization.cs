using Microsoft.EntityFrameworkCore;

namespace Colloque.Organizations;

/// <summary>A tenant: a clinic, or an employer's health programme.</summary>
public sealed class Organization
{
    /// <summary>Its id.</summary>
    public required Guid Id { get; init; }

    /// <summary>1..200 characters.</summary>
    public required string Name { get; init; }

    /// <summary>Lower-case letters, digits and hyphens.</summary>
    public required string Slug { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
}

internal static class OrganizationTables
{
    internal static void Map(ModelBuilder model) => model.Entity<Organization>().ToTable("organizations");
}
