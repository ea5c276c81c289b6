using Colloque.Security;

namespace Colloque.Accounts;

/// <summary>A new authenticator's secret, shown this once.</summary>
/// <param name="Secret">Base32.</param>
/// <param name="Uri">The same, for a QR code.</param>
public sealed record FactorSetup(string Secret, string Uri)
{
    /// <summary>Never the secret, whatever prints this.</summary>
    public override string ToString() => nameof(FactorSetup);
}

/// <summary>Starts the set-up of an authenticator; its first code confirms it (<see cref="ConfirmFactor"/>), until then the one before counts.</summary>
public sealed class BeginFactor(AccountRows accounts, FactorRows rows, FactorCheck check, AccountSeal seal, AccessTokenSettings settings, TimeProvider time)
{
    /// <summary>How long a secret waits for its first code.</summary>
    public static readonly TimeSpan PendingFor = TimeSpan.FromMinutes(15);

    /// <summary>Two statements; more where one authenticator replaces another.</summary>
    /// <param name="caller">Who.</param>
    /// <param name="password">Demanded of those who have an authenticator.</param>
    /// <param name="code">The same.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="Refusal">409 <c>second_factor_set</c>: there is one, and password and code are missing; 422; 429; 503.</exception>
    public async Task<FactorSetup> RunAsync(Caller caller, string? password, string? code, CancellationToken cancellationToken)
    {
        var person = await accounts.FindProfileAsync(caller.UserId, null, cancellationToken) ?? throw Refusal.Unauthenticated();
        if (person.Profile.SecondFactor.On && password is null && code is null)
        {
            throw AccountRefusals.FactorSet();
        }

        if (person.Profile.SecondFactor.Totp)
        {
            await check.RequireBothAsync(caller, password, code, cancellationToken);
        }
        else if (person.Profile.SecondFactor.On)
        {
            await check.RequirePasswordAsync(caller, password, cancellationToken);
        }

        var secret = Totp.NewSecret();
        await rows.BeginAsync(caller.UserId, seal.SealFactor(caller.UserId, secret), time.GetUtcNow(), cancellationToken);
        return new(Totp.Text(secret), Totp.Uri(secret, settings.DisplayName, person.Profile.Email));
    }
}
