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

    /// <summary>The same, each with the message after which their seat begins.</summary>
    public async Task<(Guid UserId, long Floor)[]> WithFloorsAsync(Guid conversationId, CancellationToken cancellationToken)
    {
        await using var command = database.Source.CreateCommand("select user_id, floor_seq from conversation_floors($1)");
        command.Parameters.Add(new() { Value = conversationId, NpgsqlDbType = NpgsqlDbType.Uuid });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var seats = new List<(Guid, long)>();
        while (await reader.ReadAsync(cancellationToken))
        {
            seats.Add((reader.GetGuid(0), reader.GetInt64(1)));
        }

        return [.. seats];
    }
}
