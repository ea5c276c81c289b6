using Colloque.Security;

namespace Colloque.Accounts;

/// <summary>
/// Signs a person in for the operator's own commands (<c>load-data</c>), which hold the master key anyway. No route leads here.
/// </summary>
public sealed class SignInWithoutPassword(AccountRows rows, SignInFamily family)
{
    /// <summary>Two statements.</summary>
    /// <param name="userId">Who.</param>
    /// <param name="accessLifetime">Of the access token.</param>
    /// <param name="cancellationToken">Cancels the statements.</param>
    /// <exception cref="Refusal">404: no such person, or deactivated.</exception>
    public async Task<SignedIn> RunAsync(Guid userId, TimeSpan accessLifetime, CancellationToken cancellationToken)
    {
        var person = await rows.FindProfileAsync(userId, cancellationToken);
        return person is { Active: true }
            ? await family.StartAsync(person.Profile, person.SecurityVersion, new Origin(null, "colloque command"), accessLifetime, cancellationToken)
            : throw Refusal.NotFound();
    }
}
