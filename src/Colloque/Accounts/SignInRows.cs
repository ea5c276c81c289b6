using System.Net;
using Colloque.Security;
using Colloque.Storage;
using NpgsqlTypes;

namespace Colloque.Accounts;

/// <summary>A sign-in of the caller's that lives.</summary>
/// <param name="Id">The <c>sid</c> of its tokens.</param>
/// <param name="UserAgent">As the device gave it, 200 printable characters at most.</param>
/// <param name="Address">Where it was started from; null for one of a command.</param>
/// <param name="CreatedAt">When it was started.</param>
/// <param name="LastUsedAt">When it was last refreshed.</param>
public sealed record SignInView(Guid Id, string UserAgent, IPAddress? Address, DateTimeOffset CreatedAt, DateTimeOffset LastUsedAt);

/// <summary>Where a person signed in from before.</summary>
/// <param name="UserAgent">The device's.</param>
/// <param name="Fresh">Lately enough to count as known.</param>
/// <param name="SameNetwork">Fresh, and from the network that is asked about.</param>
internal sealed record PastOrigin(string UserAgent, bool Fresh, bool SameNetwork);

/// <summary>A person's sign-ins in the database: the caller's own, and the recent ones of whoever has just signed in.</summary>
public sealed class SignInRows(ColloqueDatabase database)
{
    internal async Task<IReadOnlyList<SignInView>> ListAsync(Caller caller, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var rows = new List<SignInView>();
        await database.ReadAsync(
            caller,
            "select id, user_agent, ip, created_at, last_used_at from accounts_sign_ins($1)",
            [new() { Value = now }],
            r => rows.Add(new(
                r.GetGuid(0), r.GetString(1), r.IsDBNull(2) ? null : r.GetFieldValue<IPAddress>(2), r.GetFieldValue<DateTimeOffset>(3), r.GetFieldValue<DateTimeOffset>(4))),
            cancellationToken);
        return rows;
    }

    /// <summary>Ends <paramref name="one"/>, or, where that is null, all but <paramref name="spared"/>; gives those that this call ended.</summary>
    internal async Task<IReadOnlyList<Guid>> EndAsync(Caller caller, Guid? one, Guid? spared, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var ended = new List<Guid>();
        await database.ReadAsync(
            caller,
            "select * from accounts_end_own_sign_ins($1, $2, $3)",
            [new() { Value = (object?)one ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid }, new() { Value = (object?)spared ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid }, new() { Value = now }],
            r => ended.Add(r.GetGuid(0)),
            cancellationToken);
        return ended;
    }

    internal async Task<IReadOnlyList<PastOrigin>> PastAsync(Guid signInId, Guid userId, IPNetwork? network, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var rows = new List<PastOrigin>();
        await database.ReadAsync(
            null,
            "select user_agent, fresh, same_network from accounts_recent_origins($1, $2, $3::cidr, $4)",
            [
                new() { Value = signInId }, new() { Value = userId },
                new() { Value = (object?)network?.ToString() ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text }, new() { Value = since },
            ],
            r => rows.Add(new(r.GetString(0), r.GetBoolean(1), r.GetBoolean(2))),
            cancellationToken);
        return rows;
    }
}
