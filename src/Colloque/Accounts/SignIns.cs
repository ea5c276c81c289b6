using Colloque.Security;

namespace Colloque.Accounts;

/// <summary>A sign-in that was started without a password.</summary>
/// <param name="Caller">Whom it speaks for.</param>
/// <param name="AccessToken">For requests and sockets.</param>
/// <param name="RefreshToken">Good once, for 30 days.</param>
public sealed record StartedSignIn(Caller Caller, string AccessToken, string RefreshToken);

/// <summary>Sign-ins: each is one person on one device, a first refresh token and its successors.</summary>
public sealed class SignIns(AccountRows rows, AccessTokens tokens, SignInNotices notices, MasterKey master, TimeProvider time)
{
    /// <summary>How long a refresh token is good. Each successor starts anew, so a device in use stays signed in.</summary>
    public static readonly TimeSpan RefreshLifetime = TimeSpan.FromDays(30);

    /// <summary>How long a spent token still gives its successor: for a lost answer, or a second tab.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    internal byte[] SuccessorKey { get; } = master.Derive("refresh token successor 1", 32);

    /// <summary>
    /// Signs a person in without asking for their password: for the operator's own commands, which hold the master key anyway. No route
    /// leads here.
    /// </summary>
    /// <param name="caller">Who; organization and role are read anew, the sign-in is the new one.</param>
    /// <param name="device">Shown where a browser shows its name.</param>
    /// <param name="accessLifetime">Of the access token.</param>
    /// <param name="cancellationToken">Cancels the two statements.</param>
    /// <exception cref="Refusal">404: no such person, or deactivated.</exception>
    public async Task<StartedSignIn> StartAsync(Caller caller, string device, TimeSpan accessLifetime, CancellationToken cancellationToken)
    {
        var person = await rows.FindProfileAsync(caller.UserId, null, cancellationToken);
        if (person is not { Active: true })
        {
            throw Refusal.NotFound();
        }

        var (speaksFor, token) = await StartAsync(person.Profile, new Origin(null, device), cancellationToken);
        return new(speaksFor, tokens.Issue(speaksFor, person.SecurityVersion, accessLifetime).Text, token.Text());
    }

    /// <summary>Two statements; the mail about a sign-in from somewhere new is written with it.</summary>
    /// <param name="profile">Who.</param>
    /// <param name="origin">From where.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <param name="restricted">They came by a password alone, and must set up a second factor first.</param>
    internal async Task<(Caller Caller, OpaqueToken Token)> StartAsync(Profile profile, Origin origin, CancellationToken cancellationToken, bool restricted = false)
    {
        var now = time.GetUtcNow();
        var signInId = Guid.CreateVersion7(now);
        var token = OpaqueToken.New();
        var news = await notices.OfStartAsync(profile, signInId, origin, cancellationToken);
        await rows.StartSignInAsync(signInId, profile.Id, origin, token.Hash, now, now + RefreshLifetime, restricted, news, cancellationToken);
        return (CallerOf(profile, signInId), token);
    }

    internal SignedIn Answer(Profile profile, int securityVersion, Caller caller, OpaqueToken token, bool restricted = false) =>
        new(tokens.Issue(caller, securityVersion, restricted: restricted), token.Text(), profile, restricted);

    internal static Caller CallerOf(Profile profile, Guid signInId) => new(profile.OrganizationId ?? Guid.Empty, profile.Id, profile.Role, signInId);
}
