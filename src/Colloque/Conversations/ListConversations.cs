using Colloque.Security;
using Colloque.Storage;

namespace Colloque.Conversations;

/// <summary>The caller's conversations, newest message first.</summary>
public sealed class ListConversations(ConversationRows rows, CallerScope scope)
{
    /// <summary>The most of one page.</summary>
    public const int Most = 500;

    /// <summary>One page.</summary>
    /// <param name="kinds">Which kinds; empty for all.</param>
    /// <param name="archived">True for those put away, false for the others; null for both.</param>
    /// <param name="after">The end of the page before; null for the first.</param>
    /// <param name="most">1..<see cref="Most"/>.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    /// <returns>Of consultations only those in which something was said.</returns>
    /// <exception cref="Refusal">403 administrators; 422 <c>limit</c>.</exception>
    public async Task<ConversationList> RunAsync(
        IReadOnlyCollection<ConversationKind> kinds, bool? archived, (DateTimeOffset At, Guid Id)? after, int most, CancellationToken cancellationToken)
    {
        scope.Required.RequireClinical();
        if (most is < 1 or > Most)
        {
            throw Refusal.Invalid("limit");
        }

        string[] wanted = [.. (kinds.Count == 0 ? Enum.GetValues<ConversationKind>() : kinds.Distinct()).Select(static k => k.ToString())];
        string[] statuses = archived switch
        {
            null => Enum.GetNames<ConversationStatus>(),
            true => [nameof(ConversationStatus.Archived)],
            false => [nameof(ConversationStatus.Open), nameof(ConversationStatus.Closed)],
        };
        var (at, id) = after ?? (DateTimeOffset.MaxValue.AddYears(-1), Guid.AllBitsSet);
        var found = await rows.ManyAsync(wanted, statuses, at, id, most + 1, cancellationToken);
        if (found.Count <= most)
        {
            return new(found, null);
        }

        var last = found[most - 1];
        return new([.. found.Take(most)], (last.LastMessageAt ?? last.CreatedAt, last.Id));
    }
}

/// <summary>One of the caller's conversations.</summary>
public sealed class GetConversation(ConversationRows rows, CallerScope scope)
{
    /// <exception cref="Refusal">403 administrators; 404 no seat.</exception>
    public Task<ConversationView> RunAsync(Guid id, CancellationToken cancellationToken)
    {
        scope.Required.RequireClinical();
        return rows.OneAsync(id, cancellationToken);
    }
}
