using Colloque.Security;
using Colloque.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colloque.Conversations;

/// <summary>The pictures of those with whom the caller is seated.</summary>
public sealed class ListPictures(ColloqueDb db, CallerScope scope)
{
    /// <summary>One query, however many there are.</summary>
    /// <param name="conversations">Those of them that the caller has a seat in count.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    /// <returns>Addresses on this server, by person; who has none is not in it.</returns>
    /// <exception cref="Refusal">403 administrators.</exception>
    public async Task<IReadOnlyDictionary<Guid, string>> RunAsync(IReadOnlyList<ConversationView> conversations, CancellationToken cancellationToken)
    {
        scope.Required.RequireClinical();
        Guid[] ids = [.. conversations.Select(static c => c.Id)];
        return await db.Database.SqlQuery<Picture>($"""select user_id "UserId", url "Url" from conversation_pictures({ids})""")
            .ToDictionaryAsync(static p => p.UserId, static p => p.Url, cancellationToken);
    }

    private sealed record Picture(Guid UserId, string Url);
}
