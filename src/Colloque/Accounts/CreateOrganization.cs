using System.Text.RegularExpressions;
using Colloque.Security;
using Colloque.Storage;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Colloque.Accounts;

/// <summary>Adds an organization.</summary>
public sealed partial class CreateOrganization(ColloqueDb db, CallerScope scope, TimeProvider time)
{
    /// <summary>One statement; answers with its id.</summary>
    /// <param name="name">1..200 characters.</param>
    /// <param name="slug">1..60 lower-case letters, digits and hyphens.</param>
    /// <param name="cancellationToken">Rolls back.</param>
    /// <exception cref="Refusal">403 below platform admins; 409 <c>slug_taken</c>; 422 naming the member.</exception>
    public async Task<Guid> RunAsync(string name, string slug, CancellationToken cancellationToken)
    {
        if (scope.Required.Role is not (Role.SuperAdmin or Role.PlatformAdmin))
        {
            throw Refusal.Forbidden();
        }

        var now = time.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        try
        {
            await db.Database.ExecuteSqlAsync(
                $"insert into organizations (id, name, slug, created_at, validated_at) values ({id}, {PersonName.Parse(name)}, {(Slug().IsMatch(slug) ? slug : throw Refusal.Invalid("slug"))}, {now}, {now})",
                cancellationToken);
        }
        catch (PostgresException e) when (e.ConstraintName == "organizations_slug_key")
        {
            throw AccountRefusals.SlugTaken();
        }

        return id;
    }

    [GeneratedRegex("^[a-z0-9-]{1,60}\\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 100)]
    private static partial Regex Slug();
}
