using System.Net;
using Colloque.Notifications;
using Colloque.Security;
using Colloque.Storage;
using Npgsql;
using NpgsqlTypes;

namespace Colloque.Accounts;

/// <summary>What sign-in learns of an address.</summary>
/// <param name="Account">Null where there is none.</param>
/// <param name="PendingHash">Of the newest registration of the address, for as long as its mail's link is good.</param>
internal sealed record AddressRow(LoginRow? Account, string? PendingHash);

/// <summary>An account that signs in by a password.</summary>
/// <param name="Profile">Who has it.</param>
/// <param name="PasswordHash">To compare.</param>
/// <param name="SecurityVersion">For the token.</param>
/// <param name="Active">Neither the person nor the organization is deactivated.</param>
/// <param name="Approved">By the organization's administrator, its rule, or an invitation.</param>
/// <param name="KnownNetwork">This person has signed in from this network in the last 30 days.</param>
internal sealed record LoginRow(Profile Profile, string PasswordHash, int SecurityVersion, bool Active, bool Approved, bool KnownNetwork);

/// <summary>A profile with what a token needs.</summary>
/// <param name="Profile">Who.</param>
/// <param name="SecurityVersion">For the token.</param>
/// <param name="Active">Neither the person nor the organization is deactivated.</param>
/// <param name="Restricted">The sign-in came by a password alone where that is not enough.</param>
internal sealed record ProfileRow(Profile Profile, int SecurityVersion, bool Active, bool Restricted);

/// <summary>
/// The look-ups that come before anyone is known. Each is one statement in a transaction of its own: nothing is held while a password
/// is being hashed, and what a theft costs its family stays written although the request is refused.
/// </summary>
public sealed class AccountRows(ColloqueDatabase database, SecondFactorSettings factors)
{
    /// <summary>The columns of <c>accounts_person</c>, as <see cref="ReadProfile"/> counts them.</summary>
    private const string Person =
        "user_id, tenant_id, role, email, name, first_name, last_name, language, organization_name, avatar_url, verified, approved, totp, passkeys, recovery_left, security_version, active";

    internal async Task<AddressRow> FindLoginAsync(string email, IPNetwork? network, DateTimeOffset since, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var row = new AddressRow(null, null);
        await database.ReadAsync(
            null,
            $"select {Person}, password_hash, known_network, pending_hash from accounts_find_login($1, $2::cidr, $3, $4)",
            [new() { Value = email }, Text(network?.ToString()), new() { Value = since }, new() { Value = now }],
            r => row = new(
                r.IsDBNull(0) ? null : new(ReadProfile(r), r.GetString(17), r.GetInt32(15), r.GetBoolean(16), r.GetBoolean(11), r.GetBoolean(18)),
                TextOrNull(r, 19)),
            cancellationToken);
        return row;
    }

    internal async Task<ProfileRow?> FindProfileAsync(Guid userId, Guid? signInId, CancellationToken cancellationToken)
    {
        ProfileRow? row = null;
        await database.ReadAsync(
            null,
            $"select {Person}, restricted from accounts_profile($1, $2)",
            [new() { Value = userId }, new() { Value = (object?)signInId ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid }],
            r => row = new(ReadProfile(r), r.GetInt32(15), r.GetBoolean(16), r.GetBoolean(17)),
            cancellationToken);
        return row;
    }

    internal Task RehashAsync(Guid userId, string oldHash, string newHash, CancellationToken cancellationToken) =>
        database.ExecuteAsync(null, "select accounts_rehash($1, $2, $3)", [new() { Value = userId }, Text(oldHash), Text(newHash)], cancellationToken);

    internal Task StartSignInAsync(Guid signInId, Guid userId, Origin origin, byte[] tokenHash, DateTimeOffset now, DateTimeOffset expires, bool restricted, QueuedMail? news, CancellationToken cancellationToken)
    {
        var (sql, parameters) = ToldStatement.Of(
            "accounts_start_sign_in($1, $2, $3, $4, $5, $6, $7, $8)",
            [
                new() { Value = signInId }, new() { Value = userId }, Text(origin.UserAgent), Inet(origin.Address),
                new() { Value = tokenHash }, new() { Value = now }, new() { Value = expires }, new() { Value = restricted },
            ],
            null,
            news);
        return database.ExecuteAsync(null, sql, parameters, cancellationToken);
    }

    /// <summary>Null stays.</summary>
    internal Task ChangeSelfAsync(Caller caller, string? first, string? last, string? language, DateTimeOffset now, CancellationToken cancellationToken) =>
        database.ExecuteAsync(caller, "select accounts_change_self($1, $2, $3, $4)", [Text(first), Text(last), Text(language), new() { Value = now }], cancellationToken);

    /// <summary>The sign-in that ended, or null.</summary>
    internal async Task<Guid?> EndSignInAsync(byte[] tokenHash, DateTimeOffset now, CancellationToken cancellationToken)
    {
        Guid? ended = null;
        await database.ReadAsync(
            null, "select accounts_end_sign_in($1, $2)", [new() { Value = tokenHash }, new() { Value = now }], r => ended = OrNull(r, 0), cancellationToken);
        return ended;
    }

    /// <summary>The id of the super-admin who was made, or null where there is one.</summary>
    internal async Task<Guid?> CreateFirstAsync(Guid userId, string email, string name, string language, DateTimeOffset now, CancellationToken cancellationToken) =>
        await AskAsync("select accounts_create_first($1, $2, $3, $4, $5)", [new() { Value = userId }, Text(email), Text(name), Text(language), new() { Value = now }], cancellationToken)
            ? userId : null;

    internal Task<bool> LinkSetupAsync(byte[] tokenHash, DateTimeOffset now, DateTimeOffset expires, CancellationToken cancellationToken) =>
        AskAsync("select accounts_link_setup($1, $2, $3)", [new() { Value = tokenHash }, new() { Value = now }, new() { Value = expires }], cancellationToken);

    internal Task<bool> UseSetupAsync(byte[] tokenHash, string passwordHash, DateTimeOffset now, CancellationToken cancellationToken) =>
        AskAsync("select accounts_use_setup($1, $2, $3)", [new() { Value = tokenHash }, Text(passwordHash), new() { Value = now }], cancellationToken);

    private async Task<bool> AskAsync(string sql, NpgsqlParameter[] parameters, CancellationToken cancellationToken)
    {
        var answer = false;
        await database.ReadAsync(null, sql, parameters, r => answer = r.GetBoolean(0), cancellationToken);
        return answer;
    }

    private Profile ReadProfile(NpgsqlDataReader r)
    {
        var role = Enum.Parse<Role>(r.GetString(2));
        return new(r.GetGuid(0), r.GetString(3), r.GetString(4), role, OrNull(r, 1), TextOrNull(r, 8), r.GetString(7))
        {
            FirstName = TextOrNull(r, 5),
            LastName = TextOrNull(r, 6),
            AvatarUrl = TextOrNull(r, 9),
            EmailVerified = r.GetBoolean(10),
            SecondFactor = new(r.GetBoolean(12), r.GetInt32(13), r.GetInt32(14), factors.Requires(role)),
        };
    }

    private static string? TextOrNull(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

    private static Guid? OrNull(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetGuid(column);

    private static NpgsqlParameter Text(string? value) => new() { Value = (object?)value ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text };

    private static NpgsqlParameter Inet(IPAddress? value) => new() { Value = (object?)value ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Inet };
}
