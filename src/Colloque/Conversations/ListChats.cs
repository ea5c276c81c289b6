using Colloque.Security;
using Colloque.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colloque.Conversations;

/// <summary>The caller's direct conversations, and the pictures of those in them.</summary>
/// <param name="Items">Newest message first.</param>
/// <param name="Pictures">Addresses on this server, by person; who has none is not in it.</param>
public sealed record ChatList(IReadOnlyList<ConversationView> Items, IReadOnlyDictionary<Guid, string> Pictures);

/// <summary>All of the caller's direct conversations at once, those put away too.</summary>
public sealed class ListChats(ConversationRows rows, ColloqueDb db, CallerScope scope)
{
    /// <summary>The most that one list has.</summary>
    public const int Most = 500;

    /// <summary>Three queries, however many there are.</summary>
    /// <exception cref="Refusal">403 administrators.</exception>
    public async Task<ChatList> RunAsync(CancellationToken cancellationToken)
    {
        scope.Required.RequireClinical();
        var items = await rows.ManyAsync(
            [nameof(ConversationKind.Direct)], Enum.GetNames<ConversationStatus>(), DateTimeOffset.MaxValue.AddYears(-1), Guid.AllBitsSet, Most, cancellationToken);
        Guid[] ids = [.. items.Select(static c => c.Id)];
        var pictures = await db.Database.SqlQuery<Picture>($"""select user_id "UserId", url "Url" from conversation_pictures({ids})""").ToListAsync(cancellationToken);
        return new(items, pictures.ToDictionary(static p => p.UserId, static p => p.Url));
    }

    private sealed record Picture(Guid UserId, string Url);
}
