using Colloque.Security;

namespace Colloque.Accounts;

/// <summary>Who the first super-admin is called until they say otherwise.</summary>
public sealed record FirstAdminSettings(string Email = "admin@localhost", string Name = "Administrator", string Language = "en");

/// <summary>The link by which an installation's first super-admin sets their password. It works once, for 24 hours.</summary>
public sealed class FirstAdmin(AccountRows rows, FirstAdminSettings settings, TimeProvider time)
{
    /// <summary>How long a link is good.</summary>
    public static readonly TimeSpan LinkLifetime = TimeSpan.FromHours(24);

    /// <summary>A fresh link, for as long as the first super-admin (made here if need be) has no password; earlier links end. Null afterwards.</summary>
    /// <param name="address">Where the server is reached, without a trailing slash.</param>
    /// <param name="cancellationToken">Cancels the two statements.</param>
    /// <returns>address/setup#token: what follows # stays in the browser, out of every log.</returns>
    public async Task<string?> LinkAsync(string address, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await rows.CreateFirstAsync(
            Guid.CreateVersion7(now), EmailAddress.Parse(settings.Email), PersonName.Parse(settings.Name), Language.Parse(settings.Language), now, cancellationToken);
        var token = OpaqueToken.New();
        return await rows.LinkSetupAsync(token.Hash, now, now + LinkLifetime, cancellationToken) ? $"{address}/setup#{token.Text()}" : null;
    }
}
