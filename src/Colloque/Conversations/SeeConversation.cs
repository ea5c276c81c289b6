using Colloque.Security;
using Colloque.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colloque.Conversations;

/// <summary>Where a conversation stands for one who listens to it.</summary>
/// <param name="Kind">What it is about.</param>
/// <param name="Status">Whether it takes messages.</param>
/// <param name="Floor">What was said up to here is not the caller's to read; 0 for everything.</param>
/// <param name="ReadSeq">They have read up to here.</param>
public sealed record SeatView(ConversationKind Kind, ConversationStatus Status, long Floor, long ReadSeq);

/// <summary>The caller's seat in a conversation.</summary>
public sealed class SeeConversation(ColloqueDb db, CallerScope scope)
{
    /// <exception cref="Refusal">403 administrators and guests; 404 no seat.</exception>
    public async Task<SeatView> RunAsync(Guid id, CancellationToken cancellationToken)
    {
        scope.Required.RequireClinical();
        var rows = await db.Database.SqlQuery<Row>(
            $"""
            select v.kind "Kind", v.status "Status", p.floor_seq "Floor",
                (select coalesce(max(r.seq), 0) from receipts r where r.conversation_id = v.id and r.user_id = current_user_id() and r.kind = 'r') "ReadSeq"
              from conversations v join participants p on p.conversation_id = v.id and p.user_id = current_user_id() and p.left_at is null
              where v.id = {id}
            """).ToListAsync(cancellationToken);
        return rows is [var one] ? new(Enum.Parse<ConversationKind>(one.Kind), Enum.Parse<ConversationStatus>(one.Status), one.Floor, Math.Max(one.Floor, one.ReadSeq)) : throw Refusal.NotFound();
    }

    private sealed record Row(string Kind, string Status, long Floor, long ReadSeq);
}
