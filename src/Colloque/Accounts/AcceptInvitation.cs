using Colloque.Security;
using Colloque.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colloque.Accounts;

/// <summary>What an invited person adds to what their administrator wrote of them.</summary>
/// <param name="Token">Of the link.</param>
/// <param name="Email">Where given, it must be the invited one.</param>
/// <param name="Password">8..256 UTF-16 units, not a common one.</param>
/// <param name="FirstName">Null: as the administrator wrote it.</param>
/// <param name="LastName">The same.</param>
/// <param name="Language">The same.</param>
public sealed record Acceptance(string Token, string? Email, string? Password, string? FirstName, string? LastName, string? Language)
{
    /// <summary>Never the token nor the password, whatever prints this.</summary>
    public override string ToString() => nameof(Acceptance);
}

/// <summary>Lets an invited person in: whoever holds the link reads the address, and the invitation was the approval.</summary>
public sealed class AcceptInvitation(ColloqueDb db, Passwords passwords, RateLimits limits, TimeProvider time)
{
    /// <summary>How long an invitation is good, unless its sender says otherwise.</summary>
    public static readonly TimeSpan LinkLifetime = TimeSpan.FromDays(14);

    /// <summary>One statement and one password hash.</summary>
    /// <exception cref="Refusal">404 <c>link_spent</c>; 422 naming the member; 429; 503.</exception>
    public async Task RunAsync(Acceptance acceptance, Origin origin, CancellationToken cancellationToken)
    {
        limits.Take(Limit.AccountNetwork, origin.NetworkKey);
        var email = string.IsNullOrEmpty(acceptance.Email) ? null : EmailAddress.Parse(acceptance.Email);
        var first = PersonName.ParseOptional(acceptance.FirstName, "firstName", 100);
        var last = PersonName.ParseOptional(acceptance.LastName, "lastName", 99);
        var language = acceptance.Language is null ? null : Language.Parse(acceptance.Language);
        var good = Passwords.Parse(acceptance.Password, "password", email, $"{first} {last}");
        var link = OpaqueToken.Parse(acceptance.Token) ?? throw AccountRefusals.LinkSpent();
        var hash = await passwords.HashAsync(good, cancellationToken);
        var outcome = await db.Database.SqlQuery<string>(
            $"""select outcome as "Value" from accounts_accept_invitation({link.Hash}, {email}::text, {first}::text, {last}::text, {language}::text, {hash}, {time.GetUtcNow()})""")
            .ToListAsync(cancellationToken);
        switch (outcome)
        {
            case ["accepted"]:
                return;
            case ["other_address"]:
                throw Refusal.Invalid("email");
            default:
                throw AccountRefusals.LinkSpent();
        }
    }
}
