using Colloque.Storage;
using Npgsql;
using NpgsqlTypes;

namespace Colloque.Conversations;

/// <summary>Who is seated in a conversation, for the server's own deliveries: no person asks here.</summary>
public sealed class ConversationSeats(ColloqueDatabase database)
{
    /// <summary>The accounts that have a seat now.</summary>
    public async Task<Guid[]> OfAsync(Guid conversationId, CancellationToken cancellationToken)
    {
        await using var command = database.Source.CreateCommand("select conversation_seats($1)");
        command.Parameters.Add(new() { Value = conversationId, NpgsqlDbType = NpgsqlDbType.Uuid });
        return await command.ExecuteScalarAsync(cancellationToken) as Guid[] ?? [];
    }
}
