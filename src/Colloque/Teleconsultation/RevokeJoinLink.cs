using Colloque.Storage;
using Colloque.WaitingRoom;

namespace Colloque.Teleconsultation;

/// <summary>Takes a link back; whoever came by it is out.</summary>
public sealed class RevokeJoinLink(JoinLinkRows links, TeleconsultationRows rows, UnitOfWork work)
{
    /// <summary>Who invited may, and the practitioner. What was taken back already stays so.</summary>
    /// <exception cref="Refusal">403 administrators; 404 no such link, or not the caller's to take back.</exception>
    public async Task<bool> RunAsync(Guid consultation, Guid link, CancellationToken cancellationToken)
    {
        var visit = await rows.OneAsync(consultation, cancellationToken);
        if (!await links.RevokeAsync(consultation, link, cancellationToken))
        {
            throw Refusal.NotFound();
        }

        work.Announce(new GuestsChanged(consultation, await links.GuestsOfAsync(link, cancellationToken)));
        work.Announce(new QueueMoved(visit.PractitionerId));
        return true;
    }
}
