using Colloque.Security;
using Colloque.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colloque.Conversations;

/// <summary>Another practitioner in a conversation: asked in by the one whose conversation it is, and out again.</summary>
public sealed class SeatPractitioner(ColloqueDb db, ConversationRows rows, UnitOfWork work, CallerScope scope, TimeProvider time)
{
    /// <param name="id">The conversation.</param>
    /// <param name="person">Whom to ask in.</param>
    /// <param name="withHistory">True to let them read what was said before; else they read from here on.</param>
    /// <param name="cancellationToken">Rolls back.</param>
    /// <exception cref="Refusal">403 all but practitioners; 404 not the caller's conversation, or nobody who may come in; 422 <c>userId</c>.</exception>
    /// <returns>The conversation, and whether they had no seat before.</returns>
    public async Task<(ConversationView Conversation, bool IsNew)> SeatAsync(Guid id, Guid person, bool withHistory, CancellationToken cancellationToken)
    {
        RequirePractitioner();
        // Whose conversation it is comes first: a stranger learns nothing of persons.
        var before = await rows.OneAsync(id, cancellationToken);
        if (!await db.Database.SqlQuery<bool>($"select seat_practitioner({id}, {person}, {withHistory}, {time.GetMoment()}) as \"Value\"").SingleAsync(cancellationToken))
        {
            throw Refusal.Invalid("userId");
        }

        work.Announce(new SeatsChanged(id));
        return (await rows.OneAsync(id, cancellationToken), !before.People.Any(p => p.UserId == person && p.LeftAt is null));
    }

    /// <summary>Ends the seat of somebody who was asked in, by the asker or by themselves.</summary>
    /// <exception cref="Refusal">403 all but practitioners; 404 nobody who was asked in by the caller.</exception>
    public async Task<bool> UnseatAsync(Guid id, Guid person, CancellationToken cancellationToken)
    {
        RequirePractitioner();
        if (!await db.Database.SqlQuery<bool>($"select unseat_practitioner({id}, {person}, {time.GetMoment()}) as \"Value\"").SingleAsync(cancellationToken))
        {
            throw Refusal.NotFound();
        }

        work.Announce(new SeatsChanged(id) { Left = person });
        return true;
    }

    /// <summary>Whether the caller was asked in, and so may leave.</summary>
    public async Task<bool> MayLeaveAsync(Guid id, CancellationToken cancellationToken) =>
        await db.Database.SqlQuery<bool>(
            $"""
            select granted_by is not null "Value" from participants where conversation_id = {id} and user_id = current_user_id() and left_at is null
            """).SingleOrDefaultAsync(cancellationToken);

    private void RequirePractitioner()
    {
        if (scope.Required.Role != Role.Practitioner)
        {
            throw Refusal.Forbidden();
        }
    }
}
