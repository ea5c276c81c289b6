using Colloque.Security;
using Microsoft.EntityFrameworkCore;

namespace Colloque.People;

/// <summary>A person, of any role.</summary>
public sealed class User
{
    /// <summary>Their id.</summary>
    public required Guid Id { get; init; }

    /// <summary>The organization; null for operators of the platform.</summary>
    public required Guid? TenantId { get; init; }

    /// <summary>Lower case, unique in the installation.</summary>
    public required string Email { get; init; }

    /// <summary>As it is shown.</summary>
    public required string Name { get; init; }

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
}

internal static class PeopleTables
{
    internal static void Map(ModelBuilder model) => model.Entity<User>().ToTable("users");
}
