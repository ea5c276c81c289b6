using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace Colloque.Files;

/// <summary>
/// Where files are sealed, written and looked through: threads of their own, which give way to all others. On the pool's threads, fifty uploads stood in front of every message. What awaits
/// here goes on here.
/// </summary>
internal sealed class FileWork : TaskScheduler
{
    /// <summary>Of 19 at most: a tenth of the share of others who want the processor too (setpriority(2)).</summary>
    private const int Niceness = 10;

    private static readonly FileWork Threads = new();

    private readonly BlockingCollection<Task> waiting = [];

    private FileWork()
    {
        for (var i = 0; i < MaximumConcurrencyLevel; i++)
        {
            new Thread(Work) { IsBackground = true, Name = "files" }.Start();
        }
    }

    /// <summary>One more than files are looked through at once (<see cref="PictureCleaning.TurnAsync"/>): a long look does not keep others from being taken.</summary>
    public override int MaximumConcurrencyLevel { get; } = Math.Max(1, Environment.ProcessorCount / 2) + 1;

    /// <summary>Runs work on files, and answers on the pool.</summary>
    internal static Task<T> RunAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken) =>
        Task.Factory.StartNew(work, cancellationToken, TaskCreationOptions.None, Threads).Unwrap();

    /// <inheritdoc/>
    protected override void QueueTask(Task task) => waiting.Add(task);

    /// <inheritdoc/>
    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;

    /// <inheritdoc/>
    protected override IEnumerable<Task> GetScheduledTasks() => [.. waiting];

    [DllImport("libc", EntryPoint = "setpriority")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetPriority(int which, int who, int niceness);

    private void Work()
    {
        if (OperatingSystem.IsLinux())
        {
            // Of this thread alone: in Linux, niceness is a thread's.
            _ = SetPriority(which: 0, who: 0, Niceness);
        }

        foreach (var task in waiting.GetConsumingEnumerable())
        {
            TryExecuteTask(task);
        }
    }
}
