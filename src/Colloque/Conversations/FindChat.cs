using Colloque.Security;
using Colloque.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colloque.Conversations;

/// <summary>Direct conversations by the numbers that document 004 knows.</summary>
public sealed class FindChat(ColloqueDb db, ConversationRows rows, OpenDirectConversation open, CallerScope scope)
{
    /// <exception cref="Refusal">403 administrators; 404 no such direct conversation with a seat of the caller's.</exception>
    public Task<ConversationView> RunAsync(long number, CancellationToken cancellationToken)
    {
        scope.Required.RequireClinical();
        return rows.OneAsync(number, ConversationKind.Direct, cancellationToken);
    }

    /// <summary>By its own number or by those of its two, which opens it if there is none.</summary>
    /// <exception cref="Refusal">422 <c>chatId</c> neither; else as the others.</exception>
    public async Task<ConversationView> RunAsync(long? number, long? practitioner, long? patient, CancellationToken cancellationToken)
    {
        if (number is { } known)
        {
            return await RunAsync(known, cancellationToken);
        }

        var (one, other) = (practitioner ?? throw Refusal.Invalid(patient is null ? "chatId" : "practitioner", "required"), patient ?? throw Refusal.Invalid("patient", "required"));
        return (await open.RunAsync(one, other, cancellationToken)).Conversation;
    }

    /// <summary>A message of it by its number.</summary>
    /// <exception cref="Refusal">403; 404 no such conversation or message.</exception>
    internal async Task<(ConversationView Chat, Guid Message)> MessageAsync(long number, long message, CancellationToken cancellationToken)
    {
        var chat = await RunAsync(number, cancellationToken);
        var seq = ChatNumber.SeqOf(number, message) ?? throw Refusal.NotFound();
        var found = await db.Database.SqlQuery<Guid>($"select id as \"Value\" from messages where conversation_id = {chat.Id} and seq = {seq}").ToListAsync(cancellationToken);
        return found is [var id] ? (chat, id) : throw Refusal.NotFound();
    }
}
