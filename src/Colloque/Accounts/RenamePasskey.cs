using Colloque.Security;

namespace Colloque.Accounts;

/// <summary>Gives one of the caller's passkeys another name.</summary>
public sealed class RenamePasskey(PasskeyRows rows)
{
    /// <summary>One statement. The name is its owner's alone, so nobody is told by mail.</summary>
    /// <param name="caller">Whose passkey it must be.</param>
    /// <param name="passkeyId">As the list gives it.</param>
    /// <param name="name">1..100 characters.</param>
    /// <param name="cancellationToken">Cancels the statement.</param>
    /// <exception cref="Refusal">404: another's, or none; 422 <c>name</c>; 503.</exception>
    public async Task RunAsync(Caller caller, Guid passkeyId, string? name, CancellationToken cancellationToken)
    {
        if (!await rows.RenameAsync(caller, passkeyId, AddPasskey.ParseName(name), cancellationToken))
        {
            throw Refusal.NotFound();
        }
    }
}
