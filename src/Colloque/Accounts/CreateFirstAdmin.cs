using Colloque.Security;
using Colloque.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colloque.Accounts;

/// <summary>A link that sets the first administrator's password, once.</summary>
/// <param name="Token">43 characters; the database has its hash alone, so it can be shown this one time.</param>
/// <param name="ExpiresAt">24 hours after it was made.</param>
public sealed record SetupLink(string Token, DateTimeOffset ExpiresAt);

/// <summary>Makes the installation's first super-admin, and a set-up link for as long as they have no password.</summary>
public sealed class CreateFirstAdmin(ColloqueDb db, TimeProvider time)
{
    /// <summary>How long a link is good.</summary>
    public static readonly TimeSpan LinkLifetime = TimeSpan.FromHours(24);

    /// <summary>Null when the installation has its super-admin already; otherwise a fresh link, and earlier ones end.</summary>
    /// <param name="email">Of the person to be made; where one waits for a password already, theirs stays.</param>
    /// <param name="name">1..200 characters.</param>
    /// <param name="language">fr, en or es.</param>
    /// <param name="cancellationToken">Rolls back.</param>
    /// <exception cref="Refusal">422 <c>email</c>, <c>name</c>, <c>language</c>.</exception>
    public async Task<SetupLink?> RunAsync(string email, string name, string language, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var token = OpaqueToken.New();
        var expires = now + LinkLifetime;
        await db.Database.SqlQuery<bool>(
            $"""select accounts_create_first({Guid.CreateVersion7(now)}, {EmailAddress.Parse(email)}, {PersonName.Parse(name)}, {Language.Parse(language)}, {now}) as "Value" """)
            .ToListAsync(cancellationToken);
        var linked = await db.Database.SqlQuery<bool>($"""select accounts_link_setup({token.Hash}, {now}, {expires}) as "Value" """).ToListAsync(cancellationToken);
        return linked[0] ? new(token.Text(), expires) : null;
    }
}
