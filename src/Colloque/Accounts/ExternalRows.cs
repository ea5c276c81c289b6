using Colloque.Storage;
using Npgsql;

namespace Colloque.Accounts;

/// <summary>Whom a provider speaks of.</summary>
/// <param name="Outcome"><c>known, linked, taken, none</c>.</param>
/// <param name="UserId">Null for the last two.</param>
/// <param name="Approved">By the organization's administrator, its rule, or an invitation.</param>
internal sealed record ExternalRow(string Outcome, Guid? UserId, bool Approved);

/// <summary>Whom a provider's subject is here; each question one statement in a transaction of its own, as <see cref="AccountRows"/>'s.</summary>
public sealed class ExternalRows(ColloqueDatabase database)
{
    internal async Task<ExternalRow> FindAsync(ExternalIdentity identity, string? email, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var found = new ExternalRow("none", null, Approved: false);
        await database.ReadAsync(
            null,
            "select outcome, user_id, approved from accounts_external_login($1, $2, $3, $4)",
            [new() { Value = identity.Issuer }, new() { Value = identity.Subject }, Text(email), new() { Value = now }],
            r => found = new(r.GetString(0), r.IsDBNull(1) ? null : r.GetGuid(1), r.GetBoolean(2)),
            cancellationToken);
        return found;
    }

    /// <summary>False: no organization has the domain, or the address has an account.</summary>
    internal async Task<bool> CreateAsync(Guid userId, ExternalIdentity identity, string email, string firstName, string lastName, string language, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var outcome = "none";
        await database.ReadAsync(
            null,
            "select accounts_external_create($1, $2, $3, $4, $5, $6, $7, $8)",
            [
                new() { Value = userId }, new() { Value = identity.Issuer }, new() { Value = identity.Subject }, new() { Value = email },
                new() { Value = firstName }, new() { Value = lastName }, new() { Value = language }, new() { Value = now },
            ],
            r => outcome = r.GetString(0),
            cancellationToken);
        return outcome == "made";
    }

    private static NpgsqlParameter Text(string? value) => new() { Value = (object?)value ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text };
}
