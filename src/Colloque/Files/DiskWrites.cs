using System.Collections.Concurrent;

namespace Colloque.Files;

/// <summary>
/// Seals and writes frames on one thread of its own, in the order they come. A write to a busy disk blocks whoever does it, and the pool has as many threads as processors: fifty uploads
/// on it, and every message waits for all of them.
/// </summary>
internal static class DiskWrites
{
    private static readonly BlockingCollection<(Action Write, TaskCompletionSource Done)> Waiting = [];

    static DiskWrites() => new Thread(Work) { IsBackground = true, Name = "disk writes" }.Start();

    /// <summary>Runs a write, and answers when it is done.</summary>
    internal static Task RunAsync(Action write)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Waiting.Add((write, done));
        return done.Task;
    }

    private static void Work()
    {
        foreach (var (write, done) in Waiting.GetConsumingEnumerable())
        {
            try
            {
                write();
                done.SetResult();
            }
            catch (Exception e)
            {
                done.SetException(e);
            }
        }
    }
}
