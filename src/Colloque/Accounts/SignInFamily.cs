using Colloque.Security;

namespace Colloque.Accounts;

/// <summary>A sign-in on one device: starts with a first refresh token and lives through its successors.</summary>
public sealed class SignInFamily(AccountRows rows, AccessTokens tokens, MasterKey master, TimeProvider time)
{
    /// <summary>How long a refresh token is good. Each successor starts anew, so a device in use stays signed in.</summary>
    public static readonly TimeSpan RefreshLifetime = TimeSpan.FromDays(30);

    /// <summary>How long a spent token still gives its successor: for a lost answer, or a second tab.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    internal byte[] SuccessorKey { get; } = master.Derive("refresh token successor 1", 32);

    internal async Task<SignedIn> StartAsync(Profile profile, int securityVersion, Origin origin, TimeSpan? accessLifetime, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var signInId = Guid.CreateVersion7(now);
        var token = OpaqueToken.New();
        await rows.StartSignInAsync(signInId, profile.Id, origin, token.Hash, now, now + RefreshLifetime, cancellationToken);
        return Answer(profile, securityVersion, signInId, token, accessLifetime);
    }

    internal SignedIn Answer(Profile profile, int securityVersion, Guid signInId, OpaqueToken token, TimeSpan? accessLifetime = null) =>
        new(tokens.Issue(new Caller(profile.OrganizationId ?? Guid.Empty, profile.Id, profile.Role, signInId), securityVersion, accessLifetime), token.Text(), profile);
}
