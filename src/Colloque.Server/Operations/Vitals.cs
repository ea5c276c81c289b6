using System.Diagnostics;
using System.Reflection;
using Colloque.Server.Hosting;

namespace Colloque.Server.Operations;

/// <summary>What this process knows of itself, without asking anyone.</summary>
internal sealed class Vitals(DataFolder folder, TimeProvider time)
{
    private readonly long startedAt = time.GetTimestamp();
    private Func<int> sockets = static () => 0;

    /// <summary>Of the program.</summary>
    internal static string Version { get; } =
        typeof(Vitals).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0";

    /// <summary>Since the process was put together.</summary>
    internal TimeSpan Uptime => time.GetElapsedTime(startedAt);

    /// <summary>Open connections.</summary>
    internal int Sockets => sockets();

    /// <summary>Bytes that are free where the data folder lies.</summary>
    internal long FreeBytes => new DriveInfo(folder.Root).AvailableFreeSpace;

    /// <summary>Bytes of memory that the system counts as this process's.</summary>
    internal static long MemoryBytes => Environment.WorkingSet;

    /// <summary>Processor time used so far.</summary>
    internal static TimeSpan Processor
    {
        get
        {
            using var self = Process.GetCurrentProcess();
            return self.TotalProcessorTime;
        }
    }

    /// <summary>Says who counts the sockets.</summary>
    internal void CountSockets(Func<int> count) => sockets = count;
}
