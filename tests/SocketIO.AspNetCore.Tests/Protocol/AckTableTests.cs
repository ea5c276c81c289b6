using SocketIO.AspNetCore.Protocol;

namespace SocketIO.AspNetCore.Tests.Protocol;

public sealed class AckTableTests
{
    [Fact]
    public async Task An_ack_finds_its_caller_once()
    {
        var table = new AckTable(2);
        Assert.True(table.TryOpen(out var id, out var ack));
        table.Take(id)!.SetResult(EventArguments.Empty);
        Assert.Same(EventArguments.Empty, await ack);
        Assert.Null(table.Take(id));
        Assert.Null(table.Take(99));
    }

    [Fact]
    public void A_full_table_takes_no_more_until_one_is_done()
    {
        var table = new AckTable(1);
        Assert.True(table.TryOpen(out var id, out _));
        Assert.False(table.TryOpen(out _, out _));
        table.Abandon(id);
        Assert.True(table.TryOpen(out _, out _));
    }

    [Fact]
    public async Task Closing_tells_those_who_wait_and_those_who_come_later()
    {
        var table = new AckTable(2);
        Assert.True(table.TryOpen(out _, out var ack));
        table.Close(() => new SocketDisconnectedException());
        await Assert.ThrowsAsync<SocketDisconnectedException>(() => ack);
        Assert.False(table.TryOpen(out _, out _));
    }
}
