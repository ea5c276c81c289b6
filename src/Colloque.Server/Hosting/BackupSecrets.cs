using Colloque.Security;
using Colloque.Storage;

namespace Colloque.Server.Hosting;

/// <summary>
/// The two secrets of backups: one opens database and files, the other the master key, so that they can lie with two people. Each is a
/// setting, a file that a setting names, or else a file in the data folder's <c>keys</c> that is drawn at first use.
/// </summary>
/// <param name="Content">Opens database and files.</param>
/// <param name="Keys">Opens the master key.</param>
/// <param name="Drawn">Files that were drawn just now, for the operator to keep elsewhere.</param>
internal sealed record BackupSecrets(string Content, string Keys, IReadOnlyList<string> Drawn)
{
    private const string ContentFile = "backup.key";
    private const string KeysFile = "backup-keys.key";

    /// <summary>Never the secrets, whatever prints this.</summary>
    public override string ToString() => nameof(BackupSecrets);

    /// <summary>Those to write with.</summary>
    /// <param name="settings"><c>Backup:Secret</c>, <c>Backup:SecretFile</c>, <c>Backup:KeysSecret</c>, <c>Backup:KeysSecretFile</c>.</param>
    /// <param name="keys">The data folder's <c>keys</c>.</param>
    /// <exception cref="StartRefusedException">Too short, unreadable, or one and the same.</exception>
    internal static BackupSecrets ForWriting(IConfiguration settings, string keys)
    {
        var drawn = new List<string>();
        return Distinct(new(
            FromSettings(settings, "Backup:Secret") ?? FromFolder(Path.Combine(keys, ContentFile), drawn),
            FromSettings(settings, "Backup:KeysSecret") ?? FromFolder(Path.Combine(keys, KeysFile), drawn),
            drawn));
    }

    /// <summary>Those to restore with: the data folder they may have been in is gone.</summary>
    /// <exception cref="StartRefusedException">One is missing, too short or unreadable.</exception>
    internal static BackupSecrets ForReading(IConfiguration settings) => new(
        FromSettings(settings, "Backup:Secret") ?? throw Missing("Backup__Secret", ContentFile),
        FromSettings(settings, "Backup:KeysSecret") ?? throw Missing("Backup__KeysSecret", KeysFile),
        []);

    private static StartRefusedException Missing(string name, string file) =>
        new($"restore needs the secret the backup was written with: set {name}, or {name}File to a copy of keys/{file}. Nothing was changed.");

    private static BackupSecrets Distinct(BackupSecrets secrets) => secrets.Content != secrets.Keys
        ? secrets
        : throw new StartRefusedException("Backup:Secret and Backup:KeysSecret are the same: whoever has a backup's one file could open the other. Choose two.");

    private static string? FromSettings(IConfiguration settings, string name)
    {
        var secret = settings[name] is { Length: > 0 } text ? text : settings[$"{name}File"] is { Length: > 0 } file ? Read(file) : null;
        return secret is null || secret.Length >= BackupCipher.FewestCharacters
            ? secret
            : throw new StartRefusedException($"{name} must have at least {BackupCipher.FewestCharacters} characters.");
    }

    private static string FromFolder(string path, List<string> drawn)
    {
        if (!File.Exists(path))
        {
            KeyFile.PutText(path, BackupCipher.NewSecret() + "\n");
            drawn.Add(path);
        }

        return Read(path);
    }

    private static string Read(string path)
    {
        try
        {
            return File.ReadAllText(path).TrimEnd('\r', '\n');
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StartRefusedException($"The secret {path} cannot be read: {e.Message}", e);
        }
    }
}
