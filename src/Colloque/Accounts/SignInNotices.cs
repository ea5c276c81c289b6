using Colloque.Notifications;

namespace Colloque.Accounts;

/// <summary>
/// Writes the mails that tell people what happens to their account: someone signs in from somewhere new, a factor changes. Each is made before
/// the change and put into the queue by the change's own statement (<see cref="ToldStatement"/>), so that nobody hears of what did not happen,
/// and nothing happens unheard.
/// </summary>
public sealed class SignInNotices(SignInRows rows, AccountRows accounts, MailRows mails, TimeProvider time)
{
    /// <summary>How long a network or a device stays known.</summary>
    public static readonly TimeSpan KnownFor = TimeSpan.FromDays(90);

    /// <summary>
    /// Before a sign-in: one statement, and a mail where its network or its device is new to this person. The first sign-in of all is
    /// no news, and a command of the operator's own comes from nowhere.
    /// </summary>
    internal async Task<QueuedMail?> OfStartAsync(Profile profile, Guid signInId, Origin origin, CancellationToken cancellationToken)
    {
        if (origin.Network is null)
        {
            return null;
        }

        var before = await rows.PastAsync(signInId, profile.Id, origin.Network, time.GetUtcNow() - KnownFor, cancellationToken);
        var device = DeviceName.Of(origin.UserAgent);
        return before.Count > 0 && !(before.Any(static o => o.SameNetwork) && before.Any(o => o.Fresh && DeviceName.Of(o.UserAgent) == device))
            ? Of(MailKind.NewSignIn, profile)
            : null;
    }

    /// <summary>Before a passkey comes or goes: one statement.</summary>
    internal async Task<QueuedMail?> OfFactorAsync(Guid userId, CancellationToken cancellationToken) =>
        await accounts.FindProfileAsync(userId, null, cancellationToken) is { } person ? OfFactor(person.Profile) : null;

    /// <summary>Before an authenticator comes or goes.</summary>
    internal QueuedMail? OfFactor(Profile profile) => Of(MailKind.SecondFactorChanged, profile);

    private QueuedMail? Of(MailKind kind, Profile profile) => mails.Of(new(kind, profile.Id, profile.Email, profile.Language), profile.Id);
}
