using System.Text.Json.Serialization;
using Colloque.Server.Http;

namespace Colloque.Server.Contracts.Platform;

/// <summary>How the installation is.</summary>
/// <param name="Status">ok, or degraded: something needs an operator.</param>
public sealed record SystemHealthAnswer(string Status, DatabaseHealth Database, DiskHealth Disk, MailHealth Mail, int Sockets, long UptimeSeconds, string Version, BackupHealth Backups, TurnHealth? Turn);

/// <summary>The database; nulls where it does not answer.</summary>
public sealed record DatabaseHealth(bool Ok, string? Version, double? LatencyMs, long? SizeBytes);

/// <summary>The disk of the data folder.</summary>
public sealed record DiskHealth(long FreeBytes);

/// <summary>Mails that wait, and that were given up in 30 days; nulls where nobody can tell.</summary>
public sealed record MailHealth(long? Queued, long? Failed);

/// <summary>The last backup that ended.</summary>
/// <param name="LastAt">Null where there was none.</param>
/// <param name="Ok">Whether it ended well; null where there was none.</param>
public sealed record BackupHealth(DateTime? LastAt, bool? Ok);

/// <summary>The TURN server, as it was when it was asked last; none where none is set, or asked yet.</summary>
/// <param name="State">ok; old: before coturn 4.9.0, which needs a rule more; silent or untrusted: at one of its URLs; unknown: it does not say what it is.</param>
/// <param name="Software">What it says it is; null where it does not.</param>
/// <param name="Faulty">The URLs where it does not answer, or has a certificate that is not trusted.</param>
public sealed record TurnHealth(string State, string? Software, IReadOnlyList<string> Faulty, DateTime At);

/// <summary>Counts of the whole installation. Those of care are rounded down to tens.</summary>
public sealed record SystemMetrics(
    IReadOnlyDictionary<string, long> Organizations, IReadOnlyDictionary<string, long> Users, IReadOnlyDictionary<string, long> Practitioners,
    IReadOnlyDictionary<string, long> Consultations, long Messages, long SignIns, int Sockets, long MemoryBytes, double CpuSeconds, long UptimeSeconds);

/// <summary>What an operator of the platform follows. Counts of care are rounded down to tens.</summary>
/// <param name="Months">The last twelve that are over.</param>
public sealed record PlatformKpis(
    long ActiveOrganizations, long InactiveOrganizations, long Employees, long Practitioners, long PendingPractitioners, long CompletedConsultations, long CancelledConsultations,
    long NoShowConsultations, long UpcomingConsultations, long Messages, IReadOnlyList<PlatformMonthItem> Months);

/// <summary>Nothing to say: a backup is always whole.</summary>
public sealed record BackupBody;

/// <summary>A backup.</summary>
/// <param name="Status">QUEUED, RUNNING, DONE or FAILED.</param>
/// <param name="Code">Why it failed.</param>
/// <param name="FileName">In the folder of backups; backups never travel over the API.</param>
public sealed record BackupItem(
    Guid Id, string Status, string? Code, DateTime RequestedAt, DateTime? StartedAt, DateTime? FinishedAt, string? FileName, string? KeysFileName, long? SizeBytes);

/// <summary>A page of them.</summary>
public sealed record BackupPage(IReadOnlyList<BackupItem> Items, PageInfo PageInfo);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, AllowDuplicateProperties = false)]
[JsonSerializable(typeof(SystemHealthAnswer))]
[JsonSerializable(typeof(SystemMetrics))]
[JsonSerializable(typeof(PlatformKpis))]
[JsonSerializable(typeof(BackupBody))]
[JsonSerializable(typeof(BackupItem))]
[JsonSerializable(typeof(BackupPage))]
internal sealed partial class OperationsJson : JsonSerializerContext;
