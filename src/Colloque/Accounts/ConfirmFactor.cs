using Colloque.Notifications;
using Colloque.Security;

namespace Colloque.Accounts;

/// <summary>Turns an authenticator on with its first code.</summary>
public sealed class ConfirmFactor(AccountRows accounts, FactorRows rows, FactorCheck check, AccountSeal seal, MailDrop mail, TimeProvider time)
{
    /// <summary>Four statements. A restricted sign-in becomes whole with its next refresh; others of the person that lack a factor end.</summary>
    /// <returns>Ten recovery codes, shown this once.</returns>
    /// <exception cref="Refusal">409 <c>second_factor_not_begun</c>; 422 <c>code</c>; 429; 503.</exception>
    public async Task<IReadOnlyList<string>> RunAsync(Caller caller, string code, CancellationToken cancellationToken)
    {
        check.Count(caller.UserId, knownNetwork: true);
        var now = time.GetUtcNow();
        var row = await rows.FindAsync(caller.UserId, cancellationToken);
        if (row is not { Pending: { } pending, PendingAt: { } since } || since + BeginFactor.PendingFor <= now)
        {
            throw AccountRefusals.FactorNotBegun();
        }

        var step = Totp.Match(seal.OpenFactor(caller.UserId, pending), code.Replace(" ", ""), now) ?? throw AccountRefusals.WrongCode();
        var codes = ReplaceRecoveryCodes.New();
        if (!await rows.ConfirmAsync(caller.UserId, caller.SignInId, pending, step, ReplaceRecoveryCodes.Hashes(caller.UserId, codes), now, cancellationToken))
        {
            throw AccountRefusals.FactorNotBegun();
        }

        await FactorMail.TellAsync(accounts, mail, caller, cancellationToken);
        return codes;
    }
}

/// <summary>Tells a person that their second factor changed, in case it was not they who did it.</summary>
internal static class FactorMail
{
    internal static async Task TellAsync(AccountRows accounts, MailDrop mail, Caller caller, CancellationToken cancellationToken)
    {
        if (await accounts.FindProfileAsync(caller.UserId, null, cancellationToken) is { Profile: var person })
        {
            await mail.EnqueueAsync(new(MailKind.SecondFactorChanged, person.Id, person.Email, person.Language), cancellationToken);
        }
    }
}
