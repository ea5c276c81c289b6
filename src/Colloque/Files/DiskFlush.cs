namespace Colloque.Files;

/// <summary>
/// Waits for the disk on a thread of its own: a flush of ten megabytes may take a second, and the pool has as many threads as processors. Two of them flushing, every message would wait for
/// them.
/// </summary>
internal static class DiskFlush
{
    // Beside each other they take longer each.
    private static readonly SemaphoreSlim Turns = new(4);

    /// <summary>Runs a flush, and answers when it is done.</summary>
    internal static async Task RunAsync(Action flush)
    {
        await Turns.WaitAsync();
        try
        {
            await Task.Factory.StartNew(flush, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }
        finally
        {
            Turns.Release();
        }
    }
}
