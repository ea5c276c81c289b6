using Colloque.Security;
using Colloque.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colloque.Notifications;

/// <summary>A page of one's own notices.</summary>
/// <param name="Items">Newest first.</param>
/// <param name="UnreadCount">Of all, not of the page; counted up to a thousand.</param>
/// <param name="NextCursor">Null at the end.</param>
public sealed record NoticePage(IReadOnlyList<NoticeView> Items, int UnreadCount, string? NextCursor);

/// <summary>Lists the caller's notices, newest first.</summary>
public sealed class ListNotices(ColloqueDb db, CallerScope scope)
{
    /// <summary>Two queries.</summary>
    /// <param name="unread">Only those not read yet.</param>
    /// <param name="cursor">From <c>nextCursor</c>; null for the start.</param>
    /// <param name="limit">1..100.</param>
    /// <param name="cancellationToken">Cancels the queries.</param>
    /// <exception cref="Refusal">422 <c>cursor</c>, <c>limit</c>.</exception>
    public async Task<NoticePage> RunAsync(bool unread, string? cursor, int limit, CancellationToken cancellationToken)
    {
        var me = scope.Required.UserId;
        var (time, id) = PageCursor.ToTime(cursor) ?? (new DateTimeOffset(9999, 1, 1, 0, 0, 0, TimeSpan.Zero), Guid.AllBitsSet);
        var rows = await db.Database.SqlQuery<Row>(
            $"""
            select id "Id", kind "Kind", consultation_id "ConsultationId", practitioner_id "PractitionerId", conversation_id "ConversationId", starts_at "StartsAt", created_at "CreatedAt", read_at "ReadAt"
              from notifications where user_id = {me} and removed_at is null and (read_at is null or not {unread}) and (created_at, id) < ({time}, {id})
              order by created_at desc, id desc limit {limit + 1}
            """).ToListAsync(cancellationToken);
        var count = await db.Database.SqlQuery<int>(
            $"""select count(*)::integer "Value" from (select 1 from notifications where user_id = {me} and removed_at is null and read_at is null limit 1000) n""").SingleAsync(cancellationToken);
        var items = rows.Take(limit).Select(static r => r.ToView()).ToArray();
        return new(items, count, rows.Count > limit ? PageCursor.OfTime(items[^1].CreatedAt, items[^1].Id) : null);
    }

    private sealed record Row(Guid Id, string Kind, Guid? ConsultationId, Guid? PractitionerId, Guid? ConversationId, DateTimeOffset StartsAt, DateTimeOffset CreatedAt, DateTimeOffset? ReadAt)
    {
        internal NoticeView ToView() => new(Id, Enum.Parse<NoticeKind>(Kind), ConsultationId, PractitionerId, StartsAt, CreatedAt, ReadAt) { ConversationId = ConversationId };
    }
}
