using Colloque.Accounts;
using Colloque.Notifications;
using Colloque.Security;
using Colloque.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colloque.People;

/// <summary>Turns invitations that are due into accounts-to-be, links and queued mails: those of one person and those of a list of a hundred thousand alike.</summary>
/// <remarks>
/// An address that has an account elsewhere gets a mail that says so instead, and nothing else happens: who invited cannot tell the two apart.
/// Any number of processes may run this at once; each takes others.
/// </remarks>
public sealed class SendInvitations(ColloqueDb db, AccountTokens tokens, MailQueue mails, PublicAddress address, TimeProvider time)
{
    /// <summary>How long a link is good.</summary>
    public static readonly TimeSpan LinkLifetime = TimeSpan.FromDays(14);

    /// <summary>Invitations of one transaction.</summary>
    public const int Most = 200;

    /// <summary>Three statements; answers with how many were taken.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var now = time.GetMoment();
        var due = await db.Database.SqlQuery<Due>(
            $"""
            select employee_id as "EmployeeId", user_id as "UserId", known as "Known", email as "Email", language as "Language", organization_name as "OrganizationName"
            from employees_take_invitations({Most}, {now})
            """).ToListAsync(cancellationToken);
        if (due.Count == 0)
        {
            return 0;
        }

        var invited = due.Where(static d => d.UserId is not null).ToArray();
        var links = invited.Length == 0 ? [] : await tokens.IssueManyAsync([.. invited.Select(static d => d.UserId!.Value)], TokenPurpose.Invite, LinkLifetime, cancellationToken);
        IEnumerable<MailDraft> drafts =
        [
            .. invited.Zip(links, (d, token) => new MailDraft(MailKind.Invitation, d.UserId, d.Email, d.Language, address.Link("invitation", token), d.OrganizationName)),
            .. due.Where(static d => d.Known).Select(d => new MailDraft(MailKind.AlreadyRegistered, null, d.Email, d.Language, $"{address.Text}/", d.OrganizationName)),
        ];
        await mails.EnqueueAsync([.. drafts], cancellationToken);
        return due.Count;
    }

    private sealed record Due(Guid EmployeeId, Guid? UserId, bool Known, string Email, string Language, string OrganizationName);
}
