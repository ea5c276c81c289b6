using System.Collections.Concurrent;
using Colloque.Presence;
using Xunit;

namespace Colloque.Tests.Presence;

/// <summary>Thirty seconds after the last ping, or with the last socket, a person is gone; and the list told last is the newest.</summary>
public sealed class PresenceTests
{
    private static readonly Guid Room = Guid.CreateVersion7();
    private static readonly Guid Nadia = Guid.CreateVersion7();

    private readonly FakeClock clock = new();
    private readonly PresenceBoard board;

    public PresenceTests() => board = new(clock);

    [Fact]
    public void A_person_stays_online_for_30_seconds_after_the_last_ping()
    {
        Assert.True(Ping("phone"));
        clock.Advance(TimeSpan.FromSeconds(29));
        Assert.Equal([Nadia], board.Online(Room).UserIds);
        Assert.False(Ping("phone"));
        clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Empty(board.Online(Room).UserIds);
        Assert.Equal([Room], Swept());
        Assert.Empty(Swept());
    }

    [Fact]
    public void With_two_sockets_a_person_leaves_with_the_last_one()
    {
        Ping("phone");
        Assert.False(Ping("desk"));
        Assert.False(Leave("phone"));
        Assert.Equal([Nadia], board.Online(Room).UserIds);
        Assert.True(Leave("desk"));
        Assert.Empty(board.Online(Room).UserIds);
        Assert.False(Leave("desk"));
    }

    [Fact]
    public void A_socket_that_fell_silent_does_not_hide_the_one_that_pings()
    {
        Ping("phone");
        clock.Advance(TimeSpan.FromSeconds(20));
        Ping("desk");
        clock.Advance(TimeSpan.FromSeconds(15));
        Assert.Empty(Swept());
        Assert.Equal([Nadia], board.Online(Room).UserIds);
    }

    [Fact]
    public void A_list_read_after_everyone_left_is_not_older_than_the_one_that_said_so()
    {
        long told = 0;
        Ping("phone");
        board.Leave(Room, Nadia, "phone", online => told = online.Revision);
        Assert.True(board.Online(Room).Revision >= told);
        board.Ping(Room, Nadia, "phone", (online, _) => Assert.True(online.Revision > told));
    }

    [Fact]
    public async Task However_many_come_and_go_at_once_the_list_that_each_is_told_last_is_the_truth()
    {
        const int People = 12;
        const int Turns = 400;
        var told = new ConcurrentDictionary<Guid, List<OnlineList>>();
        var answers = new ConcurrentQueue<OnlineList>();
        void Tell(OnlineList online)
        {
            // As the sockets in a room are told: whoever listens now, one after another.
            foreach (var heard in told.Values)
            {
                heard.Add(online);
            }
        }

        using var start = new Barrier(People);
        var stay = Enumerable.Range(0, People).Select(static i => (Id: Guid.CreateVersion7(), Stays: i % 3 != 0)).ToArray();
        await Task.WhenAll(stay.Select(person => Task.Factory.StartNew(
            () =>
            {
                start.SignalAndWait();
                for (var turn = 0; turn < Turns; turn++)
                {
                    told.TryAdd(person.Id, []);
                    board.Ping(Room, person.Id, "phone", (online, changed) =>
                    {
                        if (changed)
                        {
                            Tell(online);
                        }
                    });
                    answers.Enqueue(board.Online(Room));
                    if (turn < Turns - 1 || !person.Stays)
                    {
                        board.Leave(Room, person.Id, "phone", Tell);
                    }
                }
            },
            TestContext.Current.CancellationToken,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default)));

        var truth = stay.Where(static p => p.Stays).Select(static p => p.Id).Order().ToArray();
        Assert.Equal(truth, board.Online(Room).UserIds);
        foreach (var (_, heard) in told)
        {
            Assert.Equal(truth, heard[^1].UserIds);
            Assert.All(heard.Zip(heard.Skip(1)), static pair => Assert.True(pair.First.Revision < pair.Second.Revision));
        }

        // What an answer carried is, by its revision, one of the lists that were told.
        var known = told[stay[0].Id].ToDictionary(static online => online.Revision, static online => online.UserIds);
        Assert.All(answers, answer => Assert.True(!known.TryGetValue(answer.Revision, out var same) || same.SequenceEqual(answer.UserIds)));
    }

    private bool Ping(string socketId)
    {
        var did = false;
        board.Ping(Room, Nadia, socketId, (_, changed) => did = changed);
        return did;
    }

    private bool Leave(string socketId)
    {
        var did = false;
        board.Leave(Room, Nadia, socketId, _ => did = true);
        return did;
    }

    private List<Guid> Swept()
    {
        var changed = new List<Guid>();
        board.Sweep((conversationId, _) => changed.Add(conversationId));
        return changed;
    }
}
