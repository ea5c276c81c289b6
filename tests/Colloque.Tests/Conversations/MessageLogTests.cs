using System.Text;
using Colloque.Consultations;
using Colloque.Conversations;
using Colloque.Security;
using Colloque.Testing;
using Xunit;

namespace Colloque.Tests.Conversations;

/// <summary>The hot path: one round trip, gap-free numbers, exactly once, none able to fail another.</summary>
public sealed class MessageLogTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Both_sides_read_what_was_said_and_the_table_holds_none_of_it()
    {
        await using var world = await World.CreateAsync(postgres);
        var id = await world.ConsultationAsync();
        await world.SayAsync(world.Patient, id, "planted-word-quetzal");
        var page = await world.PageAsync(world.Practitioner, id);
        Assert.Equal("planted-word-quetzal", Assert.Single(page.Messages).Text);
        var stored = await world.ScalarAsync<byte[]>("select body from messages");
        Assert.DoesNotContain("quetzal", Encoding.UTF8.GetString(stored!), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_thousand_parallel_sends_get_the_numbers_1_to_1000_each_once()
    {
        await using var world = await World.CreateAsync(postgres);
        var id = await world.ConsultationAsync();
        var sent = await Task.WhenAll(Enumerable.Range(0, 1000).Select(i => world.SayAsync(i % 2 == 0 ? world.Patient : world.Practitioner, id, $"m{i}")));
        Assert.Equal(Enumerable.Range(1, 1000).Select(static i => (long)i), sent.Select(static m => m.Seq).Order());
        Assert.Equal(1000, world.Heard.All.OfType<MessageAppended>().Count());
        Assert.Equal(Enumerable.Range(1, 1000).Select(static i => (long)i), world.Heard.All.OfType<MessageAppended>().Select(static a => a.Message.Seq));
    }

    [Fact]
    public async Task The_same_client_id_twice_is_one_message_announced_once()
    {
        await using var world = await World.CreateAsync(postgres);
        var id = await world.ConsultationAsync();
        var first = await world.SayAsync(world.Patient, id, "hello", "a-1");
        var again = await world.SayAsync(world.Patient, id, "hello", "a-1");
        Assert.Equivalent(first, again);
        Assert.Single((await world.PageAsync(world.Patient, id)).Messages);
        Assert.Single(world.Heard.All.OfType<MessageAppended>());
        Assert.Equal(2, (await world.SayAsync(world.Patient, id, "next")).Seq);
    }

    [Fact]
    public async Task Twenty_parallel_repeats_of_one_client_id_are_one_message()
    {
        await using var world = await World.CreateAsync(postgres);
        var id = await world.ConsultationAsync();
        var sent = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => world.SayAsync(world.Patient, id, "hello", "a-1")));
        Assert.Single(sent.Select(static m => m.Id).Distinct());
        Assert.Equal(1, (await world.Log.HeadAsync(world.Patient, id)).Seq);
    }

    [Fact]
    public async Task The_same_client_id_with_other_words_or_elsewhere_is_a_conflict_and_leaves_no_gap()
    {
        await using var world = await World.CreateAsync(postgres);
        var id = await world.ConsultationAsync();
        var elsewhere = await world.ConsultationAsync();
        await world.SayAsync(world.Patient, id, "hello", "a-1");
        await RefusedAsync("client_msg_id_reused", () => world.SayAsync(world.Patient, id, "other", "a-1"));
        await RefusedAsync("client_msg_id_reused", () => world.SayAsync(world.Patient, elsewhere, "hello", "a-1"));
        Assert.Equal(2, (await world.SayAsync(world.Patient, id, "next")).Seq);
        Assert.Equal(1, (await world.SayAsync(world.Patient, elsewhere, "first here")).Seq);
        // Another sender's ids are another's.
        Assert.Equal(3, (await world.SayAsync(world.Practitioner, id, "mine", "a-1")).Seq);
    }

    [Fact]
    public async Task After_the_close_a_new_message_is_refused_and_a_repeat_still_finds_the_first()
    {
        await using var world = await World.CreateAsync(postgres);
        var id = await world.ConsultationAsync();
        var first = await world.SayAsync(world.Patient, id, "hello", "a-1");
        await world.RunAsync(world.Practitioner, (CloseConsultation verb) => verb.RunAsync(id, CancellationToken.None));
        await RefusedAsync("consultation_closed", () => world.SayAsync(world.Patient, id, "late"));
        Assert.Equal(first.Id, (await world.SayAsync(world.Patient, id, "hello", "a-1")).Id);
    }

    [Fact]
    public async Task Strangers_sent_in_one_batch_with_participants_fail_alone()
    {
        await using var world = await World.CreateAsync(postgres);
        var id = await world.ConsultationAsync();
        await world.SayAsync(world.Patient, id, "warm");
        var sends = Enumerable.Range(0, 200).Select(i => i % 4 == 0
            ? RefusedAsync("not_found", () => world.SayAsync(world.Stranger, id, "let me in"))
            : world.SayAsync(world.Patient, id, $"m{i}"));
        await Task.WhenAll(sends);
        Assert.Equal(151, (await world.Log.HeadAsync(world.Patient, id)).Seq);
    }

    [Fact]
    public async Task An_entry_that_breaks_its_batch_breaks_no_other()
    {
        await using var world = await World.CreateAsync(postgres);
        var id = await world.ConsultationAsync();
        // A kind that the table refuses by a constraint: an error that no outcome foresees.
        await TestDatabase.ExecuteAsync(world.Database.Superuser, "alter table messages add constraint broken check (client_msg_id <> 'break me')");
        var sends = Enumerable.Range(0, 100).Select(i => i == 50
            ? RefusedAsync("unavailable", () => world.SayAsync(world.Patient, id, "bad", "break me"))
            : world.SayAsync(world.Patient, id, $"m{i}"));
        await Task.WhenAll(sends);
        Assert.Equal(99, (await world.PageAsync(world.Patient, id)).Head.Seq);
    }

    [Fact]
    public async Task A_killed_connection_loses_nothing_acked_and_doubles_nothing_repeated()
    {
        await using var world = await World.CreateAsync(postgres);
        var id = await world.ConsultationAsync();
        var acked = new System.Collections.Concurrent.ConcurrentDictionary<string, Guid>();
        var sends = Enumerable.Range(0, 300).Select(async i =>
        {
            for (var tries = 0; ; tries++)
            {
                try
                {
                    acked[$"c{i}"] = (await world.SayAsync(world.Patient, id, $"m{i}", $"c{i}")).Id;
                    return;
                }
                catch (Refusal refusal) when (refusal.Kind == RefusalKind.Unavailable && tries < 50)
                {
                    await Task.Yield();
                }
            }
        }).ToArray();
        for (var kills = 0; kills < 5; kills++)
        {
            await TestDatabase.ExecuteAsync(world.Database.Superuser, "select pg_terminate_backend(pid) from pg_stat_activity where usename = 'colloque_app' and datname = current_database()");
        }

        await Task.WhenAll(sends);
        var stored = new Dictionary<string, Guid>(StringComparer.Ordinal);
        for (var before = long.MaxValue; before > 1;)
        {
            var page = await world.Log.BeforeAsync(world.Patient, id, before, 100, CancellationToken.None);
            foreach (var message in page.Messages)
            {
                stored.Add(message.ClientMsgId, message.Id);
            }

            before = page.Messages[^1].Seq;
        }

        Assert.Equal(300, stored.Count);
        Assert.All(acked, pair => Assert.Equal(pair.Value, stored[pair.Key]));
        Assert.Equal(300, (await world.Log.HeadAsync(world.Patient, id)).Seq);
    }

    [Fact]
    public async Task Who_starts_to_listen_on_the_lane_hears_each_later_message_exactly_once()
    {
        await using var world = await World.CreateAsync(postgres);
        var id = await world.ConsultationAsync();
        var sends = Enumerable.Range(0, 400).Select(i => world.SayAsync(world.Patient, id, $"m{i}")).ToArray();
        var heardAtHead = -1;
        var head = await world.Log.HeadAsync(world.Practitioner, id, _ => heardAtHead = world.Heard.All.OfType<MessageAppended>().Count());
        await Task.WhenAll(sends);
        Assert.Equal(head.Seq, heardAtHead);
    }

    [Fact]
    public async Task Receipts_are_watermarks_that_cover_earlier_messages_and_keep_the_first_time()
    {
        await using var world = await World.CreateAsync(postgres);
        var id = await world.ConsultationAsync();
        var first = await world.SayAsync(world.Patient, id, "one");
        var second = await world.SayAsync(world.Patient, id, "two");
        world.Clock.Advance(TimeSpan.FromSeconds(5));
        var at = world.Clock.GetUtcNow();
        Assert.NotNull(await world.Log.AdvanceAsync(world.Practitioner, id, second.Id, ReceiptKind.Delivered));
        world.Clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Null(await world.Log.AdvanceAsync(world.Practitioner, id, first.Id, ReceiptKind.Delivered));
        Assert.NotNull(await world.Log.AdvanceAsync(world.Practitioner, id, first.Id, ReceiptKind.Read));
        var page = await world.PageAsync(world.Patient, id);
        Assert.Equal([at, at], page.Messages.Select(static m => m.DeliveredAt));
        Assert.Equal([null, world.Clock.GetUtcNow()], page.Messages.Select(static m => m.ReadAt));
    }

    [Fact]
    public async Task One_cannot_deliver_ones_own_message_nor_a_foreign_one()
    {
        await using var world = await World.CreateAsync(postgres);
        var id = await world.ConsultationAsync();
        var other = await world.ConsultationAsync(world.OtherPatient, world.Practitioner, ConsultationStatus.InProgress);
        var message = await world.SayAsync(world.Patient, id, "one");
        await RefusedAsync("own_message", () => world.Log.AdvanceAsync(world.Patient, id, message.Id, ReceiptKind.Read));
        await RefusedAsync("not_found", () => world.Log.AdvanceAsync(world.Stranger, id, message.Id, ReceiptKind.Read));
        await RefusedAsync("not_found", () => world.Log.AdvanceAsync(world.Practitioner, other, message.Id, ReceiptKind.Read));
        await RefusedAsync("not_found", () => world.Log.AdvanceAsync(world.Practitioner, id, Guid.CreateVersion7(), ReceiptKind.Read));
    }

    [Fact]
    public async Task Pages_go_backwards_without_gap_or_overlap_and_forwards_from_any_number()
    {
        await using var world = await World.CreateAsync(postgres);
        var id = await world.ConsultationAsync();
        for (var i = 1; i <= 25; i++)
        {
            await world.SayAsync(world.Patient, id, $"m{i}");
        }

        var first = await world.Log.BeforeAsync(world.Patient, id, long.MaxValue, 10, CancellationToken.None);
        var second = await world.Log.BeforeAsync(world.Patient, id, first.Messages[^1].Seq, 10, CancellationToken.None);
        Assert.Equal(Enumerable.Range(6, 20).Reverse().Select(static i => $"m{i}"), [.. first.Messages.Select(static m => m.Text), .. second.Messages.Select(static m => m.Text)]);
        var after = await world.Log.AfterAsync(world.Patient, id, 20, 100, CancellationToken.None);
        Assert.Equal([21, 22, 23, 24, 25], after.Messages.Select(static m => m.Seq));
    }

    [Fact]
    public async Task A_ciphertext_moved_to_another_row_is_not_shown()
    {
        await using var world = await World.CreateAsync(postgres);
        var id = await world.ConsultationAsync();
        await world.SayAsync(world.Patient, id, "one");
        await world.SayAsync(world.Patient, id, "two");
        await TestDatabase.ExecuteAsync(world.Database.Superuser, "update messages set body = (select body from messages where seq = 1) where seq = 2");
        await Assert.ThrowsAsync<System.Security.Cryptography.CryptographicException>(() => world.PageAsync(world.Patient, id));
    }

    [Fact]
    public async Task A_send_is_one_round_trip_and_so_is_a_page()
    {
        await using var world = await World.CreateAsync(postgres);
        var id = await world.ConsultationAsync();
        await world.SayAsync(world.Patient, id, "warm");
        await world.PageAsync(world.Patient, id);
        using var trips = new RoundTrips(world.Database.Name);
        await world.SayAsync(world.Patient, id, "counted");
        Assert.Equal(1, trips.Count);
        await world.PageAsync(world.Patient, id);
        Assert.Equal(2, trips.Count);
    }

    internal static async Task RefusedAsync<T>(string code, Func<Task<T>> act) => Assert.Equal(code, (await Assert.ThrowsAsync<Refusal>(act)).Code);
}
