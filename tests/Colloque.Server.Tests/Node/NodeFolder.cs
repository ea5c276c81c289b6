using System.Diagnostics;
using System.Text.Json;
using Xunit;

[assembly: AssemblyFixture(typeof(Colloque.Server.Tests.Node.NodeFolder))]

namespace Colloque.Server.Tests.Node;

/// <summary>The scripts of this folder, with their packages installed once.</summary>
public sealed class NodeFolder
{
    private readonly Lazy<Task<string>> folder = new(InstallAsync);

    /// <summary>Runs a script; what it prints, as JSON.</summary>
    /// <param name="script">Name of a file in this folder.</param>
    /// <param name="input">JSON for its stdin.</param>
    public async Task<JsonElement> RunAsync(string script, string input) => JsonElement.Parse(await RunAsync("node", [script], await folder.Value, input));

    private static async Task<string> InstallAsync()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root.FullName, "Colloque.slnx")))
        {
            root = root.Parent ?? throw new DirectoryNotFoundException("The tests run outside the repository.");
        }

        var path = Path.Combine(root.FullName, "tests", "Colloque.Server.Tests", "Node");
        var installed = new FileInfo(Path.Combine(path, "node_modules", ".package-lock.json"));
        if (!installed.Exists || installed.LastWriteTimeUtc < File.GetLastWriteTimeUtc(Path.Combine(path, "package-lock.json")))
        {
            await RunAsync("npm", ["ci", "--no-audit", "--no-fund", "--ignore-scripts"], path, "");
        }

        return path;
    }

    private static async Task<string> RunAsync(string program, string[] arguments, string folder, string input)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? await output : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)}: {await errors}");
    }
}
