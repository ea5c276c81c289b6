using Colloque.Notifications;
using Colloque.Security;
using Colloque.Storage;
using Npgsql;
using NpgsqlTypes;

namespace Colloque.Accounts;

/// <summary>A passkey as its owner sees it.</summary>
/// <param name="Id">Ours.</param>
/// <param name="Name">Given by the owner, 1..100 characters.</param>
/// <param name="CreatedAt">When it was added.</param>
/// <param name="LastUsedAt">When it last signed its owner in; null: never.</param>
public sealed record PasskeyView(Guid Id, string Name, DateTimeOffset CreatedAt, DateTimeOffset? LastUsedAt);

/// <summary>
/// Passkeys and their ceremonies in the database. Each is one statement in a transaction of its own: a ceremony that was taken stays
/// taken although what came with it is refused.
/// </summary>
public sealed class PasskeyRows(ColloqueDatabase database)
{
    internal Task OfferAsync(byte[] challengeHash, Guid? userId, byte[] sealedState, DateTimeOffset now, DateTimeOffset expires, CancellationToken cancellationToken) =>
        database.ExecuteAsync(
            null,
            "select accounts_offer_passkey($1, $2, $3, $4, $5)",
            [new() { Value = challengeHash }, Id(userId), new() { Value = sealedState }, new() { Value = now }, new() { Value = expires }],
            cancellationToken);

    /// <summary>The sealed state of a ceremony, once; null where it is over, another's, or never was.</summary>
    internal async Task<byte[]?> TakeAsync(byte[] challengeHash, Guid? userId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        byte[]? state = null;
        await database.ReadAsync(
            null,
            "select accounts_take_ceremony($1, $2, $3)",
            [new() { Value = challengeHash }, Id(userId), new() { Value = now }],
            r => state = r.IsDBNull(0) ? null : r.GetFieldValue<byte[]>(0),
            cancellationToken);
        return state;
    }

    /// <summary>The caller's own, oldest first.</summary>
    internal async Task<IReadOnlyList<(PasskeyView View, StoredPasskey Stored)>> ListAsync(Caller caller, CancellationToken cancellationToken)
    {
        var rows = new List<(PasskeyView, StoredPasskey)>();
        await database.ReadAsync(
            caller,
            "select id, name, credential_id, public_key, sign_count, transports, backup_eligible, backed_up, created_at, last_used_at from accounts_passkeys()",
            [],
            r =>
            {
                var created = r.GetFieldValue<DateTimeOffset>(8);
                rows.Add((
                    new(r.GetGuid(0), r.GetString(1), created, r.IsDBNull(9) ? null : r.GetFieldValue<DateTimeOffset>(9)),
                    new(r.GetGuid(0), caller.UserId, Credential(r), created)));
            },
            cancellationToken);
        return rows;
    }

    /// <summary><c>added</c>, <c>known</c> or <c>many</c>; where it was added, the mail is queued.</summary>
    internal Task<string> AddAsync(Caller caller, PasskeyView passkey, PasskeyCredential made, int most, QueuedMail? news, CancellationToken cancellationToken) =>
        ChangeAsync(
            caller,
            "accounts_add_passkey($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
            [
                new() { Value = caller.SignInId }, new() { Value = passkey.Id }, new() { Value = passkey.Name }, new() { Value = made.CredentialId }, new() { Value = made.PublicKey }, new() { Value = made.SignCount },
                new() { Value = made.Transports }, new() { Value = made.BackupEligible }, new() { Value = made.BackedUp }, new() { Value = passkey.CreatedAt }, new() { Value = most },
            ],
            "added",
            news,
            cancellationToken);

    /// <summary><c>removed</c>, <c>unknown</c>, or <c>last</c>: the last factor of one who <paramref name="must"/> have one stays. Where it was removed, the mail is queued.</summary>
    internal Task<string> RemoveAsync(Caller caller, Guid passkeyId, bool must, QueuedMail? news, CancellationToken cancellationToken) =>
        ChangeAsync(caller, "accounts_remove_passkey($1, $2)", [new() { Value = passkeyId }, new() { Value = must }], "removed", news, cancellationToken);

    /// <summary>False where it is another's, or none.</summary>
    internal Task<bool> RenameAsync(Caller caller, Guid passkeyId, string name, CancellationToken cancellationToken) =>
        AskAsync(
            caller, "select accounts_rename_passkey($1, $2)", [new() { Value = passkeyId }, new() { Value = name }], static r => r.GetBoolean(0), false, cancellationToken);

    internal async Task<StoredPasskey?> FindAsync(byte[] credentialId, CancellationToken cancellationToken)
    {
        StoredPasskey? found = null;
        await database.ReadAsync(
            null,
            "select id, user_id, credential_id, public_key, sign_count, transports, backup_eligible, backed_up, created_at from accounts_find_passkey($1)",
            [new() { Value = credentialId }],
            r => found = new(r.GetGuid(0), r.GetGuid(1), Credential(r), r.GetFieldValue<DateTimeOffset>(8)),
            cancellationToken);
        return found;
    }

    /// <summary>False where the count has not risen: another signature was counted meanwhile.</summary>
    internal Task<bool> UseAsync(Guid passkeyId, PasskeyUse use, DateTimeOffset now, CancellationToken cancellationToken) =>
        AskAsync(
            null,
            "select accounts_use_passkey($1, $2, $3, $4)",
            [new() { Value = passkeyId }, new() { Value = use.SignCount }, new() { Value = use.BackedUp }, new() { Value = now }],
            static r => r.GetBoolean(0),
            false,
            cancellationToken);

    private Task<string> ChangeAsync(Caller caller, string call, NpgsqlParameter[] arguments, string done, QueuedMail? news, CancellationToken cancellationToken)
    {
        var (sql, parameters) = ToldStatement.Of(call, arguments, done, news);
        return AskAsync(caller, sql, parameters, static r => r.GetString(0), "unknown", cancellationToken);
    }

    private async Task<T> AskAsync<T>(Caller? caller, string sql, NpgsqlParameter[] parameters, Func<NpgsqlDataReader, T> read, T nothing, CancellationToken cancellationToken)
    {
        var answer = nothing;
        await database.ReadAsync(caller, sql, parameters, r => answer = read(r), cancellationToken);
        return answer;
    }

    private static PasskeyCredential Credential(NpgsqlDataReader r) => new(
        r.GetFieldValue<byte[]>(2), r.GetFieldValue<byte[]>(3), r.GetInt64(4), r.GetFieldValue<string[]>(5), r.GetBoolean(6), r.GetBoolean(7));

    private static NpgsqlParameter Id(Guid? value) => new() { Value = (object?)value ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid };
}
