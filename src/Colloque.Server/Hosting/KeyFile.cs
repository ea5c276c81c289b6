using System.Text;
using Colloque.Security;
using Colloque.Storage;

namespace Colloque.Server.Hosting;

/// <summary>
/// The master key's file, <c>keys/master.key</c>: 64 hexadecimal digits, mode 0400 in a folder of mode 0700. It is created once, for a
/// database that is new, and never again: a missing key is a missing key, not a reason to begin another.
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
            return Parse(setting, "The setting Colloque:MasterKey");
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
        return Parse(Read(path), $"The key file {path}");
    }

    /// <summary>Written whole beside its place, then linked into it: nobody reads half a key, and who comes second takes the first one's.</summary>
    private static void Create(string keys, string path)
    {
        Places.MakeFolder(keys, Places.OwnerOnly);
        var draft = Path.Combine(keys, $".{Name}.{Path.GetRandomFileName()}");
        try
        {
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead;
            }

            using (var file = new FileStream(draft, options))
            {
                file.Write(Encoding.ASCII.GetBytes(MasterSecret.New() + "\n"));
                file.Flush(flushToDisk: true);
            }

            File.Move(draft, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(draft);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StartRefusedException($"The key file {path} cannot be created: {e.Message}", e);
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
            // A little more than a key: enough to see that it is too long.
            Span<byte> bytes = stackalloc byte[Digits + 8];
            return Encoding.Latin1.GetString(bytes[..file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)]);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StartRefusedException($"The key file {path} cannot be read: {e.Message}", e);
        }
    }

    private static MasterKey Parse(string text, string what)
    {
        var digits = text.TrimEnd('\r', '\n');
        return digits.Length == Digits && digits.All(char.IsAsciiHexDigit)
            ? new MasterKey(Convert.FromHexString(digits))
            : throw new StartRefusedException($"{what} must be {Digits} hexadecimal digits and nothing else. Put the right key back; nothing was started and nothing was written.");
    }
}
