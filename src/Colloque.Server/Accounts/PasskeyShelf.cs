using Microsoft.AspNetCore.Identity;

namespace Colloque.Server.Accounts;

/// <summary>One person's passkeys, as far as one ceremony needs them.</summary>
/// <param name="UserHandle">As authenticators keep it.</param>
/// <param name="Passkeys">None where nobody is known yet.</param>
internal sealed record PasskeyShelf(string UserHandle, IReadOnlyList<UserPasskeyInfo> Passkeys)
{
    /// <summary>Nobody's.</summary>
    internal static PasskeyShelf Empty { get; } = new("", []);
}

/// <summary>
/// Lets Identity's handler look at one shelf and nothing else: what was read from the database before the ceremony. It writes nothing;
/// what a ceremony gives is stored by its verb.
/// </summary>
internal sealed class ShelfStore(PasskeyShelf shelf) : IUserPasskeyStore<PasskeyShelf>
{
    public Task<string> GetUserIdAsync(PasskeyShelf user, CancellationToken cancellationToken) => Task.FromResult(user.UserHandle);

    public Task<string?> GetUserNameAsync(PasskeyShelf user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.UserHandle);

    public Task<string?> GetNormalizedUserNameAsync(PasskeyShelf user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.UserHandle);

    public Task<PasskeyShelf?> FindByIdAsync(string userId, CancellationToken cancellationToken) =>
        Task.FromResult(userId.Length > 0 && userId == shelf.UserHandle ? shelf : null);

    public Task<PasskeyShelf?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken) => FindByIdAsync(normalizedUserName, cancellationToken);

    public Task<PasskeyShelf?> FindByPasskeyIdAsync(byte[] credentialId, CancellationToken cancellationToken) => Task.FromResult(Find(credentialId) is null ? null : shelf);

    public Task<IList<UserPasskeyInfo>> GetPasskeysAsync(PasskeyShelf user, CancellationToken cancellationToken) => Task.FromResult<IList<UserPasskeyInfo>>([.. user.Passkeys]);

    public Task<UserPasskeyInfo?> FindPasskeyAsync(PasskeyShelf user, byte[] credentialId, CancellationToken cancellationToken) => Task.FromResult(Find(credentialId));

    public Task AddOrUpdatePasskeyAsync(PasskeyShelf user, UserPasskeyInfo passkey, CancellationToken cancellationToken) => throw ReadOnly();

    public Task RemovePasskeyAsync(PasskeyShelf user, byte[] credentialId, CancellationToken cancellationToken) => throw ReadOnly();

    public Task SetUserNameAsync(PasskeyShelf user, string? userName, CancellationToken cancellationToken) => throw ReadOnly();

    public Task SetNormalizedUserNameAsync(PasskeyShelf user, string? normalizedName, CancellationToken cancellationToken) => throw ReadOnly();

    public Task<IdentityResult> CreateAsync(PasskeyShelf user, CancellationToken cancellationToken) => throw ReadOnly();

    public Task<IdentityResult> UpdateAsync(PasskeyShelf user, CancellationToken cancellationToken) => throw ReadOnly();

    public Task<IdentityResult> DeleteAsync(PasskeyShelf user, CancellationToken cancellationToken) => throw ReadOnly();

    public void Dispose()
    {
        // Holds nothing.
    }

    private UserPasskeyInfo? Find(byte[] credentialId) => shelf.Passkeys.FirstOrDefault(p => p.CredentialId.AsSpan().SequenceEqual(credentialId));

    private static NotSupportedException ReadOnly() => new("A ceremony writes nothing.");
}
