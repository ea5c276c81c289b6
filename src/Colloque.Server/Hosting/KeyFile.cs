using System.Text;
using Colloque.Files;
using Colloque.Security;
using Colloque.Storage;

namespace Colloque.Server.Hosting;

/// <summary>
/// The master key's file, <c>keys/master.key</c>: 64 hexadecimal digits (after a rotation two or three lines, <see cref="MasterSecrets"/>),
/// mode 0400 in a folder of mode 0700. It is created once, for a database that is new, and never again: a missing key is a missing key,
/// not a reason to begin another.
/// </summary>
internal static class KeyFile
{
    private const string Name = "master.key";
    private const int Digits = 64;

    private const UnixFileMode Others =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <summary>The master key of a data folder.</summary>
    /// <param name="folder">Has the file, or gets it.</param>
    /// <param name="setting"><c>Colloque:MasterKey</c> (environment: <c>Colloque__MasterKey</c>): 64 hexadecimal digits instead of the file; null for the file.</param>
    /// <param name="connectionString">Any login to the database, before it is migrated.</param>
    /// <param name="cancellationToken">Cancels the question.</param>
    /// <exception cref="StartRefusedException">No key for a database that has one, a key that is none, or a file that others may read.</exception>
    internal static async Task<MasterKey> OpenAsync(DataFolder folder, string? setting, string connectionString, CancellationToken cancellationToken) =>
        Open(folder.Keys, setting, mayCreate: !await SealProbe.IsSealedAsync(connectionString, cancellationToken));

    internal static MasterKey Open(string keys, string? setting, bool mayCreate)
    {
        if (!string.IsNullOrEmpty(setting))
        {
            return new MasterKey(Parse(setting, "The setting Colloque:MasterKey"), null);
        }

        var path = Path.Combine(keys, Name);
        if (!File.Exists(path))
        {
            if (!mayCreate)
            {
                throw new StartRefusedException(
                    $"The key file {path} is missing, but the database was made with one: without it nothing in it can be read. Put the file back (or set Colloque__MasterKey). Nothing was started and nothing was written.");
            }

            Create(keys, path);
        }

        RefuseOpenToOthers(keys, isFolder: true);
        RefuseOpenToOthers(path, isFolder: false);
        return new MasterKey(ReadSecrets(keys), () => Reread(path));
    }

    /// <summary>What the setting or the file says now.</summary>
    /// <exception cref="StartRefusedException">Missing, unreadable or misshapen.</exception>
    internal static MasterSecrets ReadSecrets(string keys, string? setting) =>
        string.IsNullOrEmpty(setting) ? ReadSecrets(keys) : Parse(setting, "The setting Colloque:MasterKey");

    /// <summary>What the file says now.</summary>
    /// <exception cref="StartRefusedException">Missing, unreadable or misshapen.</exception>
    internal static MasterSecrets ReadSecrets(string keys)
    {
        var path = Path.Combine(keys, Name);
        return Parse(Read(path), $"The key file {path}");
    }

    /// <summary>Puts other secrets in the file's place, durably: a reader finds the old ones or the new ones, whole.</summary>
    /// <exception cref="StartRefusedException">The disk does not take them.</exception>
    internal static void Replace(string keys, MasterSecrets secrets) => Write(keys, Path.Combine(keys, Name), secrets.ToFile(), overwrite: true);

    /// <summary>Puts a restored key where none is.</summary>
    /// <exception cref="StartRefusedException">There is one, or the disk does not take it.</exception>
    internal static void Put(string keys, MasterSecrets secrets) => Write(keys, Path.Combine(keys, Name), secrets.ToFile(), overwrite: false);

    /// <summary>Puts another secret's file beside the key, unless there is one.</summary>
    /// <exception cref="StartRefusedException">There is one, or the disk does not take it.</exception>
    internal static void PutText(string path, string text) => Write(Path.GetDirectoryName(path)!, path, text, overwrite: false);

    /// <summary>Null for whatever cannot be read this moment: what is known goes on to hold.</summary>
    private static MasterSecrets? Reread(string path)
    {
        try
        {
            return MasterSecrets.Parse(File.ReadAllText(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static void Create(string keys, string path)
    {
        Places.MakeFolder(keys, Places.OwnerOnly);
        try
        {
            Write(keys, path, MasterSecret.New() + "\n", overwrite: false);
        }
        catch (StartRefusedException) when (File.Exists(path))
        {
            // Who came first made it.
        }
    }

    /// <summary>Written whole beside its place, then renamed into it: nobody reads half a key.</summary>
    private static void Write(string keys, string path, string text, bool overwrite)
    {
        var draft = Path.Combine(keys, $".{Path.GetFileName(path)}.{Path.GetRandomFileName()}");
        try
        {
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead;
            }

            using (var file = new FileStream(draft, options))
            {
                file.Write(Encoding.ASCII.GetBytes(text));
                file.Flush(flushToDisk: true);
            }

            File.Move(draft, path, overwrite);
            DurableFolder.Flush(keys);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StartRefusedException($"The key file {path} cannot be written: {e.Message}", e);
        }
        finally
        {
            // Gone already when all went well.
            File.Delete(draft);
        }
    }

    private static void RefuseOpenToOthers(string path, bool isFolder)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var mode = File.GetUnixFileMode(path);
        if ((mode & Others) != UnixFileMode.None)
        {
            throw new StartRefusedException(
                $"The key {(isFolder ? "folder" : "file")} {path} is open to other accounts (mode {Convert.ToString((int)mode, 8)}). Run: chmod {(isFolder ? "700" : "400")} {path}");
        }
    }

    private static string Read(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read);
            // A little more than a key file has: enough to see that it is too long.
            Span<byte> bytes = stackalloc byte[MasterSecrets.MostCharacters + 8];
            return Encoding.Latin1.GetString(bytes[..file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)]);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StartRefusedException($"The key file {path} cannot be read: {e.Message}", e);
        }
    }

    private static MasterSecrets Parse(string text, string what) =>
        MasterSecrets.Parse(text)
        ?? throw new StartRefusedException($"{what} must be {Digits} hexadecimal digits (or the lines that a rotation wrote) and nothing else. Put the right key back; nothing was started and nothing was written.");
}
