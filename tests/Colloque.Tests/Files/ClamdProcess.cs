using System.Diagnostics;

namespace Colloque.Tests.Files;

/// <summary>A clamd of the distribution's with one signature, the tests' own: <see cref="Planted"/>.</summary>
internal sealed class ClamdProcess : IAsyncDisposable
{
    internal const string Planted = "COLLOQUE-TEST-MALWARE-3e91";

    private readonly string folder = Path.Combine(Path.GetTempPath(), $"clamd-{Guid.CreateVersion7():N}");
    private Process? process;

    internal string Socket => Path.Combine(folder, "s");

    internal static async Task<ClamdProcess> StartAsync()
    {
        var clamd = new ClamdProcess();
        Directory.CreateDirectory(Path.Combine(clamd.folder, "db"));
        await File.WriteAllTextAsync(Path.Combine(clamd.folder, "db", "own.ndb"), $"Colloque.Test:0:*:{Convert.ToHexStringLower(System.Text.Encoding.ASCII.GetBytes(Planted))}\n");
        var settings = Path.Combine(clamd.folder, "clamd.conf");
        await File.WriteAllTextAsync(
            settings,
            $"LocalSocket {clamd.Socket}\nDatabaseDirectory {Path.Combine(clamd.folder, "db")}\nTemporaryDirectory {clamd.folder}\nForeground yes\nUser {Environment.UserName}\nStreamMaxLength 20M\nMaxThreads 4\n");
        clamd.process = Process.Start(new ProcessStartInfo(File.Exists("/usr/sbin/clamd") ? "/usr/sbin/clamd" : "clamd", ["-c", settings]) { RedirectStandardOutput = true, UseShellExecute = false })!;
        // The last thing it says before it answers.
        while (await clamd.process.StandardOutput.ReadLineAsync() is { } line && !line.StartsWith("Self checking", StringComparison.Ordinal))
        {
        }

        return clamd.process.HasExited ? throw new InvalidOperationException("clamd did not start.") : clamd;
    }

    internal async Task StopAsync()
    {
        process!.Kill();
        await process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (process is { HasExited: false })
        {
            await StopAsync();
        }

        process?.Dispose();
        Directory.Delete(folder, recursive: true);
    }
}
