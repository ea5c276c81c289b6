using Colloque.Security;
using Microsoft.EntityFrameworkCore;

namespace Colloque.People;

/// <summary>A person, of any role.</summary>
public sealed class User
{
    /// <summary>Their id.</summary>
    public required Guid Id { get; init; }

    /// <summary>The organization; null for operators of the platform and its own practitioners.</summary>
    public required Guid? TenantId { get; init; }

    /// <summary>Lower case, unique in the installation.</summary>
    public required string Email { get; init; }

    /// <summary>As it is shown.</summary>
    public required string Name { get; init; }

    /// <summary>1..100 characters; null for who was added under one name.</summary>
    public string? FirstName { get; init; }

    /// <summary>1..100 characters; null for who was added under one name.</summary>
    public string? LastName { get; init; }

    /// <summary>At most 40 characters.</summary>
    public string? Phone { get; init; }

    /// <summary>Of a practitioner: "Dr".</summary>
    public string? Title { get; init; }

    /// <summary>Of a practitioner.</summary>
    public string? Specialty { get; init; }

    /// <summary>Their role.</summary>
    public required Role Role { get; init; }

    /// <summary>fr, en or es.</summary>
    public string Language { get; init; } = "en";

    /// <summary>When they were added.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When they showed that they read <see cref="Email"/>; null until then.</summary>
    public DateTimeOffset? EmailVerifiedAt { get; init; }

    /// <summary>When the organization's administrator (or an invitation, or the organization's rule) said yes; null until then.</summary>
    public DateTimeOffset? ApprovedAt { get; init; }
}

internal static class PeopleTables
{
    internal static void Map(ModelBuilder model) => model.Entity<User>().ToTable("users");
}
