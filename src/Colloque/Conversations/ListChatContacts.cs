using Colloque.Security;
using Colloque.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colloque.Conversations;

/// <summary>Somebody whom the caller may talk to.</summary>
/// <param name="Own">The caller's own number.</param>
/// <param name="Number">The other's.</param>
/// <param name="Name">As they are called.</param>
/// <param name="Title">A practitioner's.</param>
/// <param name="Url">Their picture; a path on this server.</param>
/// <param name="Chat">The number of the direct conversation with them; null where there is none yet.</param>
public sealed record ChatContact(long Own, long Number, string Name, string? Title, string? Url, long? Chat);

/// <summary>With whom the caller may have a direct conversation, by the numbers that open it.</summary>
public sealed class ListChatContacts(ColloqueDb db, CallerScope scope)
{
    /// <summary>One query; by name, at most <see cref="ListConversations.Most"/>.</summary>
    /// <exception cref="Refusal">403 administrators.</exception>
    public async Task<IReadOnlyList<ChatContact>> RunAsync(CancellationToken cancellationToken)
    {
        scope.Required.RequireClinical();
        return await db.Database.SqlQuery<ChatContact>(
            $"""select own "Own", number "Number", name "Name", title "Title", url "Url", chat "Chat" from chat_contacts({ListConversations.Most})""").ToListAsync(cancellationToken);
    }
}
