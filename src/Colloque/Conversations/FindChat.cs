using Colloque.Security;
using Colloque.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colloque.Conversations;

/// <summary>The caller's seat in a direct conversation that was named by numbers.</summary>
/// <param name="Id">The conversation.</param>
/// <param name="Number">Its number.</param>
/// <param name="Floor">What was said up to here is not the caller's to read; 0 for everything.</param>
/// <param name="People">Everybody who is or was in it.</param>
public sealed record ChatSeat(Guid Id, long Number, long Floor, IReadOnlyList<ConversationPerson> People);

/// <summary>Direct conversations by the numbers that document 004 knows.</summary>
public sealed class FindChat(ColloqueDb db, ConversationRows rows, OpenDirectConversation open, CallerScope scope)
{
    /// <summary>Two queries.</summary>
    /// <exception cref="Refusal">403 administrators; 404 no such direct conversation with a seat of the caller's.</exception>
    public async Task<ChatSeat> RunAsync(long number, CancellationToken cancellationToken)
    {
        scope.Required.RequireClinical();
        var found = await db.Database.SqlQuery<Seat>(
            $"""
            select v.id "Id", p.floor_seq "Floor" from conversations v
              join participants p on p.conversation_id = v.id and p.user_id = current_user_id() and p.left_at is null
              where v.number = {number} and v.kind = 'Direct'
            """).ToListAsync(cancellationToken);
        if (found is not [var seat])
        {
            throw Refusal.NotFound();
        }

        var people = await rows.PeopleAsync([seat.Id], cancellationToken);
        return new(seat.Id, number, seat.Floor, [.. people[seat.Id]]);
    }

    /// <summary>By its own number or by those of its two, which opens it if there is none.</summary>
    /// <exception cref="Refusal">422 <c>chatId</c> neither; else as the others.</exception>
    public async Task<ChatSeat> RunAsync(long? number, long? practitioner, long? patient, CancellationToken cancellationToken)
    {
        if (number is { } known)
        {
            return await RunAsync(known, cancellationToken);
        }

        var (one, other) = (practitioner ?? throw Refusal.Invalid(patient is null ? "chatId" : "practitioner", "required"), patient ?? throw Refusal.Invalid("patient", "required"));
        var (conversation, _) = await open.RunAsync(one, other, cancellationToken);
        // Whoever opens one is one of its two: nothing of it was before their seat.
        return new(conversation.Id, conversation.Number, 0, conversation.People);
    }

    /// <summary>A message of it by its number. Three queries.</summary>
    /// <exception cref="Refusal">403; 404 no such conversation or message.</exception>
    internal async Task<(ChatSeat Chat, Guid Message)> MessageAsync(long number, long message, CancellationToken cancellationToken)
    {
        var chat = await RunAsync(number, cancellationToken);
        var seq = ChatNumber.SeqOf(number, message) ?? throw Refusal.NotFound();
        var found = await db.Database.SqlQuery<Guid>($"select id as \"Value\" from messages where conversation_id = {chat.Id} and seq = {seq}").ToListAsync(cancellationToken);
        return found is [var id] ? (chat, id) : throw Refusal.NotFound();
    }

    private sealed record Seat(Guid Id, long Floor);
}
