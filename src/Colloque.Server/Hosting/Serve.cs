using Colloque.Accounts;
using Colloque.Storage;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Colloque.Server.Hosting;

/// <summary>The server: starts everything, says where it is, and waits for the end.</summary>
internal static class Serve
{
    private const int MinWorkers = 6;

    internal static async Task<int> RunAsync(CommandLine line)
    {
        var folder = new DataFolder(line.Data);
        using var only = folder.LockForServer();
        // On two processors the pool would have two threads: while one looks through an upload, every message would wait for the other.
        ThreadPool.GetMinThreads(out var workers, out var completions);
        ThreadPool.SetMinThreads(Math.Max(workers, MinWorkers), completions);
        var builder = ServerHost.CreateBuilder(line);
        using var loggers = LoggerFactory.Create(b => b.AddConfiguration(builder.Configuration.GetSection("Logging")).AddJsonConsole());
        await using var installation = await Installation.OpenAsync(folder, builder.Configuration, loggers, CancellationToken.None);
        if (line.Demo)
        {
            // Whoever tries the demo has a password, no phone of ours.
            builder.Configuration["SecondFactor:RequiredFor"] ??= "";
        }

        ServerHost.AddInstallation(builder.Services, installation, builder.Configuration);
        var demo = line.Demo ? DemoFile.Read(folder) : null;
        if (line.Demo)
        {
            DemoData.Configure(builder.Configuration, installation.Master);
        }

        ServerHost.AddServer(builder);
        await using var app = builder.Build();
        ServerHost.Map(app);
        if (line.Demo)
        {
            demo ??= await DemoData.FillAsync(app.Services, folder, CancellationToken.None);
        }

        await StartAsync(app);
        await SayAsync(app, demo);
        await app.WaitForShutdownAsync();
        return 0;
    }

    private static async Task StartAsync(WebApplication app)
    {
        try
        {
            await app.StartAsync();
        }
        catch (IOException e) when (e.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException)
        {
            throw new StartRefusedException($"{e.Message} Stop what listens there, or choose another address with --urls.", e);
        }
    }

    private static async Task SayAsync(WebApplication app, DemoFile? demo)
    {
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses ?? [];
        app.Services.GetRequiredService<PublicAddress>().Learn(addresses.FirstOrDefault());
        var address = app.Configuration["PublicUrl"] ?? addresses.FirstOrDefault() ?? "";
        await Console.Out.WriteLineAsync($"Colloque is ready at {string.Join(" and ", addresses)}");
        if (demo is not null)
        {
            await Console.Out.WriteLineAsync(demo.ToTable());
        }
        else if (await app.Services.GetRequiredService<FirstAdmin>().LinkAsync(address, CancellationToken.None) is { } link)
        {
            await Console.Out.WriteLineAsync($"Set up the first super-admin (once, within 24 hours): {link}");
        }
    }
}
