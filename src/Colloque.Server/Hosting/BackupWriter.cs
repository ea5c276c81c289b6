using System.Globalization;
using Colloque.Files;
using Colloque.Security;
using Colloque.Storage;

namespace Colloque.Server.Hosting;

/// <summary>The two files of a backup, by their names in its folders.</summary>
internal sealed record BackupFiles(string FileName, string KeysFileName, long SizeBytes);

/// <summary>
/// Writes backups: <c>pg_dump</c> and the encrypted files, streamed through encryption, and the master key in a file of its own under
/// another secret. A name without <c>.partial</c> is a whole file on the disk.
/// </summary>
internal sealed class BackupWriter(DataFolder folder, string setup, IConfiguration settings, TimeProvider time)
{
    /// <summary>A time in a file's name, UTC.</summary>
    private const string Stamp = "yyyyMMdd'T'HHmmss'Z'";

    /// <summary>Uploads under way: they go on elsewhere or begin anew.</summary>
    private const string Unfinished = "tmp/";

    /// <summary>Where backups go.</summary>
    internal string Folder => settings["Backup:Folder"] is { Length: > 0 } own ? own : folder.Backups;

    /// <summary>Where the master key's files go.</summary>
    internal string KeysFolder => settings["Backup:KeysFolder"] is { Length: > 0 } own ? own : Folder;

    /// <summary>A login that policies do not bind.</summary>
    private string Login => settings["Backup:ConnectionString"] is { Length: > 0 } own ? own : setup;

    /// <summary>Whether this machine has what a backup needs.</summary>
    internal bool IsPossible => BackupTools.Find("pg_dump", 0, settings["Backup:Programs"]) is not null;

    /// <summary>Files of secrets that were drawn at first use, for the operator to keep elsewhere.</summary>
    internal IReadOnlyList<string> Prepare() => BackupSecrets.ForWriting(settings, folder.Keys).Drawn;

    /// <summary>Writes one. The caller holds the lock of backups.</summary>
    /// <exception cref="BackupFailedException">Nothing of it is left.</exception>
    /// <exception cref="StartRefusedException">A setting or the disk does not let it.</exception>
    internal async Task<BackupFiles> WriteAsync(Guid id, CancellationToken cancellationToken)
    {
        // A rotation between dump and key would leave a backup that no key opens.
        using var keysStay = FileLock.TryShared(folder.KeysLock) ?? throw new BackupFailedException("rotation_under_way", "Keys are being rotated. Try again when that is done.");
        var secrets = BackupSecrets.ForWriting(settings, folder.Keys);
        var master = KeyFile.ReadSecrets(folder.Keys, settings["Colloque:MasterKey"]);
        var major = await DumpConnection.MajorAsync(Login, cancellationToken);
        var program = BackupTools.Find("pg_dump", major, settings["Backup:Programs"]) ?? throw new BackupFailedException("pg_dump_missing", "This machine has no pg_dump. On Debian: apt install postgresql-client.");
        var now = time.GetUtcNow();
        var manifest = new BackupManifest(BackupManifest.Current, id, now, major, master.Ids, await DumpedRoles.ReadAsync(Login, cancellationToken));
        var name = $"colloque-{now.UtcDateTime.ToString(Stamp, CultureInfo.InvariantCulture)}-{id.ToString("N")[^8..]}";
        var (file, keysFile) = (Path.Combine(Folder, $"{name}.colloque"), Path.Combine(KeysFolder, $"{name}.keys.colloque"));
        try
        {
            await WriteFileAsync(keysFile, secrets.Keys, BackupKind.Keys, async archive =>
            {
                await archive.AddAsync(BackupManifest.Name, manifest.ToBytes(), cancellationToken);
                await archive.AddAsync(BackupManifest.MasterKey, System.Text.Encoding.ASCII.GetBytes(master.ToFile()), cancellationToken);
            }, cancellationToken);
            var size = await WriteFileAsync(file, secrets.Content, BackupKind.Content, async archive =>
            {
                await archive.AddAsync(BackupManifest.Name, manifest.ToBytes(), cancellationToken);
                // The database first: what it names is then either there or has been removed since, never still to come.
                await BackupTools.DumpAsync(program, Login, dump => archive.AddAsync(BackupManifest.Database, dump, cancellationToken), cancellationToken);
                await AddFilesAsync(archive, cancellationToken);
            }, cancellationToken);
            RemoveOld(now);
            return new(Path.GetFileName(file), Path.GetFileName(keysFile), size);
        }
        catch (Exception e)
        {
            File.Delete(file);
            File.Delete(keysFile);
            throw e is IOException or UnauthorizedAccessException ? new BackupFailedException("disk", e.Message) : e;
        }
    }

    /// <summary>Of what this program names, and nothing else in those folders. A key that nobody has any more is what erasing by key rests on.</summary>
    private void RemoveOld(DateTimeOffset now)
    {
        if (!int.TryParse(settings["Backup:KeepDays"], NumberStyles.None, CultureInfo.InvariantCulture, out var days) || days < 1)
        {
            return;
        }

        foreach (var path in ((string[])[Folder, KeysFolder]).Distinct(StringComparer.Ordinal).SelectMany(static f => Directory.EnumerateFiles(f, "colloque-*.colloque")).ToArray())
        {
            var stamp = Path.GetFileName(path).Split('-') is [_, var text, ..] ? text : "";
            if (DateTimeOffset.TryParseExact(stamp, Stamp, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) && at < now.AddDays(-days))
            {
                File.Delete(path);
            }
        }
    }

    private async Task AddFilesAsync(BackupArchiveWriter archive, CancellationToken cancellationToken)
    {
        var root = folder.Files;
        foreach (var path in Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories))
        {
            var name = Path.GetRelativePath(root, path).Replace('\\', '/');
            if (name.StartsWith(Unfinished, StringComparison.Ordinal))
            {
                continue;
            }

            try
            {
                await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 4096, FileOptions.Asynchronous | FileOptions.SequentialScan);
                await archive.AddAsync(BackupManifest.Files + name, file, cancellationToken);
            }
            catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
            {
                // Removed since it was listed.
            }
        }
    }

    private static async Task<long> WriteFileAsync(string path, string secret, BackupKind kind, Func<BackupArchiveWriter, Task> fill, CancellationToken cancellationToken)
    {
        var parent = Path.GetDirectoryName(path)!;
        Places.MakeFolder(parent, Places.OwnerOnly);
        var partial = $"{path}.partial";
        long size;
        try
        {
            await using (var file = Places.CreatePrivate(partial))
            {
                await using var sealing = await BackupCipher.SealAsync(file, secret, kind, cancellationToken);
                var archive = new BackupArchiveWriter(sealing);
                await fill(archive);
                await archive.EndAsync(cancellationToken);
                await sealing.CompleteAsync(cancellationToken);
                file.Flush(flushToDisk: true);
                size = file.Length;
            }

            File.Move(partial, path);
            DurableFolder.Flush(parent);
            return size;
        }
        finally
        {
            // Gone already when all went well.
            File.Delete(partial);
        }
    }
}
