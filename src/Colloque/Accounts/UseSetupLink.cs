using Colloque.Security;

namespace Colloque.Accounts;

/// <summary>Sets the first super-admin's password with the link that the server printed.</summary>
public sealed class UseSetupLink(AccountRows rows, Passwords passwords, RateLimits limits, TimeProvider time)
{
    /// <summary>One statement and one password hash.</summary>
    /// <exception cref="Refusal">404 <c>setup_link_spent</c>: unknown, used or expired alike; 422 <c>password</c>; 429; 503.</exception>
    public async Task RunAsync(string token, string? password, Origin origin, CancellationToken cancellationToken)
    {
        limits.Take(Limit.SetupNetwork, origin.NetworkKey);
        var good = Passwords.Parse(password);
        var link = OpaqueToken.Parse(token) ?? throw AccountRefusals.SetupLinkSpent();
        var hash = await passwords.HashAsync(good, cancellationToken);
        if (!await rows.UseSetupAsync(link.Hash, hash, time.GetUtcNow(), cancellationToken))
        {
            throw AccountRefusals.SetupLinkSpent();
        }
    }
}
