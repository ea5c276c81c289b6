using Colloque.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colloque.Conversations;

/// <summary>Who is seated in a conversation, for the server's own deliveries: no person asks here.</summary>
public sealed class ConversationSeats(Verbs verbs)
{
    /// <summary>The accounts that have a seat now, each with the message after which it begins. Guests are none of them.</summary>
    public Task<List<SeatFloor>> OfAsync(Guid conversationId, CancellationToken cancellationToken) => verbs.RunAsync(
        null,
        (ColloqueDb db) => db.Database.SqlQuery<SeatFloor>($"""select user_id "UserId", floor_seq "Floor" from conversation_floors({conversationId})""").ToListAsync(cancellationToken),
        cancellationToken);
}

/// <summary>A seat, and the message after which it begins; 0 for the beginning.</summary>
public sealed record SeatFloor(Guid UserId, long Floor);
