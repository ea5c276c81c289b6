using Colloque.Storage;
using Microsoft.EntityFrameworkCore;
using NpgsqlTypes;

namespace Colloque.Audit;

/// <summary>Somebody did something with what is mine, or tried to.</summary>
/// <param name="Clinical">In a consultation, as one of its two people may.</param>
public sealed record AccessLine(
    Guid Id, DateTimeOffset At, Guid? ActorId, string? ActorName, string? ActorRole, string Action, string? Attempted, string Resource, Guid? ResourceId, bool Clinical,
    string Outcome);

/// <summary>Tells each person who looked at their data and who changed it, newest first, their own doing included.</summary>
public sealed class ListAccessToMe(ColloqueDb db, CallerScope scope)
{
    /// <summary>One query.</summary>
    /// <exception cref="Refusal">401; 422 <c>cursor</c>.</exception>
    public async Task<(IReadOnlyList<AccessLine> Items, string? Next)> RunAsync(string? cursor, int most, CancellationToken cancellationToken)
    {
        _ = scope.Required;
        var before = PageCursor.ToTime(cursor);
        var lines = await db.Database.SqlQueryRaw<AccessLine>(
            """
            select id "Id", at "At", actor_id "ActorId", actor_name "ActorName", actor_role "ActorRole", action "Action", attempted "Attempted", resource "Resource",
              resource_id "ResourceId", clinical "Clinical", outcome "Outcome"
            from audit_about_me({0}, {1}, {2}) order by at desc, id desc
            """,
            ListAudit.Parameter(before?.Time, NpgsqlDbType.TimestampTz),
            ListAudit.Parameter(before?.Id, NpgsqlDbType.Uuid),
            ListAudit.Parameter(most + 1, NpgsqlDbType.Integer)).ToListAsync(cancellationToken);
        return AuditPage.Of(lines, most, static l => (l.At, l.Id));
    }
}
