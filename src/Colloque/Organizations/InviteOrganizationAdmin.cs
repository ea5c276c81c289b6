using Colloque.Accounts;
using Colloque.Notifications;
using Colloque.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colloque.Organizations;

/// <summary>An administrator to be.</summary>
/// <param name="Email">At most 254 characters.</param>
/// <param name="FirstName">1..100 characters.</param>
/// <param name="LastName">1..100 characters.</param>
/// <param name="Language">fr, en or es; of the mail and of the account.</param>
public sealed record NewOrganizationAdmin(string? Email, string? FirstName, string? LastName, string? Language);

/// <summary>Invites a person to administer an organization. They have an account that nobody can sign in to until they accept.</summary>
public sealed class InviteOrganizationAdmin(ColloqueDb db, AccountTokens tokens, MailQueue mails, PublicAddress address, CallerScope scope, TimeProvider time)
{
    /// <summary>How long the link is good.</summary>
    public static readonly TimeSpan LinkLifetime = TimeSpan.FromDays(7);

    /// <summary>Three statements; answers with the person's id.</summary>
    /// <param name="organization">Not deactivated.</param>
    /// <param name="admin">Who.</param>
    /// <param name="cancellationToken">Rolls back.</param>
    /// <exception cref="Refusal">403 below the platform's administrators; 404; 409 <c>email_taken</c>; 422 naming the member.</exception>
    public async Task<Guid> RunAsync(Guid organization, NewOrganizationAdmin admin, CancellationToken cancellationToken)
    {
        scope.RequirePlatform();
        var (email, language) = (EmailAddress.Parse(admin.Email), Language.Parse(admin.Language ?? "en"));
        var (first, last) = (PersonName.Parse(admin.FirstName, "firstName", 100), PersonName.Parse(admin.LastName, "lastName", 100));
        var now = time.GetMoment();
        var id = Guid.CreateVersion7(now);
        var answer = await db.Database.SqlQuery<Appointment>(
            $"""
            select outcome as "Outcome", organization_name as "OrganizationName" from organizations_appoint({organization}, {id}, {email}, {first}, {last}, {language}, {now})
            """).ToListAsync(cancellationToken);
        if (answer[0].Outcome != "made")
        {
            throw answer[0].Outcome == "taken" ? OrganizationRefusals.EmailTaken() : Refusal.NotFound();
        }

        var token = await tokens.IssueAsync(id, TokenPurpose.Invite, LinkLifetime, cancellationToken);
        await mails.EnqueueAsync(new MailDraft(MailKind.Invitation, id, email, language, address.Link("invitation", token), answer[0].OrganizationName), cancellationToken);
        return id;
    }

    private sealed record Appointment(string Outcome, string? OrganizationName);
}
