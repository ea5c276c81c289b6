using Colloque.Security;

namespace Colloque.Accounts;

/// <summary>Turns an authenticator on with its first code.</summary>
public sealed class ConfirmFactor(FactorRows rows, FactorCheck check, AccountSeal seal, SignInNotices notices, TimeProvider time)
{
    /// <summary>Three statements, the mail about it written with the last. A restricted sign-in becomes whole with its next refresh; others of the person that lack a factor end.</summary>
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
        var news = await notices.OfFactorAsync(caller.UserId, cancellationToken);
        if (!await rows.ConfirmAsync(caller.UserId, caller.SignInId, pending, step, ReplaceRecoveryCodes.Hashes(caller.UserId, codes), now, news, cancellationToken))
        {
            throw AccountRefusals.FactorNotBegun();
        }

        return codes;
    }
}
