using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Buffers.Text;
using Microsoft.Extensions.Logging;

namespace SocketIO.AspNetCore.Engine;

/// <summary>What the sessions of one endpoint share.</summary>
internal sealed class EngineEndpoint : IDisposable
{
    private long _unsentBytes;

    public EngineEndpoint(EngineIOOptions options, ILogger logger, Func<EngineSession, EngineReceiver> onSession)
    {
        options.Validate();
        Options = options;
        Logger = logger;
        OnSession = onSession;
        Sweeper = new SessionSweeper(options.TimeProvider);
        PingInterval = Sweeper.CreateLine(options.PingInterval);
        PingTimeout = Sweeper.CreateLine(options.PingTimeout);
        UpgradeTimeout = Sweeper.CreateLine(options.UpgradeTimeout);
        ProbeNoop = Sweeper.CreateLine(TimeSpan.FromMilliseconds(50));
        MaxLateness = options.TimeProvider.TimestampFrequency / 40;
        CloseTimeout = Sweeper.CreateLine(options.CloseTimeout);
        Sessions = new EngineSessionStore(options.MaxSessions);
    }

    public EngineIOOptions Options { get; }

    public ILogger Logger { get; }

    public Func<EngineSession, EngineReceiver> OnSession { get; }

    public SessionSweeper Sweeper { get; }

    public DeadlineLine PingInterval { get; }

    public DeadlineLine PingTimeout { get; }

    public DeadlineLine UpgradeTimeout { get; }

    /// <summary>Time from a probe to the noop that ends the waiting poll; half of Node's check interval.</summary>
    public DeadlineLine ProbeNoop { get; }

    public DeadlineLine CloseTimeout { get; }

    /// <summary>How late a ping may be sent at the client's expense, in ticks: 25 ms.</summary>
    public long MaxLateness { get; }

    public EngineSessionStore Sessions { get; }

    /// <summary>Bytes that wait for clients, of all sessions.</summary>
    public long UnsentBytes => Interlocked.Read(ref _unsentBytes);

    public void AddUnsent(int bytes) => Interlocked.Add(ref _unsentBytes, bytes);

    /// <summary>Ends all sessions; no further one is admitted.</summary>
    public void Shutdown()
    {
        foreach (var session in Sessions.Drain())
        {
            session.Terminate(CloseReason.ServerShuttingDown, status: WebSocketStatus.GoingAway);
        }
    }

    public void Dispose() => Sweeper.Dispose();
}

/// <summary>The table of live sessions, by id.</summary>
internal sealed class EngineSessionStore(int capacity)
{
    private readonly ConcurrentDictionary<string, EngineSession> _sessions = new(StringComparer.Ordinal);
    private int _count;
    private volatile bool _isClosed;

    public int Count => Volatile.Read(ref _count);

    /// <summary>A fresh id of 144 random bits.</summary>
    public static string CreateId()
    {
        Span<byte> random = stackalloc byte[18];
        RandomNumberGenerator.Fill(random);
        return Base64Url.EncodeToString(random);
    }

    /// <summary>Admits a session. False if there are too many.</summary>
    public bool TryAdd(EngineSession session)
    {
        if (_isClosed || Interlocked.Increment(ref _count) > capacity)
        {
            if (!_isClosed)
            {
                Interlocked.Decrement(ref _count);
            }

            return false;
        }

        _sessions[session.Id] = session;
        return true;
    }

    public bool TryGet(string id, [NotNullWhen(true)] out EngineSession? session) => _sessions.TryGetValue(id, out session);

    public void Remove(string id)
    {
        if (_sessions.TryRemove(id, out _))
        {
            Interlocked.Decrement(ref _count);
        }
    }

    public ICollection<EngineSession> Drain()
    {
        _isClosed = true;
        return _sessions.Values;
    }
}
