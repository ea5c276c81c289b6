using Colloque.Security;
using Colloque.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colloque.Conversations;

/// <summary>The conversation of a message that is known by its id alone, among those about records.</summary>
public sealed class FindContextMessage(ColloqueDb db, CallerScope scope)
{
    /// <summary>One query.</summary>
    /// <exception cref="Refusal">403 administrators; 404 none that the caller may read.</exception>
    public async Task<Guid> RunAsync(Guid messageId, CancellationToken cancellationToken)
    {
        scope.Required.RequireClinical();
        var found = await db.Database.SqlQuery<Guid>(
            $"""
            select v.id "Value" from messages m join conversations v on v.id = m.conversation_id where m.id = {messageId} and v.kind = any ({ContextSession.Kinds})
            """).ToListAsync(cancellationToken);
        return found is [var one] ? one : throw Refusal.NotFound();
    }
}
