using Colloque.Accounts;
using Colloque.Consultations;
using Colloque.Notifications;
using Colloque.Security;
using Colloque.Storage;

namespace Colloque.Teleconsultation;

/// <summary>Makes a link by which somebody without an account comes into one visit, and mails it where an address is given.</summary>
public sealed class InviteGuest(JoinLinkRows links, TeleconsultationRows rows, ConsultationLife life, MailQueue mails, CallerScope scope)
{
    /// <summary>Answers with the link.</summary>
    /// <exception cref="Refusal">
    /// 403 administrators, and a patient who invites another than a relative; 404; 409 <c>session_ended</c>, <c>not_remote</c>, <c>too_many_links</c>;
    /// 422 <c>name</c>, <c>email</c>, <c>language</c>.
    /// </exception>
    public async Task<JoinLinkView> RunAsync(Guid consultation, GuestInvitation guest, CancellationToken cancellationToken)
    {
        var row = await rows.OneAsync(consultation, cancellationToken);
        if (row.PractitionerId != scope.Required.UserId && guest.Role != GuestRole.Relative)
        {
            throw Refusal.Forbidden();
        }

        var invited = Parse(guest);
        if (row.IsOver)
        {
            throw TeleconsultationRefusals.Ended();
        }

        var expires = rows.WindowEnd(row.PlannedEnd, row.IsInProgress);
        if (expires <= life.Now)
        {
            throw TeleconsultationRefusals.OutsideWindow();
        }

        if (await links.CountOpenAsync(consultation, cancellationToken) >= JoinLinkRows.MostOpen)
        {
            throw JoinLinkRefusals.TooMany();
        }

        var (id, url) = await links.AddAsync(consultation, invited, expires, cancellationToken);
        if (invited.Email is { } email)
        {
            await mails.EnqueueAsync(new MailDraft(MailKind.JoinLink, null, email, invited.Language!, url), cancellationToken);
        }

        return (await links.ListAsync(consultation, id, cancellationToken))[0];
    }

    private static GuestInvitation Parse(GuestInvitation guest)
    {
        var email = guest.Email is null ? null : EmailAddress.Parse(guest.Email);
        return guest.RequireCode && email is null
            ? throw Refusal.Invalid("email", "required")
            : guest with { Name = PersonName.ParseOptional(guest.Name, "name", 200), Email = email, Language = Language.Parse(guest.Language ?? "en") };
    }
}
