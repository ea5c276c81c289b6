using Colloque.Security;

namespace Colloque.Accounts;

/// <summary>Ends a sign-in: its refresh tokens, its access tokens, its sockets.</summary>
public sealed class SignOut(AccountRows rows, SignInWatch watch, TimeProvider time)
{
    /// <summary>One statement. A token that means nothing (any more) ends nothing, and says nothing.</summary>
    /// <exception cref="Refusal">503.</exception>
    public async Task RunAsync(string refreshToken, CancellationToken cancellationToken)
    {
        if (OpaqueToken.Parse(refreshToken) is { } token && await rows.EndSignInAsync(token.Hash, time.GetUtcNow(), cancellationToken) is { } ended)
        {
            watch.Revoke(ended);
        }
    }
}
