using Colloque.Notifications;
using Colloque.Security;
using Colloque.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colloque.Accounts;

/// <summary>A person as a mail about them needs them.</summary>
public sealed record MailTarget(string Email, string Name, string Language);

/// <summary>Changes the caller's password. Their other sign-ins end; this one goes on with its next refresh.</summary>
public sealed class ChangePassword(ColloqueDb db, AccountRows accounts, FactorCheck check, Passwords passwords, UnitOfWork unit, MailQueue mail, TimeProvider time)
{
    /// <summary>Four statements, a password comparison and a hash.</summary>
    /// <exception cref="Refusal">409 <c>password_changed</c>: changed meanwhile; 422 <c>password</c>, <c>newPassword</c>; 429; 503.</exception>
    public async Task RunAsync(Caller caller, string? password, string? newPassword, CancellationToken cancellationToken)
    {
        var person = await accounts.FindProfileAsync(caller.UserId, null, cancellationToken) ?? throw Refusal.Unauthenticated();
        var good = Passwords.Parse(newPassword, "newPassword", person.Profile.Email, person.Profile.Name);
        var old = await check.RequirePasswordAsync(caller, password, cancellationToken);
        var hash = await passwords.HashAsync(good, cancellationToken);
        await unit.RunAsync(null, () => ChangeAsync(caller, old, hash, cancellationToken), cancellationToken);
    }

    /// <summary>The change and the mail that tells of it: both, or neither.</summary>
    private async Task<bool> ChangeAsync(Caller caller, string old, string hash, CancellationToken cancellationToken)
    {
        var changed = await db.Database.SqlQuery<MailTarget>(
            $"""select email as "Email", name as "Name", language as "Language" from accounts_change_password({caller.UserId}, {old}, {hash}, {caller.SignInId}, {time.GetUtcNow()})""")
            .ToListAsync(cancellationToken);
        return changed is [var target]
            ? await mail.EnqueueAsync(new MailDraft(MailKind.PasswordChanged, caller.UserId, target.Email, target.Language), cancellationToken)
            : throw AccountRefusals.PasswordChanged();
    }
}
