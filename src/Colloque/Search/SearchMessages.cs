using System.Runtime.CompilerServices;
using Colloque.Conversations;
using Colloque.Security;
using Colloque.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colloque.Search;

/// <summary>Looks for words in one's own conversations by opening them, newest first. There is no index: it would tell whoever steals the database what people say.</summary>
public sealed class SearchMessages(Verbs verbs, ColloqueDatabase database, KeyRing keys, MessageLog log)
{
    /// <summary>Between two tellings of how far it is.</summary>
    private const int Stride = 20_000;

    /// <summary>Hits as they are found. Stops where the limit is reached, or nobody listens any more. Not to be run inside a unit of work.</summary>
    /// <exception cref="Refusal">403 administrators; 404 no seat in the one conversation; 422 <c>limit</c>; 503.</exception>
    public async IAsyncEnumerable<SearchStep> RunAsync(Caller caller, SearchQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        caller.RequireClinical();
        if (query.Most is < 1 or > 200)
        {
            throw Refusal.Invalid("limit");
        }

        var conversations = await verbs.RunAsync(caller, (SearchedConversations rows) => rows.RunAsync(query, cancellationToken), cancellationToken);
        using var matcher = new TermMatcher(query.Terms);
        var (scanned, hits) = (0, 0);
        await foreach (var message in new MessageScan(database, keys, caller, query).RunAsync(conversations, cancellationToken))
        {
            if (message.CreatedAt >= query.Until || (query.After is { } after && (message.CreatedAt, message.ConversationId, message.Seq).CompareTo(after) >= 0))
            {
                continue;
            }

            if (message.CreatedAt < query.Since)
            {
                break;
            }

            scanned++;
            if (matcher.IsIn(message.Text, message.FileNames))
            {
                hits++;
                if (await WholeAsync(caller, message, cancellationToken) is { } whole)
                {
                    yield return new(scanned, new(whole, matcher.Places(whole.Text)));
                }

                if (hits == query.Most)
                {
                    yield return new(scanned, Next: (message.CreatedAt, message.ConversationId, message.Seq), IsEnd: true);
                    yield break;
                }
            }
            else if (scanned % Stride == 0)
            {
                yield return new(scanned);
            }
        }

        yield return new(scanned, IsEnd: true);
    }

    /// <summary>The message with all that belongs to it; null where it was taken back meanwhile.</summary>
    private async Task<MessageView?> WholeAsync(Caller caller, ScannedMessage message, CancellationToken cancellationToken)
    {
        try
        {
            var whole = await log.OneAsync(caller, message.ConversationId, message.Id, cancellationToken);
            return whole.DeletedAt is null ? whole : null;
        }
        catch (Refusal e) when (e.Kind == RefusalKind.NotFound)
        {
            return null;
        }
    }
}

/// <summary>The conversations a search goes through: the caller's own.</summary>
public sealed class SearchedConversations(ColloqueDb db)
{
    /// <exception cref="Refusal">404 no seat in the one that is asked for.</exception>
    public async Task<IReadOnlyList<Guid>> RunAsync(SearchQuery query, CancellationToken cancellationToken)
    {
        string[] kinds = [.. (query.Kinds.Count == 0 ? Enum.GetValues<ConversationKind>() : query.Kinds.Distinct()).Select(static k => k.ToString())];
        var found = await db.Database.SqlQuery<Guid>(
            $"""
            select v.id as "Value" from participants p join conversations v on v.id = p.conversation_id
              where p.user_id = current_user_id() and p.left_at is null and v.last_seq > 0 and v.kind = any ({kinds})
                and ({query.ConversationId}::uuid is null or v.id = {query.ConversationId}) and ({query.Since}::timestamptz is null or v.last_message_at >= {query.Since})
            """).ToListAsync(cancellationToken);
        return found.Count > 0 || query.ConversationId is not { } one
            ? found
            : await db.Database.SqlQuery<bool>($"select exists (select from conversations where id = {one}) as \"Value\"").SingleAsync(cancellationToken) ? [] : throw Refusal.NotFound();
    }
}
