using System.Collections.Concurrent;
using System.Threading.Channels;
using Colloque.Conversations;
using Colloque.Server.Realtime;
using SocketIO.AspNetCore;

namespace Colloque.Server.Contracts.LiveConsultations;

/// <summary>
/// Tells people's lists of what is said in conversations that they do not listen to. Who is seated where is kept for the conversations in use; where it is not known, the news waits
/// for one look-up beside the hot path.
/// </summary>
internal sealed class LiveInbox(ConversationSeats seats) : BackgroundService
{
    /// <summary>Conversations whose seats are kept.</summary>
    private const int Capacity = 50_000;

    private readonly ConcurrentDictionary<Guid, List<Guid>> known = new();

    // What does not fit is not lost: lists are fetched anew when they come into view.
    private readonly Channel<MessageView> unknown = Channel.CreateBounded<MessageView>(new BoundedChannelOptions(10_000) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    private Namespace sockets = null!;

    internal void Map(SocketIOServer server) => sockets = server.Of(LiveNamespace.Name);

    internal void Announce(Announcement announcement)
    {
        switch (announcement)
        {
            case MessageAppended a when known.TryGetValue(a.Message.ConversationId, out var people):
                Tell(a.Message, people);
                break;
            case MessageAppended a:
                unknown.Writer.TryWrite(a.Message);
                break;
            case ReceiptAdvanced { Kind: ReceiptKind.Read } r:
                sockets.To(Rooms.Inbox(r.UserId)).Emit("inbox.read", new(r.ConversationId, r.Seq), LiveThreadJson.Default.InboxRead);
                break;
            case SeatsChanged s:
                known.TryRemove(s.ConversationId, out _);
                TakeOut(s);
                sockets.To(Rooms.Conversation(s.ConversationId)).To(Rooms.Guests(s.ConversationId))
                    .Emit("conversation.updated", new(s.ConversationId, null), LiveThreadJson.Default.ConversationUpdated);
                break;
            case ConversationChanged c:
                sockets.To(Rooms.Conversation(c.ConversationId)).To(Rooms.Guests(c.ConversationId))
                    .Emit("conversation.updated", new(c.ConversationId, c.Status.ToString().ToLowerInvariant()), LiveThreadJson.Default.ConversationUpdated);
                break;
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var message in unknown.Reader.ReadAllAsync(stoppingToken))
        {
            try
            {
                var people = await seats.OfAsync(message.ConversationId, stoppingToken);
                if (known.Count >= Capacity)
                {
                    known.Clear();
                }

                known[message.ConversationId] = people;
                Tell(message, people);
            }
            catch (Refusal e) when (e.Kind == RefusalKind.Unavailable)
            {
                // The next message asks again.
            }
        }
    }

    private void Tell(MessageView message, List<Guid> people)
    {
        foreach (var person in people)
        {
            if (person != message.SenderId)
            {
                sockets.To(Rooms.Inbox(person)).Emit(
                    "inbox.message", new(message.ConversationId, message.Seq, message.SenderId, message.IsUrgent, message.CreatedAt.UtcDateTime), LiveThreadJson.Default.InboxMessage);
            }
        }
    }

    /// <summary>Who is in it no longer hears no more of it, on any device.</summary>
    private void TakeOut(SeatsChanged change)
    {
        if (change.Left is not { } person)
        {
            return;
        }

        foreach (var socket in sockets.Sockets)
        {
            if (socket.State is SocketSession session && session.Caller.UserId == person)
            {
                session.Forget(socket, change.ConversationId);
            }
        }
    }
}
