using System.Threading.Channels;
using Colloque.Conversations;
using Colloque.Server.Realtime;
using SocketIO.AspNetCore;

namespace Colloque.Server.Contracts.LiveConsultations;

/// <summary>
/// Tells people's lists of what is said in conversations that they do not listen to. Where it is not known who is seated, the news waits for one look-up beside the hot path.
/// </summary>
internal sealed class LiveInbox(SeatBook seats) : BackgroundService
{
    // What does not fit is not lost: lists are fetched anew when they come into view.
    private readonly Channel<MessageView> unknown = Channel.CreateBounded<MessageView>(new BoundedChannelOptions(10_000) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    private Namespace sockets = null!;

    internal void Map(SocketIOServer server) => sockets = server.Of(LiveNamespace.Name);

    internal void Announce(Announcement announcement)
    {
        switch (announcement)
        {
            case MessageAppended a when seats.Find(a.Message.ConversationId) is { } people:
                Tell(a.Message, people);
                break;
            case MessageAppended a:
                unknown.Writer.TryWrite(a.Message);
                break;
            case ReceiptAdvanced { Kind: ReceiptKind.Read } r:
                sockets.To(Rooms.Inbox(r.UserId)).Emit("inbox.read", new(r.ConversationId, r.Seq), LiveThreadJson.Default.InboxRead);
                break;
            case SeatsChanged s:
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
                Tell(message, await seats.OfAsync(message.ConversationId, stoppingToken));
            }
            catch (Refusal e) when (e.Kind == RefusalKind.Unavailable)
            {
                // The next message asks again.
            }
        }
    }

    private void Tell(MessageView message, IReadOnlyList<SeatFloor> people)
    {
        foreach (var (person, floor) in people)
        {
            if (person != message.SenderId && message.Seq > floor)
            {
                sockets.To(Rooms.Inbox(person)).Emit(
                    "inbox.message", new(message.ConversationId, message.Seq, message.SenderId, message.IsUrgent, message.CreatedAt.UtcDateTime), LiveThreadJson.Default.InboxMessage);
            }
        }
    }
}
