using Colloque.Notifications;

namespace Colloque.Accounts;

/// <summary>
/// Tells people by mail what happens to their account: someone signed in from somewhere new, a stolen sign-in was ended, a factor changed.
/// None of it can be cancelled: it has happened, and whoever did it and hangs up must not keep the owner from hearing of it.
/// </summary>
public sealed class SignInNotices(SignInRows rows, AccountRows accounts, MailDrop mail, TimeProvider time)
{
    /// <summary>How long a network or a device stays known.</summary>
    public static readonly TimeSpan KnownFor = TimeSpan.FromDays(90);

    /// <summary>
    /// After a sign-in: one statement, and a mail where its network or its device is new to this person. The first sign-in of all is
    /// no news, and a command of the operator's own comes from nowhere.
    /// </summary>
    internal async Task StartedAsync(Profile profile, Guid signInId, Origin origin)
    {
        if (origin.Network is null)
        {
            return;
        }

        var before = await rows.PastAsync(signInId, profile.Id, origin.Network, time.GetUtcNow() - KnownFor, CancellationToken.None);
        var device = DeviceName.Of(origin.UserAgent);
        if (before.Count > 0 && !(before.Any(static o => o.SameNetwork) && before.Any(o => o.Fresh && DeviceName.Of(o.UserAgent) == device)))
        {
            await SendAsync(MailKind.NewSignIn, profile);
        }
    }

    /// <summary>A spent refresh token came back: someone else had a copy.</summary>
    internal Task StolenAsync(Guid userId) => SendAsync(MailKind.SignInStolen, userId);

    /// <summary>A passkey came or went.</summary>
    internal Task FactorChangedAsync(Guid userId) => SendAsync(MailKind.SecondFactorChanged, userId);

    private async Task SendAsync(MailKind kind, Guid userId)
    {
        if (await accounts.FindProfileAsync(userId, null, CancellationToken.None) is { } person)
        {
            await SendAsync(kind, person.Profile);
        }
    }

    private Task SendAsync(MailKind kind, Profile profile) =>
        mail.EnqueueAsync(new(kind, profile.Id, profile.Email, profile.Language), CancellationToken.None);
}
