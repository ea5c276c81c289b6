using Colloque.Organizations;
using Colloque.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colloque.People;

/// <summary>Which entries of the staff list.</summary>
/// <param name="Search">Words that all occur in name, address, department or position, whatever their accents and case; null for all.</param>
/// <param name="Status">Null for all.</param>
/// <param name="Department">Exactly this one, whatever its accents and case; null for all.</param>
/// <param name="Sort">name, -name, createdAt, -createdAt, email, -email; null for name.</param>
/// <param name="Cursor">From <c>nextCursor</c>; null for the start.</param>
/// <param name="Limit">1..100.</param>
public sealed record EmployeeQuery(string? Search, EmployeeStatus? Status, string? Department, string? Sort, string? Cursor, int Limit);

/// <summary>Lists the people of the caller's organization.</summary>
public sealed class ListEmployees(ColloqueDb db, CallerScope scope)
{
    /// <summary>One statement.</summary>
    /// <exception cref="Refusal">403 to everyone but the organization's administrators; 422 naming the member.</exception>
    public async Task<(IReadOnlyList<Employee> Items, string? NextCursor)> RunAsync(EmployeeQuery query, CancellationToken cancellationToken)
    {
        scope.RequireOrganizationAdmin();
        var order = EmployeeOrder.Parse(query.Sort);
        var rows = await PageAsync(query, order, query.Limit + 1, cancellationToken);
        return ([.. rows.Take(query.Limit).Select(static r => r.ToEmployee())], rows.Count > query.Limit ? order.CursorAt(rows[query.Limit - 1]) : null);
    }

    private Task<List<EmployeeRow>> PageAsync(EmployeeQuery query, EmployeeOrder order, int most, CancellationToken cancellationToken)
    {
        // The column and the direction are of our own few; all that comes from outside is a parameter.
        var (sign, direction) = order.Descending ? ("<", "desc") : (">", "asc");
        object?[] parameters = [SearchText.Parse(query.Search), query.Status?.ToString(), SearchText.Parse(query.Department), most];
        var after = "";
        if (order.ToPosition(query.Cursor) is { } position)
        {
            after = $"and ({order.Column}, e.id) {sign} ({{4}}, {{5}})";
            parameters = [.. parameters, position.Value, position.Id];
        }

        var sql =
            $$"""
            {{EmployeeRow.Select}}
              and ({0}::text is null or not exists (select from unnest(string_to_array(people_fold({0}), ' ')) w (word) where position(w.word in e.search) = 0))
              and ({1}::text is null or e.status = {1}) and ({2}::text is null or people_fold(e.department) = people_fold({2})) {{after}}
            order by {{order.Column}} {{direction}}, e.id {{direction}} limit {3}
            """;
        return db.Database.SqlQueryRaw<EmployeeRow>(sql, parameters!).ToListAsync(cancellationToken);
    }
}
