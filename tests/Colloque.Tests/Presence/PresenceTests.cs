using Colloque.Presence;
using Xunit;

namespace Colloque.Tests.Presence;

/// <summary>Thirty seconds after the last ping, or with the last socket, a person is gone.</summary>
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
        Assert.True(board.Ping(Room, Nadia, "phone"));
        clock.Advance(TimeSpan.FromSeconds(29));
        Assert.Equal([Nadia], board.Online(Room));
        Assert.False(board.Ping(Room, Nadia, "phone"));
        clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Empty(board.Online(Room));
        Assert.Equal([Room], board.Sweep());
        Assert.Empty(board.Sweep());
    }

    [Fact]
    public void With_two_sockets_a_person_leaves_with_the_last_one()
    {
        board.Ping(Room, Nadia, "phone");
        Assert.False(board.Ping(Room, Nadia, "desk"));
        Assert.False(board.Leave(Room, Nadia, "phone"));
        Assert.Equal([Nadia], board.Online(Room));
        Assert.True(board.Leave(Room, Nadia, "desk"));
        Assert.Empty(board.Online(Room));
        Assert.False(board.Leave(Room, Nadia, "desk"));
    }

    [Fact]
    public void A_socket_that_fell_silent_does_not_hide_the_one_that_pings()
    {
        board.Ping(Room, Nadia, "phone");
        clock.Advance(TimeSpan.FromSeconds(20));
        board.Ping(Room, Nadia, "desk");
        clock.Advance(TimeSpan.FromSeconds(15));
        Assert.Empty(board.Sweep());
        Assert.Equal([Nadia], board.Online(Room));
    }
}
