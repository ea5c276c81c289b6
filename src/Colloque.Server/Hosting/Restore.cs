using Colloque.Audit;
using Colloque.Files;
using Colloque.Security;
using Colloque.Storage;

namespace Colloque.Server.Hosting;

/// <summary>
/// <c>restore --from FILE --keys FILE --data DIR</c>: makes a new data folder (and, with a PostgreSQL of one's own, fills an empty database)
/// from a backup. Both files are read to their end and verified before anything is made.
/// </summary>
internal sealed class Restore(IConfiguration settings, string from, string data)
{
    private const string DatabaseName = "colloque";

    internal static async Task<int> RunAsync(CommandLine line)
    {
        var settings = ServerHost.CreateBuilder(line).Configuration;
        var from = settings["from"] ?? throw new StartRefusedException("restore needs --from FILE.");
        var keys = settings["keys"] ?? throw new StartRefusedException("restore needs --keys FILE.");
        try
        {
            await new Restore(settings, from, line.Data).FillAsync(keys, CancellationToken.None);
        }
        catch (UnreadableBackupException e)
        {
            throw new StartRefusedException(e.Message, e);
        }
        catch (IOException e)
        {
            throw new StartRefusedException($"The backup cannot be restored: {e.Message}", e);
        }

        await Console.Out.WriteLineAsync($"Restored into {Path.GetFullPath(line.Data)}. Start the server on it.");
        return 0;
    }

    private async Task FillAsync(string keys, CancellationToken cancellationToken)
    {
        RefuseUsed(data);
        var secrets = BackupSecrets.ForReading(settings);
        var master = await ReadMasterAsync(keys, secrets.Keys, cancellationToken);
        var manifest = await VerifyAsync(secrets.Content, cancellationToken);
        if (!manifest.MasterIds.Any(master.Ids.Contains))
        {
            throw new StartRefusedException("The file of keys has not the key of this backup: it is of another. Nothing was changed.");
        }

        var folder = new DataFolder(data);
        using var only = folder.LockForServer();
        using var loggers = LoggerFactory.Create(static b => b.AddJsonConsole().SetMinimumLevel(LogLevel.Warning));
        var own = settings.GetConnectionString("Colloque") is not { } setup ? null : settings["Backup:ConnectionString"] is { Length: > 0 } login ? login : setup;
        await using (var postgres = own is null ? await EmbeddedPostgres.StartAsync(folder, loggers.CreateLogger("Colloque.Postgres"), TimeProvider.System, cancellationToken) : null)
        {
            await manifest.Roles.PrepareAsync(own ?? postgres!.AdminConnectionString, own is null ? DatabaseName : null, cancellationToken);
            await FillAsync(secrets.Content, folder, own ?? postgres!.ConnectionString("postgres", DatabaseName), cancellationToken);
        }

        // Last: without its key a folder that was filled by half does not start.
        if (string.IsNullOrEmpty(settings["Colloque:MasterKey"]))
        {
            KeyFile.Put(folder.Keys, master);
        }

        await using var installation = await Installation.OpenAsync(folder, settings, loggers, cancellationToken);
        await CommandAudit.NoteAsync(installation, AuditAction.Import, "backup");
    }

    private static void RefuseUsed(string data)
    {
        if (Directory.Exists(data) && Directory.EnumerateFileSystemEntries(data).Any())
        {
            throw new StartRefusedException($"{Path.GetFullPath(data)} is not empty. Restore into a new folder; nothing was changed.");
        }
    }

    private static async Task<MasterSecrets> ReadMasterAsync(string path, string secret, CancellationToken cancellationToken)
    {
        await using var file = File.OpenRead(path);
        await using var opened = await BackupCipher.OpenAsync(file, secret, BackupKind.Keys, cancellationToken);
        using var archive = new BackupArchiveReader(opened);
        BackupManifest.Read(await archive.NextAsync(BackupManifest.Name, cancellationToken));
        var text = System.Text.Encoding.ASCII.GetString(await archive.NextAsync(BackupManifest.MasterKey, cancellationToken));
        return await archive.NextAsync(cancellationToken) is null && MasterSecrets.Parse(text) is { } secrets ? secrets : throw new UnreadableBackupException();
    }

    /// <summary>Reads all of it: a file that was cut off or changed shows before anything is made.</summary>
    private async Task<BackupManifest> VerifyAsync(string secret, CancellationToken cancellationToken)
    {
        BackupManifest? manifest = null;
        await ReadAsync(secret, read => { manifest = read; }, static (_, _) => Task.CompletedTask, cancellationToken);
        return manifest!;
    }

    private async Task FillAsync(string secret, DataFolder folder, string database, CancellationToken cancellationToken)
    {
        var major = 0;
        await ReadAsync(secret, manifest => { major = manifest.PostgresMajor; }, async (name, content) =>
        {
            if (name == BackupManifest.Database)
            {
                var server = await DumpConnection.MajorAsync(database, cancellationToken);
                var program = BackupTools.Find("pg_restore", Math.Max(major, server), settings["Backup:Programs"])
                    ?? throw new StartRefusedException("This machine has no pg_restore. On Debian: apt install postgresql-client. Nothing was changed.");
                await BackupTools.RestoreAsync(program, database, content, cancellationToken);
            }
            else
            {
                await PutAsync(folder.Files, name[BackupManifest.Files.Length..], content, cancellationToken);
            }
        }, cancellationToken);
    }

    private async Task ReadAsync(string secret, Action<BackupManifest> begin, Func<string, Stream, Task> piece, CancellationToken cancellationToken)
    {
        await using var file = new FileStream(from, FileMode.Open, FileAccess.Read, FileShare.Read, 4096, FileOptions.Asynchronous | FileOptions.SequentialScan);
        await using var opened = await BackupCipher.OpenAsync(file, secret, BackupKind.Content, cancellationToken);
        using var archive = new BackupArchiveReader(opened);
        begin(BackupManifest.Read(await archive.NextAsync(BackupManifest.Name, cancellationToken)));
        while (await archive.NextAsync(cancellationToken) is { } next)
        {
            if (next.Name != BackupManifest.Database && !next.Name.StartsWith(BackupManifest.Files, StringComparison.Ordinal))
            {
                throw new UnreadableBackupException();
            }

            await piece(next.Name, next.Content);
        }
    }

    private static async Task PutAsync(string root, string name, Stream content, CancellationToken cancellationToken)
    {
        var path = Path.GetFullPath(name, root);
        if (!path.StartsWith(root + Path.DirectorySeparatorChar, StringComparison.Ordinal))
        {
            throw new UnreadableBackupException();
        }

        DurableFolder.Ensure(Path.GetDirectoryName(path)!);
        await using var file = Places.CreatePrivate(path);
        await content.CopyToAsync(file, cancellationToken);
        file.Flush(flushToDisk: true);
    }
}
