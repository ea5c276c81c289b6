using Colloque.Security;

namespace Colloque.Accounts;

/// <summary>Gives ten new recovery codes; those before are worth nothing any more.</summary>
public sealed class ReplaceRecoveryCodes(AccountRows accounts, FactorRows rows, FactorCheck check, TimeProvider time)
{
    /// <summary>Five statements and one password comparison.</summary>
    /// <exception cref="Refusal">409 <c>second_factor_not_set</c>; 422; 429; 503.</exception>
    public async Task<IReadOnlyList<string>> RunAsync(Caller caller, string? password, string? code, CancellationToken cancellationToken)
    {
        if (await accounts.FindProfileAsync(caller.UserId, null, cancellationToken) is not { Profile.SecondFactor.On: true } person)
        {
            throw AccountRefusals.FactorNotSet();
        }

        // Whose only factor is a passkey has no code yet to show.
        if (person.Profile.SecondFactor.Totp)
        {
            await check.RequireBothAsync(caller, password, code, cancellationToken);
        }
        else
        {
            await check.RequirePasswordAsync(caller, password, cancellationToken);
        }

        var codes = New();
        await rows.ReplaceRecoveryAsync(caller.UserId, Hashes(caller.UserId, codes), time.GetUtcNow(), cancellationToken);
        return codes;
    }

    internal static string[] New() => [.. Enumerable.Range(0, RecoveryCode.Count).Select(static _ => RecoveryCode.New())];

    internal static byte[][] Hashes(Guid userId, IEnumerable<string> codes) => [.. codes.Select(c => RecoveryCode.Hash(userId, c)!)];
}
