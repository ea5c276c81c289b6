using Colloque.Conversations;

namespace Colloque.Exports;

/// <summary>What is said below a message, in the text and on the page alike.</summary>
internal static class ExportNotes
{
    internal static IEnumerable<string> Of(MessageView message, ExportHeader header, ExportWords words)
    {
        if (message.IsUrgent)
        {
            yield return words["urgent"];
        }

        if (message.RequiresResponse)
        {
            yield return words["answer"];
        }

        if (message.Intent is { } intent)
        {
            yield return $"{words["intent"]}: {intent}";
        }

        if (message.ReplyTo is { } reply)
        {
            yield return $"{words["reply"]}: {reply}";
        }

        if (message.EditedAt is { } edited)
        {
            yield return $"{words["edited"]} {header.Show(edited)}";
        }

        if (message.PinnedAt is { } pinned)
        {
            yield return $"{words["pinned"]} {header.Show(pinned)}";
        }

        if (message.AcknowledgedAt is { } acknowledged)
        {
            yield return $"{words["acknowledged"]} {header.Show(acknowledged)}";
        }

        if (message.DeliveredAt is { } delivered)
        {
            yield return $"{words["delivered"]} {header.Show(delivered)}";
        }

        yield return message.ReadAt is { } read ? $"{words["read"]} {header.Show(read)}" : words["unread"];
        if (message.Reactions.Count > 0)
        {
            yield return $"{words["reactions"]}: {string.Join("; ", message.Reactions.Select(r => $"{r.Emoji} {string.Join(", ", r.UserIds.Select(header.NameOf))}"))}";
        }
    }
}
