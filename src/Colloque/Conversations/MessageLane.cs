using System.Threading.Channels;
using Colloque.Storage;
using Microsoft.Extensions.Logging;

namespace Colloque.Conversations;

/// <summary>
/// One writing connection. While a round trip is under way, what arrives gathers for the next; while PostgreSQL works on that,
/// the answers of the last one are given. Entries of one conversation stay in order.
/// </summary>
internal sealed partial class MessageLane : IAsyncDisposable
{
    private readonly Channel<LogEntry> queue;
    private readonly MessageBatch batch;
    private readonly ILogger log;
    private readonly int maxBatch;
    private readonly Task loop;

    internal MessageLane(ColloqueDatabase database, IAnnouncer announcer, TimeProvider time, ILogger log, MessageLogOptions options)
    {
        queue = Channel.CreateBounded<LogEntry>(new BoundedChannelOptions(options.MaxQueued) { SingleReader = true });
        batch = new(database, announcer, time);
        this.log = log;
        maxBatch = options.MaxBatch;
        loop = RunAsync();
    }

    internal void Post(LogEntry entry)
    {
        if (!queue.Writer.TryWrite(entry))
        {
            entry.Fail(Refusal.Unavailable());
        }
    }

    public async ValueTask DisposeAsync()
    {
        queue.Writer.TryComplete();
        await loop;
        await batch.DisposeAsync();
    }

    private async Task RunAsync()
    {
        // Off the constructor's thread, for good.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        Action? answers = null;
        while (true)
        {
            var entries = Take();
            var running = entries.Count > 0 ? ExecuteAsync(entries) : null;
            answers?.Invoke();
            answers = null;
            if (running is not null)
            {
                answers = await running;
            }
            else if (!await queue.Reader.WaitToReadAsync())
            {
                return;
            }
        }
    }

    private List<LogEntry> Take()
    {
        var entries = new List<LogEntry>();
        while (entries.Count < maxBatch && queue.Reader.TryRead(out var entry))
        {
            entries.Add(entry);
        }

        // One order for the locks of all nodes' transactions; stable, so a conversation keeps its own.
        return entries.Count < 2 ? entries : [.. entries.OrderBy(e => e.ConversationId)];
    }

    private async Task<Action> ExecuteAsync(List<LogEntry> entries)
    {
        try
        {
            return await batch.ExecuteAsync(entries);
        }
        catch (Exception e)
        {
            LogBatchFailed(log, entries.Count, e.GetType().Name, (e as Npgsql.PostgresException)?.SqlState);
        }

        // One of them, or the connection, is at fault: each alone, so that none fails another. A repeated append finds itself.
        var answers = new List<Action>(entries.Count);
        foreach (var entry in entries)
        {
            try
            {
                answers.Add(await AloneAsync(entry));
            }
            catch (Exception e) when (ColloqueDatabase.IsOutage(e))
            {
                // The database is away: the rest would only ask it again, one by one. Their senders will.
                answers.AddRange(entries.Skip(answers.Count).Select(static rest => (Action)(() => rest.Fail(Refusal.Unavailable()))));
                break;
            }
            catch (Exception e)
            {
                LogEntryFailed(log, entry.ConversationId, e.GetType().Name, (e as Npgsql.PostgresException)?.SqlState);
                answers.Add(() => entry.Fail(e is Refusal ? e : Refusal.Unavailable()));
            }
        }

        return () => answers.ForEach(static a => a());
    }

    private async Task<Action> AloneAsync(LogEntry entry)
    {
        for (var first = true; ; first = false)
        {
            try
            {
                return await batch.ExecuteAsync([entry]);
            }
            catch (Npgsql.PostgresException e) when (e.SqlState == Npgsql.PostgresErrorCodes.UniqueViolation)
            {
                // Another was first with the same id by a hair: at the second look it is a repeat, or its id is taken where the sender sees nothing.
                if (!first)
                {
                    return () => entry.Fail(ConversationRefusals.ClientMsgIdReused());
                }
            }
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "A batch of {Count} failed ({Kind}, {SqlState}); each entry goes alone")]
    private static partial void LogBatchFailed(ILogger log, int count, string kind, string? sqlState);

    [LoggerMessage(2, LogLevel.Error, "An entry of conversation {ConversationId} failed ({Kind}, {SqlState})")]
    private static partial void LogEntryFailed(ILogger log, Guid conversationId, string kind, string? sqlState);
}
