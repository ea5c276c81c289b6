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
        var project = Path.Combine(RepositoryRoot(), "tests", "SocketIO.TestHost");
        var start = new ProcessStartInfo("dotnet", ["build", project, "-c", Configuration, "-v", "q", "--nologo", "-nodeReuse:false"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        };
        // A test run started by `dotnet test` passes its own SDK paths down; the child finds them itself.
        start.Environment.Remove("MSBuildSDKsPath");
        start.Environment.Remove("MSBUILD_EXE_PATH");
        using var build = Process.Start(start) ?? throw new InvalidOperationException("The SDK did not start.");
        var output = await build.StandardOutput.ReadToEndAsync();
        await build.WaitForExitAsync();
        return build.ExitCode == 0
            ? Path.Combine(project, "bin", Configuration, "net10.0", "SocketIO.TestHost.dll")
            : throw new InvalidOperationException($"The test host does not build:\n{output}");
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
