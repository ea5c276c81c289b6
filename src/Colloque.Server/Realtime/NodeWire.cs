using System.Collections.Concurrent;
using System.Threading.Channels;
using Colloque.Security;
using Colloque.Storage;

namespace Colloque.Server.Realtime;

/// <summary>
/// What the nodes of one installation say to each other, sealed, by notifications of the database they share: in one order for all, to whoever listens at that moment, and kept nowhere. A word can
/// be lost (a database that is away); then all is said anew once it is there again. A node that is alone says nothing but, every two seconds, that it is there.
/// </summary>
internal sealed partial class NodeWire(NotificationChannel channel, NodeSeal seal, TimeProvider time, ILogger<NodeWire> logger) : BackgroundService
{
    /// <summary>Words of one envelope, and their bytes: of the largest word one fits still.</summary>
    private const int MostWords = 256;
    private const int MostBytes = 512 * 1024;

    private static readonly TimeSpan BeatEvery = TimeSpan.FromSeconds(2);

    /// <summary>A node that has not been heard for so long has ended.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(6);

    /// <summary>What says to be older, or of later, is no node's of now.</summary>
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(1);

    private readonly Guid self = Guid.CreateVersion7(time.GetUtcNow());
    private readonly Lock order = new();
    private readonly NodeFrames frames = new();

    // When each was last heard; and of all that ever were, the number of their newest envelope.
    private readonly ConcurrentDictionary<Guid, long> others = new();
    private readonly Dictionary<Guid, long> newest = [];

    // Words that the database cannot take are signals of a moment ago: the oldest give way.
    private readonly Channel<Said> queue = Channel.CreateBounded<Said>(
        new BoundedChannelOptions(20_000) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    private Action<Guid, byte[]> heard = static (_, _) => { };
    private Action<Guid> gone = static _ => { };
    private Action sayAll = static () => { };
    private long said;
    private long echoed;
    private long heardSelf;
    private long number;
    private bool isSayingAnew;

    /// <summary>Another node is there.</summary>
    internal bool HasOthers => !others.IsEmpty;

    /// <summary>Another node has been there since this one began.</summary>
    internal bool HadOthers { get; private set; }

    /// <summary>The newest own word that has come back, so that every word that comes now was said after it; or that will never come.</summary>
    internal long Echoed => Volatile.Read(ref echoed);

    /// <summary>Whom it tells, before the server starts; none may wait.</summary>
    /// <param name="onWord">Another node's word.</param>
    /// <param name="onGone">A node has ended.</param>
    /// <param name="onAsked">All that one has is to be said: another node has come.</param>
    internal void Tell(Action<Guid, byte[]> onWord, Action<Guid> onGone, Action onAsked) => (heard, gone, sayAll) = (onWord, onGone, onAsked);

    /// <summary>Says a word to all other nodes. Never waits.</summary>
    /// <returns>Its number; 0: nobody is there to hear it.</returns>
    internal long Say(byte[] word)
    {
        if (!HasOthers)
        {
            return 0;
        }

        lock (order)
        {
            queue.Writer.TryWrite(new(++said, word, Asks: false));
            return said;
        }
    }

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(ListenAsync(stoppingToken), WriteAsync(stoppingToken), BeatAsync(stoppingToken));

    private async Task ListenAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                // One's own signs of life come back too: silence is a connection that has ended and does not say so.
                await channel.ListenAsync(Listening, Take, Silence * 2, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Refusal) when (!HadOthers)
            {
                // Where there is one node alone, others have said already that the database is away.
            }
            catch (Refusal)
            {
                LogDeaf(logger);
            }

            await Task.Delay(TimeSpan.FromSeconds(1), time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private void Listening()
    {
        // Nobody could be heard meanwhile.
        foreach (var node in others.Keys)
        {
            others[node] = time.GetTimestamp();
        }

        // And tells: whoever asked meanwhile was not heard.
        Post(asks: true);
        Try(sayAll);
    }

    private async Task BeatAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(BeatEvery, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                Post(asks: false);
                var now = time.GetTimestamp();
                // Who does not hear itself knows nothing of the others: they may be there as before.
                var hears = time.GetElapsedTime(Volatile.Read(ref heardSelf), now) < Silence;
                foreach (var entry in others.Where(o => hears && time.GetElapsedTime(o.Value, now) > Silence))
                {
                    if (others.TryRemove(entry))
                    {
                        LogGone(logger, entry.Key);
                        Try(() => gone(entry.Key));
                    }
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The server stops.
        }
    }

    private async Task WriteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (await queue.Reader.WaitToReadAsync(stoppingToken))
            {
                var (words, bytes, last, asks) = (new List<byte[]>(), 0, 0L, false);
                while (words.Count < MostWords && bytes < MostBytes && queue.Reader.TryRead(out var one))
                {
                    (last, asks) = (one.Number, asks || one.Asks);
                    if (one.Word is { } word)
                    {
                        words.Add(word);
                        bytes += word.Length;
                    }
                }

                await SendAsync(new(time.GetUtcNow(), last, asks, words), stoppingToken);
            }
        }
        catch (OperationCanceledException)
        {
            // The server stops.
        }
    }

    private async Task SendAsync(NodeEnvelope envelope, CancellationToken cancellationToken)
    {
        var record = seal.Seal(self, ++number, envelope.ToBytes());
        try
        {
            await channel.SendAsync(NodeFrames.Cut(new(self, number, record)), cancellationToken);
            if (isSayingAnew)
            {
                isSayingAnew = false;
                Try(sayAll);
            }
        }
        catch (Refusal)
        {
            // Who waits for these words to come back would wait for ever; the others hear all that is so once they can.
            isSayingAnew = true;
            Volatile.Write(ref echoed, envelope.Last);
            if (HadOthers)
            {
                LogMute(logger);
            }
        }
    }

    private void Post(bool asks)
    {
        lock (order)
        {
            queue.Writer.TryWrite(new(said, null, asks));
        }
    }

    private void Take(string notification)
    {
        if (frames.Take(notification) is not { } frame || seal.Open(frame.Node, frame.Number, frame.Record) is not { } opened)
        {
            return;
        }

        Try(() =>
        {
            var envelope = NodeEnvelope.Of(opened);
            if (frame.Node == self)
            {
                Volatile.Write(ref heardSelf, time.GetTimestamp());
                Volatile.Write(ref echoed, Math.Max(echoed, envelope.Last));
            }
            else if ((time.GetUtcNow() - envelope.At).Duration() > Skew)
            {
                LogSkew(logger, frame.Node);
            }
            else
            {
                Hear(frame, envelope);
            }
        });
    }

    private void Hear(NodeFrame frame, NodeEnvelope envelope)
    {
        if (frame.Number <= newest.GetValueOrDefault(frame.Node))
        {
            // Somebody repeats it.
            return;
        }

        newest[frame.Node] = frame.Number;
        var isKnown = others.ContainsKey(frame.Node);
        others[frame.Node] = time.GetTimestamp();
        if (!isKnown)
        {
            HadOthers = true;
            LogCame(logger, frame.Node);
            Post(asks: true);
        }

        if (!isKnown || envelope.Asks)
        {
            Try(sayAll);
        }

        foreach (var word in envelope.Words)
        {
            Try(() => heard(frame.Node, word));
        }
    }

    /// <summary>One word that fails keeps none of the others from being heard.</summary>
    private void Try(Action step)
    {
        try
        {
            step();
        }
        catch (Exception e)
        {
            LogFailed(logger, e.GetType().Name);
        }
    }

    private readonly record struct Said(long Number, byte[]? Word, bool Asks);

    [LoggerMessage(150, LogLevel.Information, "Node {Node} is there")]
    private static partial void LogCame(ILogger logger, Guid node);

    [LoggerMessage(151, LogLevel.Warning, "Node {Node} is not heard any more")]
    private static partial void LogGone(ILogger logger, Guid node);

    [LoggerMessage(152, LogLevel.Warning, "Other nodes cannot be heard; tried again in a second")]
    private static partial void LogDeaf(ILogger logger);

    [LoggerMessage(153, LogLevel.Warning, "Other nodes could not be told; they will be told all that is so")]
    private static partial void LogMute(ILogger logger);

    [LoggerMessage(154, LogLevel.Warning, "The clock of node {Node} is more than a minute from this one's: it is not heard")]
    private static partial void LogSkew(ILogger logger, Guid node);

    [LoggerMessage(155, LogLevel.Error, "What another node said failed here ({Kind})")]
    private static partial void LogFailed(ILogger logger, string kind);
}
