using Colloque.Consultations;
using Colloque.Storage;

namespace Colloque.Teleconsultation;

/// <summary>Tells whoever holds a link what it leads to.</summary>
public sealed class SeeJoinLink(JoinLinkRows links, CallerScope scope)
{
    /// <summary>Also without a caller. One query.</summary>
    /// <exception cref="Refusal">404 <c>join_link_gone</c>.</exception>
    public async Task<JoinLinkFace> RunAsync(string? token, CancellationToken cancellationToken)
    {
        var door = await links.KnockAsync(token, cancellationToken);
        var own = scope.Caller is { IsClinical: true, UserId: var me } && (me == door.PatientId || me == door.PractitionerId);
        return new(
            door.LinkId is null || own ? door.ConsultationId : null, door.Role is { } role ? Enum.Parse<GuestRole>(role) : null, door.Name, door.RequiresCode,
            Enum.Parse<ConsultationFormat>(door.Format), door.ScheduledAt, door.PractitionerName, own);
    }
}
