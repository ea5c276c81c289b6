using System.Diagnostics;
using Colloque.Server.Hosting;
using Colloque.Storage;
using Colloque.Testing;
using Xunit;

namespace Colloque.Server.Tests.Hosting;

public sealed class DataFolderTests : IDisposable
{
    private readonly DataFolder folder = new(Path.Combine(Path.GetTempPath(), $"colloque-folder-{Guid.CreateVersion7():N}"));

    public void Dispose() => TestFolder.Remove(folder.Root);

    [Fact]
    public void A_second_server_on_a_folder_is_refused_and_told_who_has_it()
    {
        using var first = folder.LockForServer();

        var refused = Assert.Throws<StartRefusedException>(() => new DataFolder(folder.Root + "/.").LockForServer());

        Assert.Contains(folder.Root, refused.Message, StringComparison.Ordinal);
        Assert.Contains($"process {Environment.ProcessId}", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_is_free_again_when_its_server_has_gone()
    {
        folder.LockForServer().Dispose();
        folder.LockForServer().Dispose();
    }

    [Fact]
    public async Task The_lock_of_a_killed_process_goes_with_it()
    {
        using var other = Process.Start(new ProcessStartInfo("flock", ["-x", folder.ServerLock, "sh", "-c", "echo held; exec sleep 600"]) { RedirectStandardOutput = true, UseShellExecute = false })!;
        Assert.Equal("held", await other.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken));
        Assert.Throws<StartRefusedException>(folder.LockForServer);

        other.Kill(entireProcessTree: true);
        await other.WaitForExitAsync(TestContext.Current.CancellationToken);

        // The child that inherited the lock goes a moment after its parent.
        using var held = await FileLock.ExclusiveAsync(folder.ServerLock, TimeProvider.System, TestContext.Current.CancellationToken);
    }

    [Fact]
    public void Keys_files_and_mail_are_for_the_servers_account_alone()
    {
        foreach (var path in new[] { folder.Keys, folder.Files, folder.Mail })
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, new DirectoryInfo(path).UnixFileMode);
    }
}
