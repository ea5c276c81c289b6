namespace Colloque.Files;

/// <summary>
/// Waits for the disk on a thread of its own: a flush of ten megabytes may take a second, and the pool has as many threads as processors. Two of them flushing, every message would wait for
/// them.
/// </summary>
internal static class DiskFlush
{
    // Beside each other they take longer each.
    private static readonly SemaphoreSlim Turns = new(2);

    /// <summary>Runs a flush, and answers when it is done.</summary>
    internal static async Task RunAsync(Action flush)
    {
        await Turns.WaitAsync();
        try
        {
            // What follows goes back to the pool: this thread ends, and pooled buffers that are given back on it would end with it.
            const TaskCreationOptions OwnThread = TaskCreationOptions.LongRunning | TaskCreationOptions.RunContinuationsAsynchronously;
            await Task.Factory.StartNew(flush, CancellationToken.None, OwnThread, TaskScheduler.Default);
        }
        finally
        {
            Turns.Release();
        }
    }
}
