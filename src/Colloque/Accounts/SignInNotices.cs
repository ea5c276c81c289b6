using Colloque.Notifications;

namespace Colloque.Accounts;

/// <summary>Tells people by mail what happens to their account: someone signed in from somewhere new, a stolen sign-in was ended, a factor changed.</summary>
public sealed class SignInNotices(SignInRows rows, AccountRows accounts, MailDrop mail, TimeProvider time)
{
    /// <summary>How long a network or a device stays known.</summary>
    public static readonly TimeSpan KnownFor = TimeSpan.FromDays(90);

    /// <summary>
    /// After a sign-in: one statement, and a mail where its network or its device is new to this person. The first sign-in of all is
    /// no news, and a command of the operator's own comes from nowhere.
    /// </summary>
    internal async Task StartedAsync(Profile profile, Guid signInId, Origin origin, CancellationToken cancellationToken)
    {
        if (origin.Network is null)
        {
            return;
        }

        var before = await rows.RecentAsync(signInId, profile.Id, origin.Network, time.GetUtcNow() - KnownFor, cancellationToken);
        var device = DeviceName.Of(origin.UserAgent);
        if (before.Count > 0 && !(before.Any(static o => o.SameNetwork) && before.Any(o => DeviceName.Of(o.UserAgent) == device)))
        {
            await SendAsync(MailKind.NewSignIn, profile, cancellationToken);
        }
    }

    /// <summary>A spent refresh token came back: someone else had a copy.</summary>
    internal Task StolenAsync(Guid userId, CancellationToken cancellationToken) => SendAsync(MailKind.SignInStolen, userId, cancellationToken);

    /// <summary>A passkey came or went.</summary>
    internal Task FactorChangedAsync(Guid userId, CancellationToken cancellationToken) => SendAsync(MailKind.SecondFactorChanged, userId, cancellationToken);

    private async Task SendAsync(MailKind kind, Guid userId, CancellationToken cancellationToken)
    {
        if (await accounts.FindProfileAsync(userId, null, cancellationToken) is { } person)
        {
            await SendAsync(kind, person.Profile, cancellationToken);
        }
    }

    private Task SendAsync(MailKind kind, Profile profile, CancellationToken cancellationToken) =>
        mail.EnqueueAsync(new(kind, profile.Id, profile.Email, profile.Language), cancellationToken);
}
