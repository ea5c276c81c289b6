using Colloque.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colloque.Conversations;

/// <summary>Who is seated in a conversation, for the server's own deliveries: no person asks here.</summary>
public sealed class ConversationSeats(Verbs verbs)
{
    /// <summary>The accounts that have a seat now.</summary>
    public Task<List<Guid>> OfAsync(Guid conversationId, CancellationToken cancellationToken) => verbs.RunAsync(
        null,
        (ColloqueDb db) => db.Database.SqlQuery<Guid>($"""select unnest(conversation_seats({conversationId})) as "Value" """).ToListAsync(cancellationToken),
        cancellationToken);
}
