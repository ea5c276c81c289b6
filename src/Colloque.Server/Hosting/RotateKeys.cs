using Colloque.Audit;
using Colloque.Security;
using Colloque.Storage;

namespace Colloque.Server.Hosting;

/// <summary>
/// <c>rotate-keys</c>: a new master key and new tenant keys, beside a running server or without one. A rotation that was cut short is
/// finished by the next call, which begins no other.
/// </summary>
internal static class RotateKeys
{
    internal static async Task<int> RunAsync(CommandLine line)
    {
        var settings = ServerHost.CreateBuilder(line).Configuration;
        if (!string.IsNullOrEmpty(settings["Colloque:MasterKey"]))
        {
            throw new StartRefusedException("The master key is given by the setting Colloque:MasterKey, where a rotation cannot replace it. Put it into keys/master.key (mode 0400), start the server without the setting, and rotate then.");
        }

        var folder = DataFolder.Existing(line.Data);
        using var alone = FileLock.TryExclusive(folder.KeysLock)
            ?? throw new StartRefusedException("Keys are being rotated already, or a backup is under way. Try again when it is done; nothing was changed.");
        using var loggers = LoggerFactory.Create(static b => b.AddJsonConsole().SetMinimumLevel(LogLevel.Warning));
        await using var installation = await Installation.OpenAsync(folder, settings, loggers, CancellationToken.None);
        await using var store = await RotationStore.OpenAsync(installation.Setup, CancellationToken.None);
        var keys = folder.Keys;
        var rotation = new KeyRotation(store, KeyFile.ReadSecrets(keys), secrets => KeyFile.Replace(keys, secrets), TimeProvider.System);
        var report = await rotation.RunAsync(CancellationToken.None);
        await CommandAudit.NoteAsync(installation, AuditAction.Update, "keys");
        await Console.Out.WriteLineAsync(
            $"Keys are rotated: {report.TenantKeys} keys of organizations are new, {report.DataKeys} data keys are wrapped anew. Back up {Path.Combine(keys, "master.key")} now: earlier copies open earlier backups only. Restart the server when it suits, so that it signs with the new key too.");
        return 0;
    }
}
