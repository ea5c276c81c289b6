using System.Collections.Immutable;
using Colloque.Security;
using Colloque.Storage;
using Microsoft.Extensions.Logging;

namespace Colloque.Conversations;

/// <summary>
/// The hot path: append, watermarks, heads, and pages. Sends that arrive while a commit is under way travel in the next one
/// together, each under its own caller's settings, none able to fail another. A conversation always uses the same lane, so its
/// messages are committed, acked and announced in the order of their seq.
/// </summary>
public sealed class MessageLog : IAsyncDisposable
{
    private readonly ImmutableArray<MessageLane> lanes;
    private readonly MessageReader reader;
    private readonly KeyRing keys;

    /// <summary>Starts the lanes.</summary>
    public MessageLog(ColloqueDatabase database, KeyRing keys, IAnnouncer announcer, TimeProvider time, ILogger<MessageLog> log, MessageLogOptions options)
    {
        this.keys = keys;
        reader = new(database, keys, options.Readers);
        lanes = [.. Enumerable.Range(0, options.Lanes).Select(_ => new MessageLane(database, announcer, time, log, options))];
    }

    /// <summary>Appends a message; completes after the commit, and after the announcement has been handed over.</summary>
    /// <exception cref="Refusal">
    /// 404 no seat; 409 closed, archived, or the client id used for other words; 422 <c>text</c> too long for this kind of conversation, <c>replyTo</c> no message of it;
    /// 503 no database (the same call may be repeated).
    /// </exception>
    public async Task<MessageView> AppendAsync(Caller caller, Guid conversationId, MessageDraft draft, CancellationToken cancellationToken)
    {
        var ring = await keys.OfConversationAsync(caller, conversationId, cancellationToken);
        var body = draft.Text is null
            ? null
            : ContentCipher.Seal(ring.Current, draft.Text, new("messages.body", ring.TenantId, conversationId, draft.Id, caller.UserId, 1));
        var details = draft.Intent is null
            ? null
            : ContentCipher.Seal(ring.Current, draft.Intent, new("messages.details", ring.TenantId, conversationId, draft.Id, caller.UserId, 1));
        var entry = new AppendEntry(caller, conversationId, draft, ring, body, details);
        LaneOf(conversationId).Post(entry);
        return await entry.Answer;
    }

    /// <summary>Moves the caller's watermark up to a message. Null when it was there already.</summary>
    /// <exception cref="Refusal">404 no seat or no such message; 409 one's own message; 503.</exception>
    public Task<ReceiptAdvanced?> AdvanceAsync(Caller caller, Guid conversationId, Guid messageId, ReceiptKind kind)
    {
        var entry = new ReceiptEntry(caller, conversationId, messageId, kind);
        LaneOf(conversationId).Post(entry);
        return entry.Answer;
    }

    /// <summary>Where the conversation stands.</summary>
    /// <param name="caller">Must have a seat.</param>
    /// <param name="conversationId">Which.</param>
    /// <param name="onLane">
    /// Runs between two commits: everything up to this head has been announced already, everything after will be. Who starts to
    /// listen here hears each later message exactly once. Must be short and not throw.
    /// </param>
    /// <exception cref="Refusal">404 no seat; 503.</exception>
    public Task<ConversationHead> HeadAsync(Caller caller, Guid conversationId, Action<ConversationHead>? onLane = null)
    {
        var entry = new HeadEntry(caller, conversationId, onLane);
        LaneOf(conversationId).Post(entry);
        return entry.Answer;
    }

    /// <summary>The messages before <paramref name="beforeSeq"/>, newest first.</summary>
    /// <exception cref="Refusal">404 no seat; 503.</exception>
    public Task<ConversationPage> BeforeAsync(Caller caller, Guid conversationId, long beforeSeq, int most, CancellationToken cancellationToken) =>
        reader.ReadAsync(caller, conversationId, 'b', beforeSeq, Guid.Empty, most, cancellationToken);

    /// <summary>The messages after <paramref name="afterSeq"/>, oldest first.</summary>
    /// <exception cref="Refusal">404 no seat; 503.</exception>
    public Task<ConversationPage> AfterAsync(Caller caller, Guid conversationId, long afterSeq, int most, CancellationToken cancellationToken) =>
        reader.ReadAsync(caller, conversationId, 'a', afterSeq, Guid.Empty, most, cancellationToken);

    /// <summary>The messages changed after <paramref name="afterChange"/>, oldest change first.</summary>
    /// <exception cref="Refusal">404 no seat; 503.</exception>
    public Task<ConversationPage> ChangedAsync(Caller caller, Guid conversationId, long afterChange, int most, CancellationToken cancellationToken) =>
        reader.ReadAsync(caller, conversationId, 'c', afterChange, Guid.Empty, most, cancellationToken);

    /// <summary>Those that are pinned, newest first.</summary>
    /// <exception cref="Refusal">404 no seat; 503.</exception>
    public Task<ConversationPage> PinnedAsync(Caller caller, Guid conversationId, CancellationToken cancellationToken) =>
        reader.ReadAsync(caller, conversationId, 'p', 0, Guid.Empty, PinMessage.MaxPins, cancellationToken);

    /// <summary>One message.</summary>
    /// <exception cref="Refusal">404 no seat or no such message; 503.</exception>
    public async Task<MessageView> OneAsync(Caller caller, Guid conversationId, Guid messageId, CancellationToken cancellationToken)
    {
        var page = await reader.ReadAsync(caller, conversationId, 'i', 0, messageId, 1, cancellationToken);
        return page.Messages.Count == 1 ? page.Messages[0] : throw Refusal.NotFound();
    }

    /// <summary>Lets what is queued finish, then ends the lanes.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var lane in lanes)
        {
            await lane.DisposeAsync();
        }

        reader.Dispose();
    }

    private MessageLane LaneOf(Guid conversationId) => lanes[(int)((uint)conversationId.GetHashCode() % (uint)lanes.Length)];
}

/// <summary>How the hot path is cut.</summary>
public sealed class MessageLogOptions
{
    /// <summary>Connections that write at once.</summary>
    public int Lanes { get; set; } = 2;

    /// <summary>Pages that are read at once; the others wait for their turn.</summary>
    public int Readers { get; set; } = 3;

    /// <summary>Entries of one round trip at most.</summary>
    public int MaxBatch { get; set; } = 128;

    /// <summary>Entries that may wait in one lane; beyond it senders get 503 rather than memory growing.</summary>
    public int MaxQueued { get; set; } = 20_000;
}
