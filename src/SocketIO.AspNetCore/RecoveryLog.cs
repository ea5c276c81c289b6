using System.Buffers.Text;
using System.Security.Cryptography;

namespace SocketIO.AspNetCore;

/// <summary>What a namespace keeps for sockets that may return: packets and lost sockets, bounded in count, bytes and time.</summary>
#pragma warning disable CA1001 // its timer is one-shot and ends with the log
internal sealed class RecoveryLog
#pragma warning restore CA1001
{
    private readonly ConnectionStateRecoveryOptions _options;
    private readonly TimeProvider _clock;
    private readonly ITimer _timer;
    private readonly Queue<Entry> _entries = new();
    private readonly Queue<(LostSocket Lost, long ExpiresAt)> _savedInOrder = new();
    private readonly Dictionary<string, LostSocket> _lost = new(StringComparer.Ordinal);
    private readonly long _window;
    private long _bytes;
    private bool _isTimerSet;

    public RecoveryLog(ConnectionStateRecoveryOptions options, TimeProvider clock)
    {
        _options = options;
        _clock = clock;
        _window = (long)(options.MaxDisconnectionDuration.TotalSeconds * clock.TimestampFrequency);
        _timer = clock.CreateTimer(static s => ((RecoveryLog)s!).OnTimer(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Held while a packet goes into the log and out to the sockets.</summary>
    public Lock Gate { get; } = new();

    /// <summary>Packets kept, for tests.</summary>
    public int Count => _entries.Count;

    /// <summary>Random, so that it tells a client nothing of how much others say.</summary>
    public string NextOffset()
    {
        Span<byte> random = stackalloc byte[9];
        RandomNumberGenerator.Fill(random);
        return Base64Url.EncodeToString(random);
    }

    /// <summary>Under <see cref="Gate"/>.</summary>
    public void Append(EncodedPacket packet, BroadcastFilter filter)
    {
        var entry = new Entry(packet, filter, packet.Size, _clock.GetTimestamp() + _window);
        _entries.Enqueue(entry);
        _bytes += entry.Size;
        Trim();
        SetTimer();
    }

    public void Save(LostSocket lost)
    {
        lock (Gate)
        {
            _lost[lost.PrivateId] = lost;
            _savedInOrder.Enqueue((lost, _clock.GetTimestamp() + _window));
            Trim();
            SetTimer();
        }
    }

    /// <summary>Hands a lost socket out, once.</summary>
    public LostSocket? Take(string privateId, string offset)
    {
        lock (Gate)
        {
            Trim();
            if (!_lost.Remove(privateId, out var lost) || !_entries.Any(e => e.Packet.Offset == offset))
            {
                return null;
            }

            return lost with { Offset = offset };
        }
    }

    /// <summary>The packets a socket missed, in order. Null if the log no longer reaches back to its offset.</summary>
    public List<EncodedPacket>? MissedBy(LostSocket lost)
    {
        List<EncodedPacket>? missed = null;
        foreach (var entry in _entries)
        {
            if (missed is not null && IsFor(lost, entry.Filter))
            {
                missed.Add(entry.Packet);
            }

            if (entry.Packet.Offset == lost.Offset)
            {
                missed = [];
            }
        }

        return missed;
    }

    private static bool IsFor(LostSocket lost, BroadcastFilter filter) =>
        (filter.Rooms.Count == 0 || filter.Rooms.Any(room => IsIn(lost, room))) && !filter.Except.Any(room => IsIn(lost, room));

    private static bool IsIn(LostSocket lost, string room) => room == lost.Id || lost.Rooms.Contains(room);

    private void Trim()
    {
        var now = _clock.GetTimestamp();
        while (_entries.TryPeek(out var oldest)
            && (oldest.ExpiresAt <= now || _entries.Count > _options.MaxPackets || (_bytes > _options.MaxBytes && _entries.Count > 1)))
        {
            _entries.Dequeue();
            _bytes -= oldest.Size;
        }

        while (_savedInOrder.TryPeek(out var oldest) && (oldest.ExpiresAt <= now || _savedInOrder.Count > _options.MaxSessions))
        {
            _savedInOrder.Dequeue();

            // Unless it returned meanwhile and was lost again, under the same private id.
            if (_lost.TryGetValue(oldest.Lost.PrivateId, out var lost) && ReferenceEquals(lost, oldest.Lost))
            {
                _lost.Remove(lost.PrivateId);
            }
        }
    }

    private void OnTimer()
    {
        lock (Gate)
        {
            _isTimerSet = false;
            Trim();
            SetTimer();
        }
    }

    private void SetTimer()
    {
        if (_isTimerSet || (_entries.Count == 0 && _savedInOrder.Count == 0))
        {
            return;
        }

        // Memory of what nobody asks for any more is returned within two windows.
        _isTimerSet = true;
        _timer.Change(_options.MaxDisconnectionDuration, Timeout.InfiniteTimeSpan);
    }

    private sealed record Entry(EncodedPacket Packet, BroadcastFilter Filter, int Size, long ExpiresAt);
}
