using Colloque.Accounts;
using Colloque.Audit;
using Colloque.Operations;
using Colloque.Security;
using Colloque.Storage;

namespace Colloque.Server.Hosting;

/// <summary>
/// <c>create-admin --email E --name N --role SuperAdmin|PlatformAdmin [--language fr|en|es]</c>: adds an administrator, beside a running
/// server or without one, and prints the link that sets their password: once, within 24 hours.
/// </summary>
internal static class CreateAdmin
{
    internal static async Task<int> RunAsync(CommandLine line)
    {
        var builder = ServerHost.CreateBuilder(line);
        var settings = builder.Configuration;
        var email = settings["email"] ?? throw Missing();
        var name = settings["name"] ?? throw Missing();
        var role = settings["role"] switch
        {
            nameof(Role.SuperAdmin) => Role.SuperAdmin,
            nameof(Role.PlatformAdmin) => Role.PlatformAdmin,
            _ => throw Missing(),
        };
        using var loggers = LoggerFactory.Create(static b => b.AddJsonConsole().SetMinimumLevel(LogLevel.Warning));
        await using var installation = await Installation.OpenAsync(new DataFolder(line.Data), settings, loggers, CancellationToken.None);
        ServerHost.AddInstallation(builder.Services, installation, settings);
        await using var services = builder.Services.BuildServiceProvider();
        try
        {
            var token = await services.GetRequiredService<Verbs>().RunAsync(
                ServerItself.Caller, (CreateOperator verb) => verb.RunAsync(email, name, role, settings["language"] ?? "en", CancellationToken.None), CancellationToken.None);
            await CommandAudit.NoteAsync(installation, AuditAction.Create, "administrator");
            await Console.Out.WriteLineAsync($"Set the password of {email} (once, within 24 hours): {services.GetRequiredService<PublicAddress>().Link("setup", token)}");
            return 0;
        }
        catch (Refusal e)
        {
            throw new StartRefusedException($"No administrator was made: {e.Code}{(e.Field is null ? "" : $" ({e.Field})")}.", e);
        }
    }

    private static StartRefusedException Missing() => new("create-admin needs --email, --name and --role SuperAdmin or PlatformAdmin.");
}
