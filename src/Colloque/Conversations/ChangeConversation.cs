using Colloque.Security;
using Colloque.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colloque.Conversations;

/// <summary>Puts a conversation away, or takes it out again. A consultation's follows its visit and is none of these.</summary>
public sealed class ChangeConversation(ColloqueDb db, ConversationRows rows, UnitOfWork work, CallerScope scope, TimeProvider time)
{
    /// <summary>Readable from then on, until it is reopened; once more changes nothing.</summary>
    /// <exception cref="Refusal">403 administrators; 404 no seat; 409 a consultation's, or closed.</exception>
    public async Task<ConversationView> ArchiveAsync(Guid id, CancellationToken cancellationToken)
    {
        var now = time.GetMoment();
        return await MoveAsync(
            id, ConversationStatus.Archived,
            () => db.Database.ExecuteSqlAsync(
                $"update conversations set status = 'Archived', archived_at = {now} where id = {id} and status = 'Open' and kind <> 'Consultation'", cancellationToken),
            cancellationToken);
    }

    /// <summary>Takes messages again; once more changes nothing.</summary>
    /// <exception cref="Refusal">403 administrators; 404 no seat; 409 closed.</exception>
    public Task<ConversationView> ReopenAsync(Guid id, CancellationToken cancellationToken)
    {
        // From here its silence begins anew; else the next look would put it away again.
        var now = time.GetMoment();
        return MoveAsync(
            id, ConversationStatus.Open,
            () => db.Database.ExecuteSqlAsync($"update conversations set status = 'Open', archived_at = null, reopened_at = {now} where id = {id} and status = 'Archived'", cancellationToken),
            cancellationToken);
    }

    /// <summary>Readable for good. The practitioner's to say.</summary>
    /// <exception cref="Refusal">403 administrators and patients; 404 no seat; 409 a consultation's.</exception>
    public Task<ConversationView> CloseAsync(Guid id, CancellationToken cancellationToken) => scope.Required.Role != Role.Practitioner
        ? throw Refusal.Forbidden()
        : MoveAsync(
            id, ConversationStatus.Closed,
            () => db.Database.ExecuteSqlAsync($"update conversations set status = 'Closed' where id = {id} and status <> 'Closed' and kind <> 'Consultation'", cancellationToken), cancellationToken);

    private async Task<ConversationView> MoveAsync(Guid id, ConversationStatus to, Func<Task<int>> move, CancellationToken cancellationToken)
    {
        scope.Required.RequireClinical();
        var moved = await move() > 0;
        var view = await rows.OneAsync(id, cancellationToken);
        if (view.Status != to)
        {
            throw ConversationRefusals.Closed();
        }

        if (moved)
        {
            work.Announce(new ConversationChanged(id, to));
        }

        return view;
    }
}
