using Colloque.Accounts;
using Colloque.Consultations;
using Colloque.Security;
using Colloque.Storage;
using Colloque.WaitingRoom;
using Microsoft.EntityFrameworkCore;

namespace Colloque.Teleconsultation;

/// <summary>What came of coming to the door: a guest who is in, or why not. A wrong code must be counted, so that the no comes after the commit.</summary>
/// <param name="Guest">Null where the answer is no.</param>
/// <param name="No">Null where the answer is yes.</param>
public sealed record GuestOutcome(GuestEntry? Guest, Refusal? No);

/// <summary>Lets in whoever holds a link, under the name they confirm, and with the code where one is asked for.</summary>
public sealed class EnterAsGuest(ColloqueDb db, JoinLinkRows links, JoinTokens tokens, ConsultationLife life, TeleconsultationSettings settings, UnitOfWork work, Attendance attendance)
{
    /// <summary>Runs without a caller. Who comes again is the same guest; where they were in before, they no longer are.</summary>
    /// <exception cref="Refusal">404 <c>join_link_gone</c>; 422 <c>name</c>, <c>code</c>; 409 <c>join_too_early</c>: as the answer's no, but for the name's.</exception>
    public async Task<GuestOutcome> RunAsync(string? token, string? name, string? code, CancellationToken cancellationToken)
    {
        var door = await links.KnockAsync(token, cancellationToken);
        if (door.LinkId is not { } link)
        {
            // One of the two signs in: no token stands in for an account.
            return new(null, JoinLinkRefusals.Gone());
        }

        var called = PersonName.Parse(name ?? door.Name);
        var codeHash = code is null ? null : tokens.HashCode(link, code);
        var entered = (await db.Database.SqlQuery<Entered>(
            $"""
            select outcome "Outcome", guest_id "GuestId", sign_in_id "SignInId", version "Version", consultation_id "ConsultationId", tenant_id "TenantId", role "Role", name "Name", expires_at "ExpiresAt",
              patient_id "PatientId", practitioner_id "PractitionerId", waits "Waits"
            from join_enter({tokens.Hash(token!)}, {codeHash}, {Guid.CreateVersion7(life.Now)}, {called}, {settings.GuestsBefore}, {Guid.CreateVersion7(life.Now)}, {life.Now})
            """).ToListAsync(cancellationToken))[0];
        if (entered is not { Outcome: "entered", GuestId: { } guest, SignInId: { } signIn, ConsultationId: { } consultation, TenantId: { } tenant })
        {
            return new(null, No(entered.Outcome));
        }

        work.Announce(new GuestsChanged(consultation, []));
        if (entered.Waits == true)
        {
            attendance.Seen(guest);
            work.Announce(new QueueChanged(consultation, entered.PatientId!.Value, entered.PractitionerId!.Value));
        }

        return new(
            new(new(tenant, guest, Role.Guest, signIn), entered.Version!.Value, consultation, Enum.Parse<GuestRole>(entered.Role!), entered.Name!, entered.ExpiresAt!.Value), null);
    }

    private static Refusal No(string outcome) => outcome switch
    {
        "early" => JoinLinkRefusals.TooEarly(),
        "code_required" => JoinLinkRefusals.CodeRequired(),
        "wrong_code" => JoinLinkRefusals.WrongCode(),
        "code_spent" => JoinLinkRefusals.CodeSpent(),
        _ => JoinLinkRefusals.Gone(),
    };

    private sealed record Entered(
        string Outcome, Guid? GuestId, Guid? SignInId, int? Version, Guid? ConsultationId, Guid? TenantId, string? Role, string? Name, DateTimeOffset? ExpiresAt,
        Guid? PatientId, Guid? PractitionerId, bool? Waits);
}
