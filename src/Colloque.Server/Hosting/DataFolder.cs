using System.Globalization;
using Colloque.Storage;

namespace Colloque.Server.Hosting;

/// <summary>Every place in the folder given by <c>--data</c>. Naming a place does not create it, except the folders only this account may enter.</summary>
public sealed class DataFolder
{
    /// <summary>Names the places below a folder, and creates it when absent.</summary>
    /// <param name="path">Absolute, or relative to the current folder.</param>
    /// <exception cref="StartRefusedException">The folder cannot be made.</exception>
    public DataFolder(string path)
    {
        Root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        try
        {
            // Started by root, the cluster runs as another account, which must be able to pass through (not to list).
            Places.MakeFolder(Root, Environment.IsPrivilegedProcess ? Places.PassThrough : Places.OwnerOnly);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StartRefusedException($"The data folder {Root} cannot be created: {e.Message}", e);
        }
    }

    /// <summary>Names the places of an installation that is there: a command with a mistyped <c>--data</c> must not make another.</summary>
    /// <exception cref="StartRefusedException">There is none.</exception>
    public static DataFolder Existing(string path) =>
        Directory.Exists(path) ? new(path) : throw new StartRefusedException($"There is no data folder {Path.GetFullPath(path)}. Name the installation's with --data.");

    /// <summary>The folder itself, absolute.</summary>
    public string Root { get; }

    /// <summary>The cluster of the embedded PostgreSQL, or a link to it.</summary>
    public string Postgres => In("postgres");

    /// <summary>The folder of the unix socket, mode 0700, or a link to it.</summary>
    public string Run => In("run");

    /// <summary>What PostgreSQL says. Never the text of a statement.</summary>
    public string PostgresLog => In("postgres.log");

    /// <summary>Settings of the embedded PostgreSQL, rewritten at each of its starts, or a link to them.</summary>
    public string PostgresSettings => In("postgres.conf.d");

    /// <summary>Key files; mode 0700.</summary>
    public string Keys => Private("keys");

    /// <summary>Encrypted files.</summary>
    public string Files => Private("files");

    /// <summary>Mail that would have been sent.</summary>
    public string Mail => Private("mail");

    /// <summary>The public key that the audit is verified with.</summary>
    public string AuditPublicKey => In("audit-public.pem");

    /// <summary>The logins of the demo.</summary>
    public string DemoFile => In("demo.json");

    /// <summary>Held alone by the server that serves this folder.</summary>
    public string ServerLock => In("server.lock");

    /// <summary>Backups, unless <c>Backup:Folder</c> says otherwise.</summary>
    public string Backups => Private("backups");

    /// <summary>Held alone while keys are rotated, and shared by a backup: what it copies must fit together.</summary>
    internal string KeysLock => In("keys.lock");

    /// <summary>Held alone by the backup under way.</summary>
    internal string BackupLock => In("backup.lock");

    /// <summary>Held alone while the cluster is being started or stopped.</summary>
    internal string PostgresLock => In("postgres.lock");

    /// <summary>Shared by every process that uses the cluster: who can hold it alone is the last one.</summary>
    internal string PostgresUsersLock => In("postgres.users");

    private string ServerPid => In("server.pid");

    /// <summary>Keeps every other server away from this folder until disposed or until this process ends, in whatever way. Commands do not take it.</summary>
    /// <exception cref="StartRefusedException">Another server serves this folder.</exception>
    public FileLock LockForServer()
    {
        if (FileLock.TryExclusive(ServerLock) is not { } held)
            throw new StartRefusedException($"Another server{OtherServer()} is running on the data folder {Root}. Stop it, or choose another folder with --data.");
        File.WriteAllText(ServerPid, Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
        return held;
    }

    private string OtherServer() =>
        File.Exists(ServerPid) && int.TryParse(File.ReadAllText(ServerPid), NumberStyles.None, CultureInfo.InvariantCulture, out var pid)
            ? $" (process {pid})"
            : "";

    private string In(string name) => Path.Combine(Root, name);

    private string Private(string name)
    {
        var path = In(name);
        Places.MakeFolder(path, Places.OwnerOnly);
        return path;
    }
}
