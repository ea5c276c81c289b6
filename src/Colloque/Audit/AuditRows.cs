using System.Net;
using Colloque.Security;
using Colloque.Storage;
using Npgsql;
using NpgsqlTypes;

namespace Colloque.Audit;

/// <summary>Adds rows to the audit, many in one statement, whoever's they are: the function they go through can add and nothing else.</summary>
public sealed class AuditRows(ColloqueDatabase database, AuditKeys keys)
{
    /// <summary>Adds rows; those that are there already (an answer was lost) stay as they are.</summary>
    /// <exception cref="Refusal">503.</exception>
    public Task AppendAsync(IReadOnlyList<AuditEntry> entries, CancellationToken cancellationToken) => database.ExecuteAsync(
        null,
        "select audit_append($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)",
        [
            Column(entries, static e => e.Id, NpgsqlDbType.Uuid),
            Column(entries, static e => e.TenantId, NpgsqlDbType.Uuid),
            Column(entries, static e => e.At, NpgsqlDbType.TimestampTz),
            Column(entries, static e => e.ActorId, NpgsqlDbType.Uuid),
            Column(entries, static e => e.ActorRole?.ToString(), NpgsqlDbType.Text),
            Column(entries, static e => e.Action.ToString(), NpgsqlDbType.Text),
            Column(entries, static e => e.Attempted?.ToString(), NpgsqlDbType.Text),
            Column(entries, static e => e.Resource, NpgsqlDbType.Text),
            Column(entries, static e => e.ResourceId, NpgsqlDbType.Uuid),
            Column(entries, static e => e.SubjectId, NpgsqlDbType.Uuid),
            Column(entries, static e => e.Clinical, NpgsqlDbType.Boolean),
            Column<IPAddress?>(entries, static e => e.Ip, NpgsqlDbType.Inet),
            Column(entries, static e => e.UserAgent, NpgsqlDbType.Text),
            Column(entries, static e => e.RequestId, NpgsqlDbType.Text),
            Column(entries, static e => e.Outcome.ToString(), NpgsqlDbType.Text),
            Column(entries, static e => e.Code, NpgsqlDbType.Text),
            Column(entries, static e => e.SignInId, NpgsqlDbType.Uuid),
            Column(entries, e => keys.Mac(e.ToBytes()), NpgsqlDbType.Bytea),
            Column(entries, static e => e.Once, NpgsqlDbType.Boolean),
        ],
        cancellationToken);

    private static NpgsqlParameter Column<T>(IReadOnlyList<AuditEntry> entries, Func<AuditEntry, T> value, NpgsqlDbType type) =>
        new() { Value = entries.Select(value).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | type };
}
