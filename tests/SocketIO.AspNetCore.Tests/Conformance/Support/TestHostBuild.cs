using System.Diagnostics;

namespace SocketIO.AspNetCore.Tests.Conformance.Support;

/// <summary>Builds the test host once per run, in the configuration of these tests.</summary>
internal static class TestHostBuild
{
#if DEBUG
    private const string Configuration = "Debug";
#else
    private const string Configuration = "Release";
#endif

    private static readonly Lazy<Task<string>> Built = new(BuildAsync);

    /// <summary>Path of the built assembly.</summary>
    public static Task<string> Assembly => Built.Value;

    private static async Task<string> BuildAsync()
    {
        var root = RepositoryRoot();
        var project = Path.Combine(root, "tests", "SocketIO.TestHost");
        var assembly = Path.Combine(project, "bin", Configuration, "net10.0", "SocketIO.TestHost.dll");
        if (IsFresh(assembly, [project, Path.Combine(root, "src", "SocketIO.AspNetCore")]))
        {
            return assembly;
        }

        // No servers that outlive the build: they would hold its output open, and this would wait for them.
        string[] arguments = ["build", project, "-c", Configuration, "-v", "q", "--nologo", "-nodeReuse:false", "-p:UseSharedCompilation=false"];
        var start = new ProcessStartInfo("dotnet", arguments) { UseShellExecute = false, RedirectStandardOutput = true };
        // A test run started by `dotnet test` passes its own SDK paths down; the child finds them itself.
        start.Environment.Remove("MSBuildSDKsPath");
        start.Environment.Remove("MSBUILD_EXE_PATH");
        using var build = Process.Start(start) ?? throw new InvalidOperationException("The SDK did not start.");
        var output = await build.StandardOutput.ReadToEndAsync();
        await build.WaitForExitAsync();
        return build.ExitCode == 0 ? assembly : throw new InvalidOperationException($"The test host does not build:\n{output}");
    }

    /// <summary>True when a build of the whole solution, just before these tests, has already done the work.</summary>
    private static bool IsFresh(string assembly, string[] sources)
    {
        var built = File.GetLastWriteTimeUtc(assembly);
        return sources
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*.cs*", SearchOption.AllDirectories))
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .All(file => File.GetLastWriteTimeUtc(file) < built);
    }

    private static string RepositoryRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Colloque.slnx")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException("These tests run inside their repository: no Colloque.slnx above the test assembly.");
    }
}
