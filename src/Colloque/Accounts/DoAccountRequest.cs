using Colloque.Notifications;
using Colloque.Security;
using Colloque.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colloque.Accounts;

/// <summary>Does what was asked for and answered already: makes the account or not, and queues the mail that tells. Work, mail and the request's end commit together.</summary>
public sealed class DoAccountRequest(ColloqueDb db, MailQueue mail, PublicAddress address, TimeProvider time)
{
    /// <summary>Mails of one kind that one person gets in an hour, at most.</summary>
    public const int MostMails = 5;

    /// <summary>Some five statements.</summary>
    /// <returns>False: another has done it.</returns>
    internal async Task<bool> RunAsync(Guid id, AccountRequest? request, CancellationToken cancellationToken)
    {
        var mine = await db.Database.SqlQuery<bool>($"""select accounts_finish_request({id}) as "Value" """).ToListAsync(cancellationToken);
        if (mine is not [true])
        {
            return false;
        }

        await (request switch
        {
            { Kind: AccountRequestKind.Register, Registration: { } registration } => RegisterAsync(request.Email, registration, cancellationToken),
            { Kind: AccountRequestKind.Forgot } => LinkAsync(request.Email, TokenPurpose.Reset, cancellationToken),
            { Kind: AccountRequestKind.Resend } => LinkAsync(request.Email, TokenPurpose.Verify, cancellationToken),
            _ => Task.CompletedTask,
        });
        return true;
    }

    private async Task RegisterAsync(string email, Registration registration, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var outcome = (await db.Database.SqlQuery<RegisteredRow>(
            $"""
            select outcome as "Outcome", user_id as "UserId", language as "Language" from accounts_register(
              {Guid.CreateVersion7(now)}, {email}, {registration.FirstName}, {registration.LastName}, {registration.Language}::text, {registration.Role.ToString()},
              {registration.OrganizationSlug}::text, {registration.Title}::text, {registration.Specialty}::text, {registration.PasswordHash}, {now}, {now + VerifyEmail.LinkLifetime})
            """).ToListAsync(cancellationToken))[0];
        switch (outcome)
        {
            case { Outcome: "made", UserId: { } person }:
                await SendAsync(person, email, outcome.Language, TokenPurpose.Verify, registration.PasswordHash, cancellationToken);
                break;
            case { Outcome: "known" }:
                await mail.EnqueueAsync(new MailDraft(MailKind.AlreadyRegistered, outcome.UserId, email, outcome.Language, $"{address.Text}/forgot-password"), cancellationToken);
                break;
            default:
                await mail.EnqueueAsync(new MailDraft(MailKind.NoOrganization, null, email, outcome.Language), cancellationToken);
                break;
        }
    }

    private async Task LinkAsync(string email, TokenPurpose purpose, CancellationToken cancellationToken)
    {
        var found = await db.Database.SqlQuery<MailboxRow>(
            $"""
            select user_id as "UserId", language as "Language", password_hash as "PasswordHash"
            from accounts_find_mailbox({email}, {purpose.ToString()}, {time.GetUtcNow() - TimeSpan.FromHours(1)}, {MostMails})
            """).ToListAsync(cancellationToken);
        if (found is [var box])
        {
            await SendAsync(box.UserId, email, box.Language, purpose, purpose == TokenPurpose.Verify ? box.PasswordHash : null, cancellationToken);
        }
    }

    private async Task SendAsync(Guid person, string email, string language, TokenPurpose purpose, string? payload, CancellationToken cancellationToken)
    {
        var (kind, page, lifetime) = purpose == TokenPurpose.Reset
            ? (MailKind.ResetPassword, "reset-password", ResetPassword.LinkLifetime)
            : (MailKind.VerifyEmail, "verify-email", VerifyEmail.LinkLifetime);
        var token = await new AccountTokens(db, time).IssueAsync(person, purpose, lifetime, cancellationToken, payload);
        await mail.EnqueueAsync(new MailDraft(kind, person, email, language, address.Link(page, token)), cancellationToken);
    }

    private sealed record RegisteredRow(string Outcome, Guid? UserId, string Language);

    private sealed record MailboxRow(Guid UserId, string Language, string? PasswordHash);
}
