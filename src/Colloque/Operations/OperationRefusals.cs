namespace Colloque.Operations;

/// <summary>Every way operations say no.</summary>
public static class OperationRefusals
{
    /// <summary>503: this machine has no <c>pg_dump</c>.</summary>
    public static Refusal DumpMissing() => Refusal.Unavailable("pg_dump_missing");

    /// <summary>409: one at a time.</summary>
    public static Refusal BackupUnderWay() => new(RefusalKind.Conflict, "backup_under_way");
}
