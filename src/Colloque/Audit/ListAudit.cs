using Colloque.Security;
using Colloque.Storage;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;

namespace Colloque.Audit;

/// <summary>Which rows; null means any.</summary>
public sealed record AuditFilter(DateTimeOffset? From, DateTimeOffset? To, Guid? Actor, AuditAction? Action, string? Resource, Guid? Organization);

/// <summary>A row as administrators see it.</summary>
public sealed record AuditLine(
    Guid Id, DateTimeOffset At, Guid? ActorId, string? ActorName, string? ActorRole, string Action, string? Attempted, string Resource, Guid? ResourceId, Guid? SubjectId,
    Guid? TenantId, string? OrganizationName, string? Ip, string? UserAgent, string? RequestId, string Outcome, string? Code, bool Sealed);

/// <summary>A page of the log, newest first: all rows to a super-admin; to an organization's administrator what its administrators did.</summary>
public sealed class ListAudit(ColloqueDb db, CallerScope scope)
{
    /// <summary>One query.</summary>
    /// <exception cref="Refusal">403; 422 <c>cursor</c>.</exception>
    public async Task<(IReadOnlyList<AuditLine> Items, string? Next)> RunAsync(AuditFilter filter, string? cursor, int most, CancellationToken cancellationToken)
    {
        if (scope.Required.Role is not (Role.SuperAdmin or Role.OrganizationAdmin))
        {
            throw Refusal.Forbidden();
        }

        var before = PageCursor.ToTime(cursor);
        var lines = await db.Database.SqlQueryRaw<AuditLine>(
            """
            select id "Id", at "At", actor_id "ActorId", actor_name "ActorName", actor_role "ActorRole", action "Action", attempted "Attempted", resource "Resource",
              resource_id "ResourceId", subject_id "SubjectId", tenant_id "TenantId", organization_name "OrganizationName", ip "Ip", user_agent "UserAgent",
              request_id "RequestId", outcome "Outcome", code "Code", sealed "Sealed"
            from audit_log({0}, {1}, {2}, {3}, {4}, {5}, {6}, {7}, {8}) order by at desc, id desc
            """,
            Parameter(filter.From, NpgsqlDbType.TimestampTz),
            Parameter(filter.To, NpgsqlDbType.TimestampTz),
            Parameter(filter.Actor, NpgsqlDbType.Uuid),
            Parameter(filter.Action?.ToString(), NpgsqlDbType.Text),
            Parameter(filter.Resource, NpgsqlDbType.Text),
            Parameter(filter.Organization, NpgsqlDbType.Uuid),
            Parameter(before?.Time, NpgsqlDbType.TimestampTz),
            Parameter(before?.Id, NpgsqlDbType.Uuid),
            Parameter(most + 1, NpgsqlDbType.Integer)).ToListAsync(cancellationToken);
        return AuditPage.Of(lines, most, static l => (l.At, l.Id));
    }

    /// <summary>EF cannot tell the type of a parameter that is null.</summary>
    internal static NpgsqlParameter Parameter(object? value, NpgsqlDbType type) => new() { Value = value ?? DBNull.Value, NpgsqlDbType = type };
}

/// <summary>Pages of one row more than are shown: it tells that there is a next one.</summary>
internal static class AuditPage
{
    internal static (IReadOnlyList<T> Items, string? Next) Of<T>(List<T> rows, int most, Func<T, (DateTimeOffset At, Guid Id)> key)
    {
        if (rows.Count <= most)
        {
            return (rows, null);
        }

        rows.RemoveRange(most, rows.Count - most);
        var (at, id) = key(rows[^1]);
        return (rows, PageCursor.OfTime(at, id));
    }
}
