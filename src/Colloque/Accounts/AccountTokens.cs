using Colloque.Security;
using Colloque.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colloque.Accounts;

/// <summary>What a link in a mail is for.</summary>
public enum TokenPurpose
{
    /// <summary>Shows that the address is read.</summary>
    Verify,

    /// <summary>Sets a new password.</summary>
    Reset,

    /// <summary>Lets a person in who was added by an administrator: in <c>users</c>, approved, without a password and without a verified address.</summary>
    Invite,

    /// <summary>Shows that the new address, the token's payload, is read.</summary>
    EmailChange,
}

/// <summary>Whose a used token was.</summary>
/// <param name="UserId">Whose.</param>
/// <param name="Payload">What was given at its issue.</param>
public sealed record UsedToken(Guid UserId, string? Payload);

/// <summary>One-time tokens that travel in mails; the database has their SHA-256 alone. Inside a unit of work they come and go with it.</summary>
public sealed class AccountTokens(ColloqueDb db, TimeProvider time)
{
    /// <summary>Issues a token; earlier ones stay good, so that nobody ends another's link by asking for one more. One statement.</summary>
    /// <param name="userId">Whose; must exist.</param>
    /// <param name="purpose">The only thing it is good for.</param>
    /// <param name="lifetime">From now.</param>
    /// <param name="cancellationToken">Cancels the statement.</param>
    /// <param name="payload">Kept beside the hash, in the clear; at most 400 characters.</param>
    /// <returns><see cref="OpaqueToken.Text"/> goes into the link, behind its #.</returns>
    public async Task<OpaqueToken> IssueAsync(Guid userId, TokenPurpose purpose, TimeSpan lifetime, CancellationToken cancellationToken, string? payload = null) =>
        (await IssueManyAsync([userId], purpose, lifetime, cancellationToken, payload))[0];

    /// <summary>Issues a token to each of many people, in their order. One statement.</summary>
    /// <inheritdoc cref="IssueAsync"/>
    public async Task<IReadOnlyList<OpaqueToken>> IssueManyAsync(
        IReadOnlyList<Guid> userIds, TokenPurpose purpose, TimeSpan lifetime, CancellationToken cancellationToken, string? payload = null)
    {
        OpaqueToken[] tokens = [.. userIds.Select(static _ => OpaqueToken.New())];
        byte[][] hashes = [.. tokens.Select(static t => t.Hash)];
        Guid[] people = [.. userIds];
        var now = time.GetUtcNow();
        await db.Database.ExecuteSqlAsync(
            $"select accounts_issue_tokens({hashes}, {people}, {purpose.ToString()}, {payload}::text, {now}, {now + lifetime})", cancellationToken);
        return tokens;
    }

    /// <summary>Uses a token, once. One statement.</summary>
    /// <returns>Null for one that is unknown, used, expired or for another purpose, all alike.</returns>
    public async Task<UsedToken?> UseAsync(string token, TokenPurpose purpose, CancellationToken cancellationToken)
    {
        if (OpaqueToken.Parse(token) is not { } parsed)
        {
            return null;
        }

        var used = await db.Database.SqlQuery<UsedToken>(
            $"""select user_id as "UserId", payload as "Payload" from accounts_use_token({parsed.Hash}, {purpose.ToString()}, {time.GetUtcNow()})""").ToListAsync(cancellationToken);
        return used is [var only] ? only : null;
    }
}
