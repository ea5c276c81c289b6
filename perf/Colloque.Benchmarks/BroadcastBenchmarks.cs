using System.Buffers;
using BenchmarkDotNet.Attributes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using SocketIO.AspNetCore;
using SocketIO.AspNetCore.Engine;

namespace Colloque.Benchmarks;

/// <summary>One broadcast from the encoder to the queues of its receivers, with and without recovery. No network.</summary>
[MemoryDiagnoser]
public class BroadcastBenchmarks : IDisposable
{
    private readonly Message _message = new("0199a0aa-1111-7222-8333-444455556666", 42, "Bonjour docteur, la douleur est moins forte ce matin.");
    private readonly List<EngineSession> _sessions = [];
    private readonly ArrayBufferWriter<byte> _answer = new(64 * 1024);
    private SocketIOServer _server = null!;
    private Namespace _namespace = null!;

    [Params(2, 1000)]
    public int Receivers { get; set; }

    [Params(false, true)]
    public bool Recovery { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        var options = new SocketIOOptions { ConnectionStateRecovery = Recovery ? new ConnectionStateRecoveryOptions() : null };
        _server = new SocketIOServer(options, NullLogger.Instance);
        _namespace = _server.Of("/");
        for (var i = 0; i < Receivers; i++)
        {
            var handshake = new Handshake(new DefaultHttpContext(), options.TimeProvider.GetUtcNow());
            var session = new EngineSession(EngineSessionStore.CreateId(), _server.Engine, handshake);
            _server.Engine.Sessions.TryAdd(session);
            session.Start(_server.Engine.OnSession(session));
            session.Receive("40"u8);
            _sessions.Add(session);
        }

        foreach (var socket in _namespace.Sockets)
        {
            socket.Join("room");
        }
    }

    [Benchmark]
    public void BroadcastToRoom()
    {
        _namespace.To("room").Emit("chat.message", _message, BenchmarkJson.Default.Message);
        foreach (var session in _sessions)
        {
            _answer.ResetWrittenCount();
            session.EndPoll(session.BeginPoll()!, _answer);
        }
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _server.Dispose();
        GC.SuppressFinalize(this);
    }
}
