using System.Globalization;
using Colloque.Security;
using Colloque.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colloque.Conversations;

/// <summary>Puts one emoji on a message, or takes it off.</summary>
public sealed class ReactToMessage(MessageChange change, ColloqueDb db, KeyRing keys)
{
    /// <summary>Different emoji of one person on one message.</summary>
    public const int MaxEmoji = 5;

    /// <exception cref="Refusal">422 <c>emoji</c>; 404; 409 deleted, closed.</exception>
    public async Task<MessageView> RunAsync(Guid conversationId, Guid messageId, string? emoji, bool on, CancellationToken cancellationToken)
    {
        // One user-perceived character: a flag or a family is several code points.
        if (string.IsNullOrWhiteSpace(emoji) || emoji.Length > 32 || new StringInfo(emoji).LengthInTextElements != 1 || char.IsAscii(emoji[0]))
        {
            throw Refusal.Invalid("emoji");
        }

        var (message, number) = await change.BeginAsync(conversationId, messageId, cancellationToken);
        if (message.DeletedAt is not null)
        {
            throw ConversationRefusals.Deleted();
        }

        var caller = change.Caller;
        string[] others = [.. message.Reactions.Where(r => r.UserIds.Contains(caller.UserId) && r.Emoji != emoji).Select(static r => r.Emoji)];
        string[] mine = on ? [.. others, emoji] : others;
        if (mine.Length > MaxEmoji)
        {
            throw Refusal.Invalid("emoji", "too_many_emoji");
        }

        await StoreAsync(caller, message, mine, cancellationToken);
        await db.Database.ExecuteSqlAsync($"update messages set change = {number} where id = {messageId}", cancellationToken);
        return change.Done(message with { Change = number, Reactions = Merge(message.Reactions, caller.UserId, mine) });
    }

    private async Task StoreAsync(Caller caller, MessageView message, string[] mine, CancellationToken cancellationToken)
    {
        var ring = await keys.OfConversationAsync(db, message.ConversationId, cancellationToken);
        var body = ReactionSeal.Seal(ring, mine, ring.TenantId, message.ConversationId, message.Id, caller.UserId);
        await db.Database.ExecuteSqlAsync(
            $"""
            insert into reactions (message_id, user_id, tenant_id, conversation_id, seq, body)
              values ({message.Id}, {caller.UserId}, {ring.TenantId}, {message.ConversationId}, {message.Seq}, {body})
              on conflict (conversation_id, seq, user_id) do update set body = excluded.body
            """,
            cancellationToken);
    }

    private static List<ReactionView> Merge(IReadOnlyList<ReactionView> before, Guid userId, string[] mine)
    {
        var by = new SortedDictionary<string, List<Guid>>(StringComparer.Ordinal);
        foreach (var reaction in before)
        {
            by[reaction.Emoji] = [.. reaction.UserIds.Where(u => u != userId)];
        }

        foreach (var emoji in mine)
        {
            (by.TryGetValue(emoji, out var users) ? users : by[emoji] = []).Add(userId);
        }

        return [.. by.Where(static p => p.Value.Count > 0).Select(static p => new ReactionView(p.Key, p.Value))];
    }
}
