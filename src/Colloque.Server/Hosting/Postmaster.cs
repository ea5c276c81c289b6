using System.Globalization;

namespace Colloque.Server.Hosting;

/// <summary>A running cluster's first process, as its pid file and the kernel tell of it.</summary>
/// <param name="Pid">Process id.</param>
/// <param name="StartTime">Start in clock ticks since boot, which tells this process from a later one with the same id.</param>
/// <param name="Status">Last line of the pid file: <c>starting</c>, <c>ready</c>, <c>stopping</c>; empty while it is being written.</param>
internal sealed record Postmaster(int Pid, string StartTime, string Status)
{
    public bool IsReady => Status == "ready";

    /// <summary>True until the process ends (a dead one whose parent has not noticed counts as ended).</summary>
    public bool IsAlive => StartTimeOf(Pid) == StartTime;

    /// <summary>The postmaster of a cluster; null when none runs, whatever a left-over pid file says.</summary>
    public static Postmaster? Find(string cluster)
    {
        if (ReadPidFile(cluster) is not { } text)
            return null;
        var lines = text.Split('\n');
        if (!int.TryParse(lines[0], NumberStyles.None, CultureInfo.InvariantCulture, out var pid)
            || StartTimeOf(pid) is not { } startTime
            || !IsPostmasterOf(pid, cluster, lines))
            return null;
        return new Postmaster(pid, startTime, lines.Length > 7 ? lines[7].Trim() : "");
    }

    /// <summary>
    /// Removes the pid files a killed cluster left behind when the id in them is in use again: PostgreSQL would take that program for
    /// its own and refuse to start. When the id is free PostgreSQL clears up itself, and its shared memory tells it if a child still lives.
    /// </summary>
    public static void ClearLeftovers(ClusterPlace place)
    {
        foreach (var file in new[] { PidFile(place.Cluster), place.SocketFile + ".lock" })
        {
            if (File.Exists(file)
                && int.TryParse(File.ReadLines(file).FirstOrDefault(), NumberStyles.None, CultureInfo.InvariantCulture, out var pid)
                && Directory.Exists($"/proc/{pid}"))
                File.Delete(file);
        }
    }

    private static string PidFile(string cluster) => Path.Combine(cluster, "postmaster.pid");

    private static string? ReadPidFile(string cluster)
    {
        try
        {
            return File.ReadAllText(PidFile(cluster));
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>
    /// The process names its data directory on its command line. The same folder may be spelled in two ways (a link on the way), so it
    /// counts as the same when the pid file found by that spelling says the same.
    /// </summary>
    private static bool IsPostmasterOf(int pid, string cluster, string[] pidFile)
    {
        try
        {
            var line = File.ReadAllText($"/proc/{pid}/cmdline").Split('\0');
            var at = Array.IndexOf(line, "-D");
            if (at < 0 || at + 1 >= line.Length || Path.GetFileName(line[0]) != "postgres")
                return false;
            return line[at + 1] == cluster || ReadPidFile(line[at + 1])?.Split('\n').Take(3).SequenceEqual(pidFile.Take(3), StringComparer.Ordinal) == true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Field 22 of /proc/PID/stat; null when the process has ended or is a zombie. The name in field 2 may hold anything but ends with the last parenthesis.</summary>
    private static string? StartTimeOf(int pid)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{pid}/stat");
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return fields[0] is "Z" or "X" ? null : fields[19];
        }
        catch (IOException)
        {
            return null;
        }
    }
}
