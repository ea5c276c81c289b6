using Colloque.Notifications;
using Colloque.Storage;
using Npgsql;
using NpgsqlTypes;

namespace Colloque.Accounts;

/// <summary>A challenge that was tried: whose it is, and what their authenticator shares with us.</summary>
internal sealed record ChallengeRow(Guid UserId, bool KnownNetwork, byte[]? Sealed);

/// <summary>A person's wrapped secrets: the one that counts, and one that waits for its first code.</summary>
internal sealed record FactorRow(byte[]? Sealed, byte[]? Pending, DateTimeOffset? PendingAt);

/// <summary>Second factors in the database: each question one statement in a transaction of its own, as <see cref="AccountRows"/>'s.</summary>
public sealed class FactorRows(ColloqueDatabase database)
{
    internal Task OpenChallengeAsync(byte[] challenge, Guid userId, int securityVersion, bool knownNetwork, DateTimeOffset now, DateTimeOffset expires, CancellationToken cancellationToken) =>
        database.ExecuteAsync(
            null,
            "select accounts_open_challenge($1, $2, $3, $4, $5, $6)",
            [new() { Value = challenge }, new() { Value = userId }, new() { Value = securityVersion }, new() { Value = knownNetwork }, new() { Value = now }, new() { Value = expires }],
            cancellationToken);

    internal async Task<ChallengeRow?> TryChallengeAsync(byte[] challenge, int most, DateTimeOffset now, CancellationToken cancellationToken)
    {
        ChallengeRow? row = null;
        await database.ReadAsync(
            null,
            "select user_id, known_network, sealed from accounts_try_challenge($1, $2, $3)",
            [new() { Value = challenge }, new() { Value = most }, new() { Value = now }],
            r => row = new(r.GetGuid(0), r.GetBoolean(1), BytesOrNull(r, 2)),
            cancellationToken);
        return row;
    }

    /// <summary>Uses a step of the authenticator, or else a recovery code, and the challenge if there is one: all, once, or nothing.</summary>
    internal Task<bool> PassAsync(Guid userId, byte[]? challenge, long? step, byte[]? recovery, DateTimeOffset now, CancellationToken cancellationToken) =>
        AskAsync(
            "select accounts_pass_factor($1, $2, $3, $4, $5)",
            [new() { Value = userId }, Bytes(challenge), new() { Value = (object?)step ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Bigint }, Bytes(recovery), new() { Value = now }],
            cancellationToken);

    internal async Task<FactorRow> FindAsync(Guid userId, CancellationToken cancellationToken)
    {
        var row = new FactorRow(null, null, null);
        await database.ReadAsync(
            null,
            "select sealed, pending, pending_at from accounts_factor($1)",
            [new() { Value = userId }],
            r => row = new(BytesOrNull(r, 0), BytesOrNull(r, 1), r.IsDBNull(2) ? null : r.GetFieldValue<DateTimeOffset>(2)),
            cancellationToken);
        return row;
    }

    internal Task BeginAsync(Guid userId, byte[] secret, DateTimeOffset now, CancellationToken cancellationToken) =>
        database.ExecuteAsync(null, "select accounts_begin_factor($1, $2, $3)", [new() { Value = userId }, new() { Value = secret }, new() { Value = now }], cancellationToken);

    /// <summary>Where it was confirmed, the mail is queued.</summary>
    internal async Task<bool> ConfirmAsync(Guid userId, Guid signInId, byte[] pending, long step, byte[][] codes, DateTimeOffset now, QueuedMail? news, CancellationToken cancellationToken) =>
        await ChangeAsync(
            "accounts_confirm_factor($1, $2, $3, $4, $5, $6)",
            [new() { Value = userId }, new() { Value = signInId }, new() { Value = pending }, new() { Value = step }, new() { Value = codes }, new() { Value = now }],
            "true",
            news,
            cancellationToken) == "true";

    /// <summary><c>dropped</c>, <c>unknown</c>, or <c>last</c> of one who must have one. Where it was dropped, the mail is queued.</summary>
    internal Task<string> DropAsync(Guid userId, bool must, QueuedMail? news, CancellationToken cancellationToken) =>
        ChangeAsync("accounts_drop_factor($1, $2)", [new() { Value = userId }, new() { Value = must }], "dropped", news, cancellationToken);

    internal Task ReplaceRecoveryAsync(Guid userId, byte[][] codes, DateTimeOffset now, CancellationToken cancellationToken) =>
        database.ExecuteAsync(null, "select accounts_replace_recovery($1, $2, $3)", [new() { Value = userId }, new() { Value = codes }, new() { Value = now }], cancellationToken);

    internal async Task<string?> FindPasswordAsync(Guid userId, CancellationToken cancellationToken)
    {
        string? hash = null;
        await database.ReadAsync(null, "select accounts_find_password($1)", [new() { Value = userId }], r => hash = r.IsDBNull(0) ? null : r.GetString(0), cancellationToken);
        return hash;
    }

    private async Task<string> ChangeAsync(string call, NpgsqlParameter[] arguments, string done, QueuedMail? news, CancellationToken cancellationToken)
    {
        var outcome = "unknown";
        var (sql, parameters) = ToldStatement.Of(call, arguments, done, news);
        await database.ReadAsync(null, sql, parameters, r => outcome = r.GetString(0), cancellationToken);
        return outcome;
    }

    private async Task<bool> AskAsync(string sql, NpgsqlParameter[] parameters, CancellationToken cancellationToken)
    {
        var answer = false;
        await database.ReadAsync(null, sql, parameters, r => answer = r.GetBoolean(0), cancellationToken);
        return answer;
    }

    private static byte[]? BytesOrNull(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetFieldValue<byte[]>(column);

    private static NpgsqlParameter Bytes(byte[]? value) => new() { Value = (object?)value ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Bytea };
}
