using System.Text.Json;
using System.Text.Json.Serialization;
using Colloque.Security;
using Colloque.Storage;

namespace Colloque.Server.Hosting;

/// <summary>The first piece of both files of a backup.</summary>
/// <param name="Format">1.</param>
/// <param name="BackupId">The same in both.</param>
/// <param name="CreatedAt">When it began.</param>
/// <param name="PostgresMajor">Of the server that was dumped.</param>
/// <param name="MasterIds">Names of the keys that open the database's; no key.</param>
/// <param name="Roles">Roles of the product, with what they are granted.</param>
internal sealed record BackupManifest(int Format, Guid BackupId, DateTimeOffset CreatedAt, int PostgresMajor, IReadOnlyList<Guid> MasterIds, DumpedRoles Roles)
{
    internal const string Name = "manifest";
    internal const string Database = "database";
    internal const string MasterKey = "master.key";
    internal const string Files = "files/";
    internal const int Current = 1;

    internal byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, BackupJson.Default.BackupManifest);

    /// <exception cref="UnreadableBackupException">Not a manifest.</exception>
    /// <exception cref="StartRefusedException">Of a newer program.</exception>
    internal static BackupManifest Read(byte[] bytes)
    {
        try
        {
            var manifest = JsonSerializer.Deserialize(bytes, BackupJson.Default.BackupManifest) ?? throw new UnreadableBackupException();
            return manifest.Format == Current ? manifest : throw new StartRefusedException("The backup was written by a newer program than this. Restore with that one; nothing was changed.");
        }
        catch (JsonException)
        {
            throw new UnreadableBackupException();
        }
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(BackupManifest))]
internal sealed partial class BackupJson : JsonSerializerContext;
