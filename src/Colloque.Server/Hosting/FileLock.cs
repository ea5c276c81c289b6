using Colloque.Storage;

namespace Colloque.Server.Hosting;

/// <summary>
/// A lock of the operating system on a file: it ends with the process that holds it, however that ends, so no lock is ever stale.
/// Advisory; the file is empty and stays.
/// </summary>
public sealed class FileLock : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    /// <summary>EWOULDBLOCK, which .NET hands on as the HResult.</summary>
    private const int WouldBlockOnLinux = 11;
    private const int WouldBlockOnMac = 35;

    private readonly FileStream file;

    private FileLock(FileStream file) => this.file = file;

    /// <summary>Takes the lock if nobody holds it in any way; null otherwise.</summary>
    internal static FileLock? TryExclusive(string path) => TryOpen(path, FileShare.None);

    /// <summary>Takes the lock together with any number of others that share it; null while somebody holds it alone.</summary>
    internal static FileLock? TryShared(string path) => TryOpen(path, FileShare.ReadWrite);

    /// <summary>Waits until the lock can be held alone.</summary>
    internal static async Task<FileLock> ExclusiveAsync(string path, TimeProvider time, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (TryExclusive(path) is { } held)
                return held;
            await Task.Delay(Pause, time, cancellationToken);
        }
    }

    public void Dispose() => file.Dispose();

    private static FileLock? TryOpen(string path, FileShare share)
    {
        try
        {
            // .NET asks the kernel for flock(LOCK_EX) on FileShare.None and for flock(LOCK_SH) on any other share; both without waiting.
            return new FileLock(new FileStream(path, Options(share)));
        }
        catch (IOException e) when (e.HResult is WouldBlockOnLinux or WouldBlockOnMac)
        {
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StartRefusedException($"{path} cannot be opened by {Environment.UserName}: {e.Message} Does the data folder belong to another account?", e);
        }
    }

    /// <summary>Who can open the file can lock it, and so keep the server from starting: that is this account alone.</summary>
    private static FileStreamOptions Options(FileShare share)
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = share, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return options;
    }
}
