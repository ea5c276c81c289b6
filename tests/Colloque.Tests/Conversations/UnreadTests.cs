using Colloque.Conversations;
using Colloque.Security;
using Colloque.Testing;
using Xunit;

namespace Colloque.Tests.Conversations;

/// <summary>What a list says is unread, without counting it.</summary>
public sealed class UnreadTests(PostgresFixture postgres)
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Whoever_writes_repeats_and_reads_in_whatever_order_a_list_says_what_counting_would(int seed)
    {
        await using var world = await World.CreateAsync(postgres);
        await world.AddPlatformPractitionersAsync();
        await TestDatabase.ExecuteAsync(world.Database.Superuser, "update practitioners set status = 'Validated'");
        var id = await world.ConsultationAsync();
        var random = new Random(seed);
        List<MessageView> said = [];
        var marks = new Dictionary<Guid, long> { [world.Patient.UserId] = 0, [world.Practitioner.UserId] = 0 };
        Caller[] people = [world.Patient, world.Practitioner];
        for (var step = 0; step < 60; step++)
        {
            if (step == 25)
            {
                await world.RunAsync(world.Practitioner, (SeatPractitioner verb) => verb.SeatAsync(id, world.Freelance.UserId, false, default));
                people = [.. people, world.Freelance];
                marks[world.Freelance.UserId] = said.Count == 0 ? 0 : said[^1].Seq;
            }

            var caller = people[random.Next(people.Length)];
            var known = said.Where(m => m.SenderId != caller.UserId && m.Seq > marks[caller.UserId]).ToArray();
            switch (random.Next(5))
            {
                case 0 or 1:
                    said.Add(await world.SayAsync(caller, id, $"{step}", $"{seed}-{step}"));
                    break;
                case 2 when said.LastOrDefault(m => m.SenderId == caller.UserId) is { } again:
                    // Repeated: the number it had been given goes back, and so does the count.
                    Assert.Equal(again.Seq, (await world.SayAsync(caller, id, again.Text!, again.ClientMsgId)).Seq);
                    break;
                case 3 when known.Length > 0:
                    var read = known[random.Next(known.Length)];
                    await world.Log.AdvanceAsync(caller, id, read.Id, ReceiptKind.Read);
                    marks[caller.UserId] = read.Seq;
                    break;
            }

            foreach (var person in people)
            {
                var list = await world.RunAsync(person, (ListConversations verb) => verb.RunAsync([], false, null, 10, default));
                var counted = said.Count(m => m.SenderId != person.UserId && m.Seq > marks[person.UserId]);
                Assert.Equal(said.Count == 0 ? [] : [counted], list.Items.Select(static c => c.UnreadCount));
            }
        }

        Assert.Equal(said.Count, await world.ScalarAsync<long>("select sum(n)::bigint from conversations c, unnest(c.sent) n"));
    }

    [Fact]
    public async Task Marks_and_messages_from_before_the_counts_are_counted_all_the_same()
    {
        await using var world = await World.CreateAsync(postgres);
        var id = await world.ConsultationAsync();
        var first = await world.SayAsync(world.Patient, id, "one");
        await world.SayAsync(world.Practitioner, id, "two");
        await world.SayAsync(world.Patient, id, "three");
        await world.Log.AdvanceAsync(world.Practitioner, id, first.Id, ReceiptKind.Read);
        await TestDatabase.ExecuteAsync(world.Database.Superuser, "update receipts set own = null");
        var list = await world.RunAsync(world.Practitioner, (ListConversations verb) => verb.RunAsync([], false, null, 10, default));
        Assert.Equal(1, list.Items[0].UnreadCount);
    }
}
