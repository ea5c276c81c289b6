using Colloque.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colloque.Organizations;

/// <summary>Where an organization stands with the platform.</summary>
public enum OrganizationStanding
{
    /// <summary>Validation is awaited.</summary>
    Pending,

    /// <summary>Validated, and not deactivated.</summary>
    Active,

    /// <summary>Deactivated.</summary>
    Inactive,
}

/// <summary>Lists the platform's organizations, newest first.</summary>
public sealed class ListOrganizations(ColloqueDb db, CallerScope scope)
{
    /// <summary>Two statements.</summary>
    /// <param name="search">A part of the name, the slug or the domain, whatever its accents and case; null for all.</param>
    /// <param name="standing">Only these; null for all.</param>
    /// <param name="cursor">From <c>nextCursor</c>; null for the start.</param>
    /// <param name="limit">1..100.</param>
    /// <param name="cancellationToken">Cancels them.</param>
    /// <exception cref="Refusal">403 below the platform's administrators; 422 <c>cursor</c>, <c>search</c>.</exception>
    public async Task<(IReadOnlyList<OrganizationView> Items, string? NextCursor)> RunAsync(
        string? search, OrganizationStanding? standing, string? cursor, int limit, CancellationToken cancellationToken)
    {
        scope.RequirePlatform();
        var (time, id) = PageCursor.ToTime(cursor) ?? (new DateTimeOffset(9999, 1, 1, 0, 0, 0, TimeSpan.Zero), Guid.AllBitsSet);
        var (word, only) = (People.SearchText.Parse(search), standing?.ToString());
        var found = await db.Organizations.FromSql(
            $"""
            select * from organizations o
            where (o.created_at, o.id) < ({time}, {id})
              and ({word}::text is null or position(people_fold({word}) in people_fold(o.name || ' ' || o.slug || ' ' || coalesce(o.domain, ''))) > 0)
              and ({only}::text is null or {only} = case when o.deactivated_at is not null then 'Inactive' when o.validated_at is null then 'Pending' else 'Active' end)
            order by o.created_at desc, o.id desc limit {limit + 1}
            """).AsNoTracking().ToListAsync(cancellationToken);
        var items = await OrganizationCount.AddToAsync(db, [.. found.Take(limit)], cancellationToken);
        return (items, found.Count > limit ? PageCursor.OfTime(found[limit - 1].CreatedAt, found[limit - 1].Id) : null);
    }
}
