using System.Text;
using Microsoft.AspNetCore.Http;
using SocketIO.AspNetCore.Engine;
using SocketIO.AspNetCore.Tests.Support;

namespace SocketIO.AspNetCore.Tests.Engine;

public sealed class WebSocketTransportTests : IDisposable
{
    private readonly Bench _bench = new(o =>
    {
        o.MaxFragments = 4;
        o.MaxHttpBufferSize = 1000;
        o.PauseReadingAboveBytes = 200;
        o.MaxOutboundBytes = 2000;
    });

    private readonly RecordingStream _stream = new();
    private readonly EngineSession _session;
    private readonly Task _running;

    public WebSocketTransportTests()
    {
        _bench.Main.On("echo", (e, _) =>
        {
            e.Socket.Emit("back", e.Arguments);
            e.Ack(e.Arguments);
            return ValueTask.CompletedTask;
        });
        var context = new DefaultHttpContext();
        _session = new EngineSession("id", _bench.Server.Engine, new Handshake(context, _bench.Clock.GetUtcNow()));
        Assert.True(_bench.Server.Engine.Sessions.TryAdd(_session));
        var transport = new WebSocketTransport(_session, _stream, context, isUpgrade: false);
        _session.Attach(transport);
        _session.Start(_bench.Server.Engine.OnSession(_session));
        _running = transport.RunAsync();
    }

    public void Dispose()
    {
        _bench.Dispose();
        _stream.Dispose();
    }

    [Fact]
    public async Task An_event_and_an_ack_queued_back_to_back_leave_in_one_write()
    {
        await JoinAsync();
        _stream.Receive(Text("421[\"echo\",1]"));
        Assert.Equal(["42[\"back\",1]", "431[1]"], Frames(await _stream.NextWriteAsync()));
    }

    [Fact]
    public async Task Frames_cut_anywhere_are_put_together_again()
    {
        await JoinAsync();
        foreach (var one in Text("421[\"echo\",\"é\"]"))
        {
            _stream.Receive(one);
        }

        Assert.Equal(["42[\"back\",\"é\"]", "431[\"é\"]"], Frames(await _stream.NextWriteAsync()));
    }

    [Fact]
    public async Task A_message_in_fragments_with_a_ping_between_them_is_whole()
    {
        await JoinAsync();
        var bytes = Encoding.UTF8.GetBytes("421[\"echo\",1]");
        _stream.Receive([.. Masked(0x01, bytes[..5]), .. Masked(0x89, [7]), .. Masked(0x80, bytes[5..])]);
        var written = new List<byte>(await _stream.NextWriteAsync());
        Assert.Equal([0x8A, 1, 7], written[..3]);
        Assert.Equal(["42[\"back\",1]", "431[1]"], Frames([.. written[3..]]));
    }

    [Fact]
    public async Task Too_many_fragments_end_the_connection()
    {
        await JoinAsync();
        _stream.Receive([.. Masked(0x01, "4"u8.ToArray()), .. Enumerable.Repeat(Masked(0x00, []), 4).SelectMany(f => f)]);
        await ExpectCloseAsync(WebSocketStatus.PolicyViolation);
    }

    [Fact]
    public async Task Fragments_over_the_bound_together_end_the_connection()
    {
        await JoinAsync();
        _stream.Receive([.. Masked(0x01, new byte[600]), .. Masked(0x80, new byte[600])]);
        await ExpectCloseAsync(WebSocketStatus.TooBig);
    }

    [Theory]
    [InlineData(0x80)] // a continuation of nothing
    [InlineData(0xC1)]
    [InlineData(0x8B)]
    public async Task A_frame_against_the_rules_ends_the_connection(byte first)
    {
        await JoinAsync();
        _stream.Receive(Masked(first, "4x"u8.ToArray()));
        await ExpectCloseAsync(WebSocketStatus.ProtocolError);
    }

    [Fact]
    public async Task Text_that_is_no_utf8_ends_the_connection()
    {
        await JoinAsync();
        _stream.Receive(Masked(0x81, [(byte)'4', 0xC3, 0x28]));
        await ExpectCloseAsync(WebSocketStatus.InvalidText);
    }

    [Fact]
    public async Task A_flood_of_pings_queues_one_pong()
    {
        await JoinAsync();
        var gate = new TaskCompletionSource();
        _stream.WriteGate = gate.Task;
        _stream.Receive([.. Enumerable.Range(0, 100).SelectMany(n => Masked(0x89, [(byte)n]))]);
        _stream.Receive(Text("421[\"echo\",1]"));
        await WaitFor.Async(() => _bench.Server.Engine.UnsentBytes > 0);
        gate.SetResult();
        var written = new List<byte>();
        while (!Encoding.UTF8.GetString([.. written]).Contains("431", StringComparison.Ordinal))
        {
            written.AddRange(await _stream.NextWriteAsync());
        }

        Assert.InRange(written.Count(b => b == 0x8A), 1, 2);
    }

    [Fact]
    public async Task Who_does_not_read_its_replies_is_read_no_further_until_it_does()
    {
        await JoinAsync();
        var gate = new TaskCompletionSource();
        _stream.WriteGate = gate.Task;
        var word = new string('x', 150);
        _stream.Receive(Text($"42[\"echo\",\"{word}\"]"));
        _stream.Receive(Text($"42[\"echo\",\"{word}\"]"));
        await WaitFor.Async(() => _bench.Server.Engine.UnsentBytes > 200);
        var readable = _session.WhenReadableAsync().AsTask();
        Assert.False(readable.IsCompleted);
        gate.SetResult();
        await readable;
        Assert.True(_session.IsOpen);
    }

    [Fact]
    public async Task Who_goes_on_sending_after_its_end_is_cut_off_after_a_while()
    {
        await JoinAsync();
        _stream.Receive(Masked(0xC1, []));
        Assert.Equal(0x88, (await _stream.NextWriteAsync())[0]);
        _stream.Receive(new byte[1000]);
        Assert.False(_running.IsCompleted);
        _stream.Receive(new byte[1100]);
        await _running;
    }

    [Fact]
    public async Task A_close_frame_is_answered_and_the_connection_ends()
    {
        await JoinAsync();
        _stream.Receive(Masked(0x88, [0x03, 0xE8]));
        Assert.Equal([0x88, 2, 0x03, 0xE8], await _stream.NextWriteAsync());
        await _running;
        Assert.False(_session.IsOpen);
    }

    [Fact]
    public async Task What_was_sent_before_a_close_still_leaves()
    {
        await JoinAsync();
        _bench.Main.Everyone.Emit("last");
        _session.Close();
        var written = new List<byte>();
        while (written.Count < 4 || written[^4] != 0x88)
        {
            written.AddRange(await _stream.NextWriteAsync());
        }

        Assert.Equal(["42[\"last\"]"], Frames([.. written[..^4]]));
        _stream.EndReceiving();
        await _running;
    }

    private async Task JoinAsync()
    {
        _stream.Receive(Text("40"));
        Assert.StartsWith("40{", Frames(await _stream.NextWriteAsync())[0], StringComparison.Ordinal);
    }

    private async Task ExpectCloseAsync(ushort status)
    {
        Assert.Equal([0x88, 2, (byte)(status >> 8), (byte)status], await _stream.NextWriteAsync());
        Assert.False(_session.IsOpen);

        // Nothing more is understood, and the end of the peer ends it.
        _stream.Receive(Text("421[\"echo\",1]"));
        _stream.EndReceiving();
        await _running;
    }

    private static byte[] Text(string text) => Masked(0x81, Encoding.UTF8.GetBytes(text));

    private static byte[] Masked(byte first, byte[] payload)
    {
        byte[] key = [1, 2, 3, 4];
        byte[] length = payload.Length < 126
            ? [(byte)(0x80 | payload.Length)]
            : [0x80 | 126, (byte)(payload.Length >> 8), (byte)payload.Length];
        return [first, .. length, .. key, .. payload.Select((b, i) => (byte)(b ^ key[i & 3]))];
    }

    private static List<string> Frames(byte[] written)
    {
        var frames = new List<string>();
        for (var i = 0; i < written.Length;)
        {
            var isLong = written[i + 1] == 126;
            var length = isLong ? (written[i + 2] << 8) | written[i + 3] : written[i + 1];
            i += isLong ? 4 : 2;
            frames.Add(Encoding.UTF8.GetString(written, i, length));
            i += length;
        }

        return frames;
    }
}
