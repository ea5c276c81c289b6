using Colloque.Notifications;
using Colloque.Security;
using Colloque.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colloque.Accounts;

/// <summary>Sets a new password with the link of a mail. Every sign-in of the person ends; the second factor stays.</summary>
public sealed class ResetPassword(ColloqueDb db, Passwords passwords, UnitOfWork unit, MailQueue mail, RateLimits limits, TimeProvider time)
{
    /// <summary>How long a link is good.</summary>
    public static readonly TimeSpan LinkLifetime = TimeSpan.FromHours(1);

    /// <summary>Three statements and one password hash.</summary>
    /// <exception cref="Refusal">404 <c>link_spent</c>; 422 <c>password</c>; 429; 503.</exception>
    public async Task RunAsync(string token, string? password, Origin origin, CancellationToken cancellationToken)
    {
        limits.Take(Limit.AccountNetwork, origin.NetworkKey);
        var good = Passwords.Parse(password);
        var link = OpaqueToken.Parse(token) ?? throw AccountRefusals.LinkSpent();
        var hash = await passwords.HashAsync(good, cancellationToken);
        await unit.RunAsync(null, () => ResetAsync(link, hash, cancellationToken), cancellationToken);
    }

    /// <summary>The change and the mail that tells of it: both, or neither.</summary>
    private async Task<bool> ResetAsync(OpaqueToken link, string hash, CancellationToken cancellationToken)
    {
        var people = await db.Database.SqlQuery<ResetRow>(
            $"""select user_id as "UserId", email as "Email", name as "Name", language as "Language" from accounts_reset_password({link.Hash}, {hash}, {time.GetUtcNow()})""")
            .ToListAsync(cancellationToken);
        return people is [var person]
            ? await mail.EnqueueAsync(new MailDraft(MailKind.PasswordChanged, person.UserId, person.Email, person.Language), cancellationToken)
            : throw AccountRefusals.LinkSpent();
    }

    private sealed record ResetRow(Guid UserId, string Email, string Name, string Language);
}
