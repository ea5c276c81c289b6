using Colloque.Security;
using Colloque.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colloque.Accounts;

/// <summary>Believes an address, because someone followed the link that was mailed to it.</summary>
public sealed class VerifyEmail(ColloqueDb db, RateLimits limits, TimeProvider time)
{
    /// <summary>How long a link is good.</summary>
    public static readonly TimeSpan LinkLifetime = TimeSpan.FromHours(24);

    /// <summary>One statement.</summary>
    /// <exception cref="Refusal">404 <c>link_spent</c>; 429; 503.</exception>
    public async Task RunAsync(string token, Origin origin, CancellationToken cancellationToken)
    {
        limits.Take(Limit.AccountNetwork, origin.NetworkKey);
        var link = OpaqueToken.Parse(token) ?? throw AccountRefusals.LinkSpent();
        var verified = await db.Database.SqlQuery<Guid?>($"""select accounts_verify_email({link.Hash}, {time.GetUtcNow()}) as "Value" """).ToListAsync(cancellationToken);
        _ = verified is [{ }] ? true : throw AccountRefusals.LinkSpent();
    }
}
