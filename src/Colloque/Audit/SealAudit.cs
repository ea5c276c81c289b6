using System.Net;
using Colloque.Security;
using Colloque.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Colloque.Audit;

/// <summary>What one pass did.</summary>
/// <param name="Rows">Rows sealed; the most of a pass: there may be more.</param>
/// <param name="Whole">The checkpoint of all chains, where one was due: to be kept elsewhere.</param>
public sealed record SealingPass(int Rows, AuditCheckpoint? Whole);

/// <summary>Gives each new row of the audit its place in its chain, signed, and says now and then how far all chains are.</summary>
public sealed partial class SealAudit(ColloqueDb db, AuditKeys keys, TimeProvider time, ILogger<SealAudit> logger)
{
    /// <summary>Rows of a pass at most.</summary>
    public const int MostRows = 1_000;

    /// <summary>How often all chains are stated.</summary>
    public static readonly TimeSpan WholeEvery = TimeSpan.FromHours(1);

    private const long LockKey = 7305814;

    /// <summary>Six statements where there is something to do, three where not. Of several nodes, one does it.</summary>
    /// <exception cref="Refusal">503.</exception>
    public async Task<SealingPass> RunAsync(CancellationToken cancellationToken)
    {
        if (!(await db.Database.SqlQuery<bool>($"select pg_try_advisory_xact_lock({LockKey}) \"Value\"").ToListAsync(cancellationToken))[0])
        {
            return new(0, null);
        }

        var now = time.GetMoment();
        var progress = (await db.Database.SqlQuery<ProgressRow>(
            $"select number \"Number\", checkpoint \"Checkpoint\", body \"Body\", whole_at \"WholeAt\" from audit_progress()").ToListAsync(cancellationToken))[0];
        var seals = await SealAsync(await OursAsync(cancellationToken), progress.Number, now, cancellationToken);
        var whole = progress.WholeAt is not { } last || now - last >= WholeEvery;
        if (!whole && seals.Count == 0)
        {
            return new(0, null);
        }

        var heads = whole
            ? await HeadsAsync(null, cancellationToken)
            : [.. seals.GroupBy(static s => s.Chain).Select(static c => new HeadRow(c.Key, c.Last().Seq, c.Last().Link))];
        var body = new AuditCheckpointBody(
            progress.Checkpoint + 1, now, progress.Number + seals.Count, whole, AuditCheckpoint.HashOf(progress.Body),
            [.. heads.OrderBy(static h => h.Chain).Select(static h => new AuditHead(h.Chain, h.Seq, Convert.ToHexStringLower(h.Link)))]);
        var checkpoint = AuditCheckpoint.Of(body, keys);
        await db.Database.ExecuteSqlAsync(
            $"select audit_checkpoint({checkpoint.Number}, {now}, {whole}, {checkpoint.Text}, {checkpoint.KeyId}, {checkpoint.Signature})", cancellationToken);
        return new(seals.Count, whole ? checkpoint : null);
    }

    /// <summary>What waits and is ours. What bears no mac of ours was written by another hand: it is set aside, never sealed.</summary>
    private async Task<List<AuditEntry>> OursAsync(CancellationToken cancellationToken)
    {
        var rows = await db.Database.SqlQuery<EntryRow>(
            $"""
            select id "Id", tenant_id "TenantId", at "At", actor_id "ActorId", actor_role "ActorRole", action "Action", attempted "Attempted", resource "Resource",
              resource_id "ResourceId", subject_id "SubjectId", clinical "Clinical", ip "Ip", user_agent "UserAgent", request_id "RequestId", outcome "Outcome",
              code "Code", sign_in_id "SignInId", mac "Mac"
            from audit_unsealed({MostRows})
            """).ToListAsync(cancellationToken);
        var ours = new List<AuditEntry>(rows.Count);
        var forged = new List<Guid>();
        foreach (var row in rows)
        {
            if (row.ToEntry() is { } entry && keys.IsOurs(entry.ToBytes(), row.Mac))
            {
                ours.Add(entry);
            }
            else
            {
                forged.Add(row.Id);
                LogForged(logger, row.Id);
            }
        }

        if (forged.Count > 0)
        {
            await db.Database.ExecuteSqlAsync($"select audit_set_aside({forged.ToArray()})", cancellationToken);
        }

        return ours;
    }

    private async Task<List<AuditSeal>> SealAsync(List<AuditEntry> entries, long number, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var seals = new List<AuditSeal>(entries.Count);
        if (entries.Count == 0)
        {
            return seals;
        }

        var heads = (await HeadsAsync([.. entries.Select(static e => e.Chain).Distinct()], cancellationToken)).ToDictionary(static h => h.Chain, static h => (h.Seq, h.Link));
        foreach (var entry in entries)
        {
            var (seq, link) = heads.TryGetValue(entry.Chain, out var head) ? head : (0, AuditSeal.Beginning);
            var seal = AuditSeal.Of(entry, seq + 1, ++number, link, now, keys);
            heads[entry.Chain] = (seal.Seq, seal.Link);
            seals.Add(seal);
        }

        await db.Database.ExecuteSqlAsync(
            $"""
            select audit_seal({seals.Select(static s => s.Chain).ToArray()}, {seals.Select(static s => s.Seq).ToArray()}, {seals.Select(static s => s.Number).ToArray()},
              {seals.Select(static s => s.EntryId).ToArray()}, {seals.Select(static s => s.Previous).ToArray()}, {seals.Select(static s => s.Link).ToArray()},
              {now}, {keys.KeyId}, {seals.Select(static s => s.Signature).ToArray()})
            """,
            cancellationToken);
        return seals;
    }

    private Task<List<HeadRow>> HeadsAsync(Guid[]? chains, CancellationToken cancellationToken) =>
        chains is null
            ? db.Database.SqlQuery<HeadRow>($"select chain \"Chain\", seq \"Seq\", link \"Link\" from audit_heads(null)").ToListAsync(cancellationToken)
            : db.Database.SqlQuery<HeadRow>($"select chain \"Chain\", seq \"Seq\", link \"Link\" from audit_heads({chains})").ToListAsync(cancellationToken);

    [LoggerMessage(61, LogLevel.Error, "Row {EntryId} of the audit was not written by this server; it stays unsealed")]
    private static partial void LogForged(ILogger logger, Guid entryId);

    private sealed record ProgressRow(long Number, long Checkpoint, string? Body, DateTimeOffset? WholeAt);

    private sealed record HeadRow(Guid Chain, long Seq, byte[] Link);

    private sealed record EntryRow(
        Guid Id, Guid? TenantId, DateTimeOffset At, Guid? ActorId, string? ActorRole, string Action, string? Attempted, string Resource, Guid? ResourceId,
        Guid? SubjectId, bool Clinical, IPAddress? Ip, string? UserAgent, string? RequestId, string Outcome, string? Code, Guid? SignInId, byte[] Mac)
    {
        /// <summary>Null for a row with words that this program does not write.</summary>
        internal AuditEntry? ToEntry() => AuditWords.Entry(
            Id, TenantId, At, ActorId, ActorRole, Action, Attempted, Resource, ResourceId, SubjectId, Clinical, Ip, UserAgent, RequestId, Outcome, Code, SignInId);
    }
}
