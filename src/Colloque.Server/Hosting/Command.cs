using System.ComponentModel;
using System.Diagnostics;

namespace Colloque.Server.Hosting;

/// <summary>Runs a program of the operating system to its end.</summary>
internal static class Command
{
    /// <summary>Folders that hold system programs even where PATH is bare.</summary>
    private static readonly string[] SystemFolders = ["/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin"];

    /// <summary>First executable of that name in PATH or a system folder; null when there is none.</summary>
    public static string? Find(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries)
            .Where(Path.IsPathRooted)
            .Concat(SystemFolders)
            .Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists);

    /// <summary>Starts a program with no way to read from or write to this process's terminal.</summary>
    /// <exception cref="Win32Exception">It cannot be started.</exception>
    public static Process Start(IReadOnlyList<string> line, string? folder = null, Action<IDictionary<string, string?>>? environment = null)
    {
        var process = StartFed(line, folder, environment);
        process.StandardInput.Close();
        return process;
    }

    /// <summary>Starts a program whose input this process writes, and closes.</summary>
    /// <exception cref="Win32Exception">It cannot be started.</exception>
    public static Process StartFed(IReadOnlyList<string> line, string? folder = null, Action<IDictionary<string, string?>>? environment = null)
    {
        var start = new ProcessStartInfo(line[0], line.Skip(1))
        {
            UseShellExecute = false,
            WorkingDirectory = folder ?? "/",
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        environment?.Invoke(start.Environment);
        return Process.Start(start)!;
    }

    /// <summary>Runs a program and collects what it says on both streams.</summary>
    public static async Task<(int ExitCode, string Output)> RunAsync(
        IReadOnlyList<string> line, string? folder = null, Action<IDictionary<string, string?>>? environment = null, CancellationToken cancellationToken = default)
    {
        using var process = Start(line, folder, environment);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
            var error = process.StandardError.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            return (process.ExitCode, (await output + await error).Trim());
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }
}
