using Colloque.Consultations;
using Colloque.Security;
using Colloque.Testing;
using Npgsql;
using NpgsqlTypes;
using Xunit;

namespace Colloque.Tests.Conversations;

/// <summary>What travels together is taken in two statements; nobody may notice.</summary>
public sealed class AppendBatchTests(PostgresFixture postgres)
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Each_entry_of_a_batch_is_answered_and_stored_as_if_it_had_come_alone(int seed)
    {
        await using var world = await World.CreateAsync(postgres);
        var random = new Random(seed);
        var other = await world.ConsultationAsync(world.OtherPatient, world.Practitioner, ConsultationStatus.InProgress);
        Guid[] places = [await world.ConsultationAsync(), await world.ConsultationAsync(), await world.ConsultationAsync(), other];
        var known = await world.SayAsync(world.Patient, places[0], "known", "known");
        await world.SayAsync(world.Practitioner, places[1], "elsewhere", "elsewhere");
        await TestDatabase.ExecuteAsync(world.Database.Superuser, $"update conversations set kind = 'Prescription' where id = '{places[1]}'; update conversations set status = 'Closed' where id = '{places[2]}'");
        Caller[] people = [world.Patient, world.Practitioner, world.Patient, world.Practitioner, world.OtherPatient, world.Stranger, world.Admin];
        await using var source = NpgsqlDataSource.Create(world.Database.Superuser);
        for (var round = 0; round < 40; round++)
        {
            // Mostly plain, so that many batches are plain in whole; the rest is wrong in every way there is.
            var oddness = random.Next(4) * 5;
            Entry[] entries = [.. Enumerable.Range(0, random.Next(3, 14)).Select(i => random.Next(100) < oddness
                ? new Entry(people[random.Next(people.Length)], places[random.Next(places.Length)], Guid.CreateVersion7(),
                    random.Next(4) switch { 0 => "known", 1 => "elsewhere", 2 => "twice", _ => $"{i}" }, random.Next(3) == 0 ? 1001 : 12, random.Next(3) switch { 0 => known.Id, 1 => Guid.CreateVersion7(), _ => null })
                : new Entry(people[random.Next(2)], places[random.Next(2)], Guid.CreateVersion7(), $"{i}", random.Next(1, 1000), null))];

            var together = await TryAsync(source, entries, entries.Length);
            var alone = await TryAsync(source, entries, 1);
            Assert.Equal(alone, together);
        }
    }

    /// <summary>In calls of so many entries: the answers, and what is stored afterwards; then undone.</summary>
    private static async Task<string> TryAsync(NpgsqlDataSource source, Entry[] entries, int atOnce)
    {
        await using var connection = await source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await RunAsync(connection, "set local role colloque_app");
        List<string> lines = [];
        foreach (var chunk in entries.Chunk(atOnce))
        {
            await using var append = new NpgsqlCommand(
                "select coalesce(outcome::text, '-') || ' ' || coalesce(seq::text, '') || ' ' || coalesce(id::text, '') from append_messages($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, '2026-03-01T09:30:00Z') order by ord",
                connection);
            Add(append, NpgsqlDbType.Uuid, chunk, static e => e.Who.OrganizationId);
            Add(append, NpgsqlDbType.Uuid, chunk, static e => e.Who.UserId);
            Add(append, NpgsqlDbType.Text, chunk, static e => e.Who.Role.ToString());
            Add(append, NpgsqlDbType.Uuid, chunk, static e => e.Place);
            Add(append, NpgsqlDbType.Uuid, chunk, static e => e.Id);
            Add(append, NpgsqlDbType.Text, chunk, static e => e.ClientMsgId);
            Add(append, NpgsqlDbType.Text, chunk, static e => "Text");
            Add(append, NpgsqlDbType.Bytea, chunk, static e => e.Id.ToByteArray());
            Add(append, NpgsqlDbType.Uuid, chunk, static _ => (Guid?)null);
            Add(append, NpgsqlDbType.Smallint, chunk, static _ => (short)0);
            Add(append, NpgsqlDbType.Integer, chunk, static e => e.Length);
            Add(append, NpgsqlDbType.Uuid, chunk, static e => e.ReplyTo);
            Add(append, NpgsqlDbType.Smallint, chunk, static _ => (short)0);
            Add(append, NpgsqlDbType.Bytea, chunk, static _ => (byte[]?)null);
            await ReadAsync(append, lines);
        }

        await RunAsync(connection, "reset role");
        await using var messages = new NpgsqlCommand(
            "select concat_ws(' ', conversation_id, seq, id, sender_id, sender_role, client_msg_id, tenant_id, reply_to, encode(body, 'hex'), created_at) from messages order by conversation_id, seq", connection);
        await ReadAsync(messages, lines);
        await using var conversations = new NpgsqlCommand("select concat_ws(' ', id, last_seq, last_message_at, senders, sent) from conversations order by id", connection);
        await ReadAsync(conversations, lines);
        return string.Join('\n', lines);
    }

    private static void Add<T>(NpgsqlCommand command, NpgsqlDbType type, Entry[] entries, Func<Entry, T> of) =>
        command.Parameters.Add(new() { Value = entries.Select(of).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | type });

    private static async Task RunAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task ReadAsync(NpgsqlCommand command, List<string> lines)
    {
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            lines.Add(reader.GetString(0));
        }
    }

    private sealed record Entry(Caller Who, Guid Place, Guid Id, string ClientMsgId, int Length, Guid? ReplyTo);
}
