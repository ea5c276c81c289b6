using System.Buffers;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using SocketIO.AspNetCore.Engine;

namespace SocketIO.AspNetCore.Tests.Support;

/// <summary>A server without a network: its peers speak packets and hear packets, on a clock that stands still.</summary>
internal sealed class Bench : IDisposable
{
    public Bench(Action<SocketIOOptions>? configure = null)
    {
        var options = new SocketIOOptions { TimeProvider = Clock };
        configure?.Invoke(options);
        Server = new SocketIOServer(options, NullLogger.Instance);
    }

    public FakeTimeProvider Clock { get; } = new();

    public SocketIOServer Server { get; }

    public Namespace Main => Server.Of("/");

    /// <summary>A session that did not join a namespace yet.</summary>
    public Peer Open() => new(this);

    /// <summary>A session in the main namespace.</summary>
    public Peer Join(string auth = "")
    {
        var peer = Open();
        peer.Say("0" + auth);
        peer.Welcome = peer.Hear().Single(p => p.StartsWith("0{", StringComparison.Ordinal));
        return peer;
    }

    public void Dispose() => Server.Dispose();
}

/// <summary>The client's side of a session.</summary>
internal sealed class Peer
{
    public Peer(Bench bench)
    {
        var context = new DefaultHttpContext();
        Session = new EngineSession(EngineSessionStore.CreateId(), bench.Server.Engine, new Handshake(context, bench.Clock.GetUtcNow()));
        Assert.True(bench.Server.Engine.Sessions.TryAdd(Session));
        Session.Start(bench.Server.Engine.OnSession(Session));
        Bench = bench;
    }

    public Bench Bench { get; }

    public EngineSession Session { get; }

    /// <summary>The answer to CONNECT.</summary>
    public string Welcome { get; set; } = "";

    public Socket Socket => Bench.Main.Sockets.Single(s => Welcome.Contains(s.Id, StringComparison.Ordinal));

    public string Pid => System.Text.Json.JsonDocument.Parse(Welcome[1..]).RootElement.GetProperty("pid").GetString()!;

    /// <summary>Sends one Socket.IO packet.</summary>
    public void Say(string packet) => Session.Receive(Encoding.UTF8.GetBytes("4" + packet));

    public void SayBinary(params byte[] data) => Session.ReceiveBinary(data);

    /// <summary>Answers a ping.</summary>
    public void Pong() => Session.Receive("3"u8);

    /// <summary>The Socket.IO packets that wait; binary ones as <c>b</c> and base64, pings left out.</summary>
    public string[] Hear() =>
        [.. HearRaw().Where(p => p is not ("2" or "6" or "1")).Select(p => p[0] == '4' ? p[1..] : p)];

    /// <summary>All Engine.IO packets that wait.</summary>
    public string[] HearRaw()
    {
        if (Session.BeginPoll() is not { } poll)
        {
            return [];
        }

        var payload = new ArrayBufferWriter<byte>();
        return Session.EndPoll(poll, payload) ? Encoding.UTF8.GetString(payload.WrittenSpan).Split('\u001e') : [];
    }
}
