using Colloque.Security;

namespace Colloque.Conversations;

/// <summary>One thing to do in the next round trip of a lane: exactly one of append, receipt or head.</summary>
internal abstract class LogEntry(Caller caller, Guid conversationId)
{
    internal Caller Caller { get; } = caller;

    internal Guid ConversationId { get; } = conversationId;

    internal abstract void Fail(Exception e);
}

/// <summary>An entry with an answer. Continuations run on the lane, between two round trips: they must be short.</summary>
internal abstract class LogEntry<T>(Caller caller, Guid conversationId) : LogEntry(caller, conversationId)
{
    private readonly TaskCompletionSource<T> answer = new();

    internal Task<T> Answer => answer.Task;

    internal void Complete(T value) => answer.TrySetResult(value);

    internal override void Fail(Exception e) => answer.TrySetException(e);
}

internal sealed class AppendEntry(Caller caller, Guid conversationId, MessageDraft draft, ConversationKeys keys, byte[]? body, byte[]? details) : LogEntry<MessageView>(caller, conversationId)
{
    internal MessageDraft Draft { get; } = draft;

    internal ConversationKeys Keys { get; } = keys;

    internal byte[]? Body { get; } = body;

    internal byte[]? Details { get; } = details;
}

internal sealed class ReceiptEntry(Caller caller, Guid conversationId, Guid messageId, ReceiptKind kind) : LogEntry<ReceiptAdvanced?>(caller, conversationId)
{
    internal Guid MessageId { get; } = messageId;

    internal ReceiptKind Kind { get; } = kind;
}

internal sealed class HeadEntry(Caller caller, Guid conversationId, Action<ConversationHead>? onLane) : LogEntry<ConversationHead>(caller, conversationId)
{
    internal void Arrive(ConversationHead head)
    {
        onLane?.Invoke(head);
        Complete(head);
    }
}
