using System.Globalization;
using Colloque.Storage;

namespace Colloque.Server.Hosting;

/// <summary>The account of the operating system that the cluster runs as: PostgreSQL refuses to run as root.</summary>
internal sealed class ClusterAccount
{
    private readonly string[] prefix;

    private ClusterAccount(string name, string[] prefix)
    {
        Name = name;
        this.prefix = prefix;
    }

    /// <summary>Name of the account, which peer authentication sees.</summary>
    public string Name { get; }

    /// <summary>True when this process must step down to another account to run the cluster.</summary>
    public bool IsAnother => prefix.Length > 0;

    /// <summary>This process's own account; for root, the owner of the cluster that is there, else <c>postgres</c>, else <c>nobody</c>.</summary>
    /// <param name="cluster">Where the cluster is or will be.</param>
    /// <exception cref="StartRefusedException">No account or no way to step down to it.</exception>
    public static async Task<ClusterAccount> ForAsync(string cluster, CancellationToken cancellationToken)
    {
        if (!Environment.IsPrivilegedProcess)
            return new ClusterAccount(Environment.UserName, []);
        var owner = Directory.Exists(cluster) ? await OwnerAsync(cluster, cancellationToken) : null;
        var accounts = await File.ReadAllLinesAsync("/etc/passwd", cancellationToken);
        var account = accounts.Select(line => line.Split(':'))
            .Where(f => f.Length >= 4 && f[2] != "0" && (owner is null or "0" ? f[0] is "postgres" or "nobody" : f[2] == owner))
            .OrderByDescending(f => f[0] == "postgres")
            .FirstOrDefault()
            ?? throw new StartRefusedException("PostgreSQL does not run as root, and there is no account 'postgres' or 'nobody' to run it as. Start the server as another user.");
        return new ClusterAccount(account[0], StepDown(account[0], account[2], account[3]));
    }

    /// <summary>The command line that runs a program as this account.</summary>
    public string[] Run(params ReadOnlySpan<string> line) => [.. prefix, .. line];

    /// <summary>Makes a folder that belongs to this account and opens for no other (root aside).</summary>
    public async Task MakeFolderAsync(string path, CancellationToken cancellationToken)
    {
        Places.MakeFolder(path, Places.OwnerOnly);
        if (IsAnother)
            await MustAsync([Command.Find("chown") ?? "chown", Name, path], cancellationToken);
    }

    /// <summary>Whether this account can get at something inside a folder.</summary>
    public async Task<bool> CanEnterAsync(string folder, CancellationToken cancellationToken) =>
        !IsAnother || (await Command.RunAsync(Run(Command.Find("test") ?? "test", "-x", folder), cancellationToken: cancellationToken)).ExitCode == 0;

    /// <summary>Whether a link leads to a folder of this account that no other may enter: the temp folder could have been swept, and the name taken by somebody else.</summary>
    public async Task<bool> OwnsAloneAsync(string path, CancellationToken cancellationToken) =>
        Directory.Exists(path)
        && await MustAsync([Command.Find("stat") ?? "stat", "-c", "%U %a %F", path], cancellationToken) == $"{Name} 700 directory";

    private static async Task<string> OwnerAsync(string path, CancellationToken cancellationToken) =>
        await MustAsync([Command.Find("stat") ?? "stat", "-L", "-c", "%u", path], cancellationToken);

    private static string[] StepDown(string name, string uid, string gid)
    {
        if (Command.Find("setpriv") is { } setpriv)
            return [setpriv, string.Create(CultureInfo.InvariantCulture, $"--reuid={uid}"), $"--regid={gid}", "--clear-groups", "--"];
        if (Command.Find("runuser") is { } runuser)
            return [runuser, "-u", name, "--"];
        throw new StartRefusedException($"PostgreSQL does not run as root, and neither setpriv nor runuser (util-linux) is there to run it as {name}. Start the server as another user.");
    }

    private static async Task<string> MustAsync(string[] line, CancellationToken cancellationToken)
    {
        var (exitCode, output) = await Command.RunAsync(line, cancellationToken: cancellationToken);
        return exitCode == 0 ? output : throw new StartRefusedException($"{Path.GetFileName(line[0])} failed: {output}");
    }
}
