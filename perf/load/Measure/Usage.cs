using System.Globalization;

namespace Colloque.Load.Measure;

/// <summary>Whom a run watches: the server, its PostgreSQL, itself. A pid of 0 is not watched.</summary>
internal sealed record Watched(int Server, int Postgres)
{
    /// <summary>Finds the server by <c>--pid</c> or by the port of the URL, PostgreSQL by <c>--postgres-pid</c> or by <c>--data DIR</c>.</summary>
    public static Watched Find(Options options, Uri url)
    {
        var server = options.Number("pid", 0);
        var postgres = options.Number("postgres-pid", 0);
        return new Watched(
            server > 0 ? server : ProcFiles.Listener(url.Port),
            postgres > 0 || options.Text("data", "") is not { Length: > 0 } data ? postgres : Postmaster(data));
    }

    /// <summary>What they have used until now.</summary>
    public Usage Now() => new(
        Server > 0 ? ServerTree().Sum(p => ProcFiles.CpuSeconds(p)) : 0,
        Postgres > 0 ? ProcFiles.Tree(Postgres).Sum(p => ProcFiles.CpuSeconds(p, withEndedChildren: p == Postgres)) : 0,
        Environment.CpuUsage.TotalTime.TotalSeconds);

    /// <summary>Resident bytes of the server.</summary>
    public long ServerMemory() => Server > 0 ? ServerTree().Sum(ProcFiles.Resident) : 0;

    /// <summary>Resident bytes of PostgreSQL, its shared buffers counted once.</summary>
    public long PostgresMemory() => Postgres > 0 ? ProcFiles.Tree(Postgres).Sum(ProcFiles.Proportional) : 0;

    // A PostgreSQL that the server started as its own child is not the server.
    private IEnumerable<int> ServerTree() =>
        Postgres > 0 ? ProcFiles.Tree(Server).Except(ProcFiles.Tree(Postgres)) : ProcFiles.Tree(Server);

    private static int Postmaster(string data)
    {
        var file = Path.Combine(data, "postgres", "postmaster.pid");
        return File.Exists(file) && int.TryParse(File.ReadLines(file).FirstOrDefault(), NumberStyles.None, CultureInfo.InvariantCulture, out var pid)
            ? pid
            : 0;
    }
}

/// <summary>Seconds of processor time used, of the server, PostgreSQL and this generator.</summary>
internal readonly record struct Usage(double Server, double Postgres, double Generator)
{
    /// <summary>What was used in between.</summary>
    public static Usage operator -(Usage later, Usage earlier) =>
        new(later.Server - earlier.Server, later.Postgres - earlier.Postgres, later.Generator - earlier.Generator);
}
