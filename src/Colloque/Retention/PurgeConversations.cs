using Colloque.Security;
using Colloque.Storage;

namespace Colloque.Retention;

/// <summary>
/// Erases conversations whose time is over: first the key, then files and rows in small transactions, then a line of numbers. A process that is killed anywhere leaves what the
/// next look finishes. Nothing is begun while the clock cannot be believed.
/// </summary>
public sealed class PurgeConversations(Verbs verbs, KeyRing keys, ClockWatch clocks, RetentionSettings settings)
{
    /// <summary>One look; answers with how many conversations are gone. Not to be run inside a unit of work.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        if (settings.Purge && clocks.Look() && await DoAsync(rows => rows.LookAsync(cancellationToken), cancellationToken))
        {
            while ((await BeginAsync(cancellationToken)).Count == PurgeRows.MostConversations)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }
        }

        var gone = 0;
        foreach (var conversation in await DoAsync(rows => rows.BegunAsync(cancellationToken), cancellationToken))
        {
            gone += await FinishAsync(conversation, cancellationToken) ? 1 : 0;
        }

        return gone;
    }

    /// <summary>After the commit no row has the keys; from here on neither has this process.</summary>
    internal async Task<List<Guid>> BeginAsync(CancellationToken cancellationToken)
    {
        var begun = await DoAsync(rows => rows.BeginAsync(cancellationToken), cancellationToken);
        begun.ForEach(keys.Forget);
        return begun;
    }

    private async Task<bool> FinishAsync(Guid conversation, CancellationToken cancellationToken)
    {
        // Another process may have begun with it; and who read the key's row just before it went may have put it back.
        keys.Forget(conversation);
        while (await DoAsync(rows => rows.EraseFilesAsync(conversation, cancellationToken), cancellationToken)
            || await DoAsync(rows => rows.EraseAsync(conversation, cancellationToken), cancellationToken))
        {
            cancellationToken.ThrowIfCancellationRequested();
        }

        return await DoAsync(rows => rows.FinishAsync(conversation, cancellationToken), cancellationToken);
    }

    private Task<T> DoAsync<T>(Func<PurgeRows, Task<T>> step, CancellationToken cancellationToken) => verbs.RunAsync(null, step, cancellationToken);
}
