using Colloque.Security;
using Colloque.Storage;

namespace Colloque.Conversations;

/// <summary>
/// What is done to a conversation as a whole, and said in it: who reads it later sees when it was closed and reopened, and who came and went. None of these is to be run inside a unit
/// of work. What is said comes where it can still be said: before closing and leaving, after all else; a crash in between loses the line, not the deed.
/// </summary>
public sealed class ConversationDesk(Verbs verbs, NoteInThread note)
{
    /// <inheritdoc cref="ChangeConversation.ArchiveAsync"/>
    public Task<ConversationView> ArchiveAsync(Caller caller, Guid id, CancellationToken cancellationToken) =>
        verbs.RunAsync(caller, (ChangeConversation verb) => verb.ArchiveAsync(id, cancellationToken), cancellationToken);

    /// <inheritdoc cref="ChangeConversation.ReopenAsync"/>
    public async Task<ConversationView> ReopenAsync(Caller caller, Guid id, CancellationToken cancellationToken)
    {
        var before = await SeeAsync(caller, id, cancellationToken);
        var view = await verbs.RunAsync(caller, (ChangeConversation verb) => verb.ReopenAsync(id, cancellationToken), cancellationToken);
        return before.Status == ConversationStatus.Archived && await note.RunAsync(caller, id, SystemWords.Reopened, cancellationToken) ? await GetAsync(caller, id, cancellationToken) : view;
    }

    /// <inheritdoc cref="ChangeConversation.CloseAsync"/>
    public async Task<ConversationView> CloseAsync(Caller caller, Guid id, CancellationToken cancellationToken)
    {
        if (caller.Role != Role.Practitioner)
        {
            throw Refusal.Forbidden();
        }

        var before = await SeeAsync(caller, id, cancellationToken);
        if (before is { Status: ConversationStatus.Open, Kind: not ConversationKind.Consultation })
        {
            await note.RunAsync(caller, id, SystemWords.Closed, cancellationToken);
        }

        return await verbs.RunAsync(caller, (ChangeConversation verb) => verb.CloseAsync(id, cancellationToken), cancellationToken);
    }

    /// <inheritdoc cref="SeatPractitioner.SeatAsync"/>
    public async Task<ConversationView> SeatAsync(Caller caller, Guid id, Guid person, bool withHistory, CancellationToken cancellationToken)
    {
        var (view, isNew) = await verbs.RunAsync(caller, (SeatPractitioner verb) => verb.SeatAsync(id, person, withHistory, cancellationToken), cancellationToken);
        return isNew && await note.RunAsync(caller, id, SystemWords.Of(SystemWords.Joined, person), cancellationToken) ? await GetAsync(caller, id, cancellationToken) : view;
    }

    /// <inheritdoc cref="SeatPractitioner.UnseatAsync"/>
    public async Task<bool> UnseatAsync(Caller caller, Guid id, Guid person, CancellationToken cancellationToken)
    {
        var isOwn = person == caller.UserId;
        if (isOwn && await verbs.RunAsync(caller, (SeatPractitioner verb) => verb.MayLeaveAsync(id, cancellationToken), cancellationToken))
        {
            // Who has left cannot say so.
            await note.RunAsync(caller, id, SystemWords.Of(SystemWords.Left, person), cancellationToken);
        }

        await verbs.RunAsync(caller, (SeatPractitioner verb) => verb.UnseatAsync(id, person, cancellationToken), cancellationToken);
        if (!isOwn)
        {
            await note.RunAsync(caller, id, SystemWords.Of(SystemWords.Left, person), cancellationToken);
        }

        return true;
    }

    private Task<SeatView> SeeAsync(Caller caller, Guid id, CancellationToken cancellationToken) =>
        verbs.RunAsync(caller, (SeeConversation verb) => verb.RunAsync(id, cancellationToken), cancellationToken);

    private Task<ConversationView> GetAsync(Caller caller, Guid id, CancellationToken cancellationToken) =>
        verbs.RunAsync(caller, (GetConversation verb) => verb.RunAsync(id, cancellationToken), cancellationToken);
}
