using System.Threading.Channels;
using Colloque.Conversations;
using Colloque.Server.Realtime;
using Colloque.Teleconsultation;
using Colloque.WaitingRoom;
using SocketIO.AspNetCore;

namespace Colloque.Server.Contracts.Platform;

/// <summary>
/// The core's announcements in document 001's events. <c>chat:…</c> goes to sockets that joined a conversation. The other spelling knows no join: <c>message:received</c> and
/// <c>message:read</c> go to all of a person's sockets, and who is seated is looked up beside the hot path.
/// </summary>
internal sealed class ChatAnnouncer(SeatBook seats) : BackgroundService
{
    private static readonly ChatEventJson Json = ChatEventJson.Default;

    // What does not fit is not lost: clients notice by seq, and ask.
    private readonly Channel<Announcement> untold = Channel.CreateBounded<Announcement>(new BoundedChannelOptions(10_000) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    private Namespace sockets = null!;
    private int connected;

    /// <summary>Sockets whose seats begin later than the conversation.</summary>
    internal Floors Floors { get; } = new();

    internal void Map(SocketIOServer server) => sockets = server.Of(ChatNamespace.Name)
        .OnConnect((_, _) =>
        {
            Interlocked.Increment(ref connected);
            return ValueTask.CompletedTask;
        })
        .OnDisconnect((_, _) =>
        {
            Interlocked.Decrement(ref connected);
            return ValueTask.CompletedTask;
        });

    internal void Announce(Announcement announcement)
    {
        if (SeatBook.Ended(announcement) is var (conversation, person))
        {
            Floors.TakeOut(sockets, conversation, person);
        }

        if (Volatile.Read(ref connected) == 0)
        {
            // Nobody speaks this contract at the moment: the hot path pays nothing for it.
            return;
        }

        switch (announcement)
        {
            case MessageAppended a:
                Floors.All(sockets, a.Message.ConversationId).Emit("chat:message:received", ChatWords.Of(a.Message), Json.ChatMessage);
                untold.Writer.TryWrite(a);
                break;
            case MessageChanged c:
                Change(c.Message);
                break;
            case ReceiptAdvanced { Kind: ReceiptKind.Read } r:
                sockets.To(Rooms.Conversation(r.ConversationId)).Emit("chat:message:read", Of(r), Json.ChatReadEvent);
                untold.Writer.TryWrite(r);
                break;
            case TypingTold t when t.From != ChatNamespace.Name:
                Floors.All(sockets, t.ConversationId).Except(Rooms.User(t.UserId)).Volatile.Emit("chat:typing", new(t.ConversationId, t.UserId, t.Typing), Json.ChatTypingEvent);
                break;
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var announcement in untold.Reader.ReadAllAsync(stoppingToken))
        {
            try
            {
                await TellAsync(announcement, stoppingToken);
            }
            catch (Refusal refusal) when (refusal.Kind == RefusalKind.Unavailable)
            {
                // Clients notice by seq, and ask.
            }
        }
    }

    private void Change(MessageView message)
    {
        var shown = ChatWords.Of(message);
        sockets.To(Rooms.Conversation(message.ConversationId)).Emit("chat:message:updated", shown, Json.ChatMessage);
        foreach (var socketId in Floors.That(message.ConversationId, message.Seq))
        {
            sockets.In(socketId).Emit("chat:message:updated", shown, Json.ChatMessage);
        }
    }

    private async Task TellAsync(Announcement announcement, CancellationToken cancellationToken)
    {
        switch (announcement)
        {
            case MessageAppended { Message: var m }:
                if (await PeopleAsync(m.ConversationId, m.Seq, cancellationToken) is { } people)
                {
                    people.Emit("message:received", ChatWords.Of(m), Json.ChatMessage);
                }

                break;
            case ReceiptAdvanced r:
                if (await PeopleAsync(r.ConversationId, r.Seq, cancellationToken) is { } readers)
                {
                    readers.Emit("message:read", Of(r), Json.ChatReadEvent);
                }

                break;
        }
    }

    /// <summary>All sockets of those who may read a message; null for nobody.</summary>
    private async Task<Broadcast?> PeopleAsync(Guid conversationId, long seq, CancellationToken cancellationToken)
    {
        Broadcast? people = null;
        foreach (var (person, floor) in await seats.OfAsync(conversationId, cancellationToken))
        {
            if (seq > floor)
            {
                people = people is null ? sockets.To(Rooms.User(person)) : people.To(Rooms.User(person));
            }
        }

        return people;
    }

    private static ChatReadEvent Of(ReceiptAdvanced r) => new(r.ConversationId, r.MessageId, r.Seq, r.UserId, r.At.UtcDateTime);
}
