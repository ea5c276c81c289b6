using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace SocketIO.AspNetCore.Tests.Conformance.Support;

/// <summary>The test host as a process of its own, on a free port of the loopback.</summary>
/// <remarks>
/// A process of its own because the attacks are about the process: whether it lives, and how many bytes it holds.
/// <c>SOCKETIO_URL</c> puts another server in its place; then nothing is started and memory cannot be seen.
/// </remarks>
internal sealed class HostProcess : IAsyncDisposable
{
    // A cold first start of the runtime on a busy machine, build included.
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(120);

    private readonly Process? _process;

    private HostProcess(Uri address, Process? process) => (Address, _process) = (address, process);

    /// <summary>Where the host listens, without a path.</summary>
    public Uri Address { get; }

    /// <summary>False once the process has ended, however it ended.</summary>
    public bool IsAlive => _process is not { HasExited: true };

    /// <summary>Resident bytes of the process, or null for a server started elsewhere.</summary>
    public long? ResidentBytes
    {
        get
        {
            _process?.Refresh();
            return _process?.WorkingSet64;
        }
    }

    /// <summary>Builds the host if needed, starts it and waits until it answers.</summary>
    /// <param name="environment">Added to the environment of the process.</param>
    public static async Task<HostProcess> StartAsync(params (string Name, string Value)[] environment)
    {
        if (Environment.GetEnvironmentVariable("SOCKETIO_URL") is { Length: > 0 } elsewhere)
        {
            return new HostProcess(new Uri(elsewhere), process: null);
        }

        var assembly = await TestHostBuild.Assembly;
        var address = new Uri($"http://127.0.0.1:{FreePort()}");
        var start = new ProcessStartInfo("dotnet", [assembly, "--urls", address.OriginalString.TrimEnd('/')])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var process = Process.Start(start) ?? throw new InvalidOperationException("The test host did not start.");
        // Unread pipes would fill and block the host.
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var host = new HostProcess(address, process);
        await host.AnswersAsync();
        return host;
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is null)
        {
            return;
        }

        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private async Task AnswersAsync()
    {
        using var limit = new CancellationTokenSource(StartLimit);
        using var http = new HttpClient();
        using var tries = new PeriodicTimer(TimeSpan.FromMilliseconds(25));
        while (IsAlive)
        {
            try
            {
                using var answer = await http.GetAsync(new Uri(Address, "/engine.io/?EIO=4&transport=polling"), limit.Token);
                if (answer.IsSuccessStatusCode)
                {
                    return;
                }

                throw new InvalidOperationException($"The test host answers {(int)answer.StatusCode} to a handshake.");
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
                await tries.WaitForNextTickAsync(limit.Token);
            }
        }

        throw new InvalidOperationException($"The test host ended at its start with code {_process!.ExitCode}.");
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, port: 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
