using Colloque.Security;

namespace Colloque.Accounts;

/// <summary>Shows the caller to themselves.</summary>
public sealed class GetProfile(AccountRows rows)
{
    /// <summary>One statement.</summary>
    /// <exception cref="Refusal">401: deactivated a moment ago.</exception>
    public async Task<Profile> RunAsync(Caller caller, CancellationToken cancellationToken) =>
        await rows.FindProfileAsync(caller.UserId, null, cancellationToken) is { Active: true } row ? row.Profile : throw Refusal.Unauthenticated();
}
