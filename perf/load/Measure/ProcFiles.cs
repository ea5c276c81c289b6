using System.Globalization;

namespace Colloque.Load.Measure;

/// <summary>What Linux tells about processes. One that is gone has used nothing.</summary>
internal static class ProcFiles
{
    // The kernel shows times in USER_HZ, which is 100 on every platform .NET runs on.
    private const double SecondsPerTick = 0.01;

    private static readonly string[] ListenerTables = ["/proc/net/tcp", "/proc/net/tcp6"];

    /// <summary>Seconds of processor time of a process, user and system; with those of its ended children when asked.</summary>
    public static double CpuSeconds(int pid, bool withEndedChildren = false)
    {
        var fields = Stat(pid);
        if (fields.Length < 15)
            return 0;
        var ticks = Number(fields[11]) + Number(fields[12]) + (withEndedChildren ? Number(fields[13]) + Number(fields[14]) : 0);
        return ticks * SecondsPerTick;
    }

    /// <summary>Resident bytes of a process, shared pages included.</summary>
    public static long Resident(int pid) => Kilobytes($"/proc/{pid}/status", "VmRSS:") * 1024;

    /// <summary>Resident bytes of a process, each shared page divided by those who share it.</summary>
    public static long Proportional(int pid) => Kilobytes($"/proc/{pid}/smaps_rollup", "Pss:") * 1024;

    /// <summary>A process and all below it.</summary>
    public static IReadOnlyList<int> Tree(int root)
    {
        var parents = Directory.EnumerateDirectories("/proc")
            .Select(d => int.TryParse(Path.GetFileName(d), NumberStyles.None, CultureInfo.InvariantCulture, out var pid) ? pid : 0)
            .Where(pid => pid > 0)
            .Select(pid => (Pid: pid, Stat: Stat(pid)))
            .Where(p => p.Stat.Length > 1)
            .ToLookup(p => (int)Number(p.Stat[1]), p => p.Pid);
        var all = new List<int> { root };
        for (var i = 0; i < all.Count; i++)
            all.AddRange(parents[all[i]]);
        return all;
    }

    /// <summary>The process that listens on a TCP port, 0 when none that may be seen does.</summary>
    public static int Listener(int port)
    {
        var sockets = ListenerTables
            .Where(File.Exists)
            .SelectMany(f => File.ReadLines(f).Skip(1))
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(f => f.Length > 9 && f[3] == "0A" && f[1].EndsWith($":{port:X4}", StringComparison.Ordinal))
            .Select(f => $"socket:[{f[9]}]")
            .ToHashSet(StringComparer.Ordinal);
        return Directory.EnumerateDirectories("/proc")
            .Select(d => int.TryParse(Path.GetFileName(d), NumberStyles.None, CultureInfo.InvariantCulture, out var pid) ? pid : 0)
            .FirstOrDefault(pid => pid > 0 && Holds(pid, sockets));
    }

    private static bool Holds(int pid, HashSet<string> sockets)
    {
        try
        {
            return Directory.EnumerateFiles($"/proc/{pid}/fd").Any(f => sockets.Contains(new FileInfo(f).LinkTarget ?? ""));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    // The fields after the command's name, which may itself hold spaces and parentheses: 0 is the state, 1 the parent.
    private static string[] Stat(int pid)
    {
        try
        {
            var text = File.ReadAllText($"/proc/{pid}/stat");
            return text[(text.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static long Kilobytes(string file, string name)
    {
        try
        {
            var line = File.ReadLines(file).FirstOrDefault(l => l.StartsWith(name, StringComparison.Ordinal));
            return line is null ? 0 : Number(line[name.Length..].Replace("kB", "", StringComparison.Ordinal).Trim());
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
