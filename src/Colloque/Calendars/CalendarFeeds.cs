using Colloque.Security;
using Colloque.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colloque.Calendars;

/// <summary>Gives the caller's calendar an address of its own, or a new one: the one before stops working at once.</summary>
public sealed class RenewCalendarFeed(ColloqueDb db, CallerScope scope, TimeProvider time)
{
    /// <summary>One statement. The token is shown this once; the database keeps its hash.</summary>
    public async Task<OpaqueToken> RunAsync(CancellationToken cancellationToken)
    {
        var token = OpaqueToken.New();
        await db.Database.ExecuteSqlAsync(
            $"""
            insert into calendar_feeds (user_id, hash, created_at) values ({scope.Required.RequireClinical().UserId}, {token.Hash}, {time.GetMoment()})
              on conflict (user_id) do update set hash = excluded.hash, created_at = excluded.created_at
            """,
            cancellationToken);
        return token;
    }
}

/// <summary>Says whether the caller's calendar has an address, and since when.</summary>
public sealed class ReadCalendarFeed(ColloqueDb db, CallerScope scope)
{
    /// <summary>One query; null for none.</summary>
    public async Task<DateTimeOffset?> RunAsync(CancellationToken cancellationToken)
    {
        var rows = await db.Database.SqlQuery<DateTimeOffset>(
            $"""select created_at "Value" from calendar_feeds where user_id = {scope.Required.RequireClinical().UserId}""").ToListAsync(cancellationToken);
        return rows.Count == 0 ? null : rows[0];
    }
}

/// <summary>Takes the address of the caller's calendar back.</summary>
public sealed class DropCalendarFeed(ColloqueDb db, CallerScope scope)
{
    /// <summary>One statement; answers with 0 where there was none.</summary>
    public Task<int> RunAsync(CancellationToken cancellationToken) =>
        db.Database.ExecuteSqlAsync($"delete from calendar_feeds where user_id = {scope.Required.RequireClinical().UserId}", cancellationToken);
}
