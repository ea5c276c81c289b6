using Colloque.Security;
using Colloque.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colloque.Teleconsultation;

/// <summary>Shows who else is, or was, in a visit: to its two people, and to guests beside them.</summary>
public sealed class ListGuests(ColloqueDb db, CallerScope scope)
{
    /// <summary>In the order of their first coming. One query, and one for whoever sees none.</summary>
    /// <exception cref="Refusal">403 administrators; 404.</exception>
    public async Task<IReadOnlyList<GuestView>> RunAsync(Guid consultation, CancellationToken cancellationToken)
    {
        scope.Required.RequireInVisit();
        var rows = await db.Database.SqlQuery<Row>(
            $"""
            select id "Id", name "Name", role "Role", entered_at "EnteredAt", left_at "LeftAt" from consultation_guests where consultation_id = {consultation} order by id limit 100
            """).ToListAsync(cancellationToken);
        if (rows.Count == 0 && await db.Database.SqlQuery<int>($"select count(*)::integer as \"Value\" from conversations where id = {consultation}").SingleAsync(cancellationToken) == 0)
        {
            throw Refusal.NotFound();
        }

        return [.. rows.Select(static r => new GuestView(r.Id, r.Name, Enum.Parse<GuestRole>(r.Role), r.EnteredAt, r.LeftAt))];
    }

    private sealed record Row(Guid Id, string Name, string Role, DateTimeOffset EnteredAt, DateTimeOffset? LeftAt);
}
