using Colloque.Consultations;
using Colloque.Conversations;
using Colloque.Notifications;
using Colloque.Records;
using Colloque.Server.Realtime;
using Colloque.Teleconsultation;
using SocketIO.AspNetCore;

namespace Colloque.Server.Contracts.LiveConsultations;

/// <summary>The core's announcements in document 002's events.</summary>
internal sealed class LiveAnnouncer(LiveQueue queue, LiveGuests guests, LivePresence states, LiveInbox inbox)
{
    private static readonly LiveEventJson Json = LiveEventJson.Default;

    private Namespace sockets = null!;

    internal void Map(SocketIOServer server) => sockets = server.Of(LiveNamespace.Name);

    internal void Announce(Announcement announcement)
    {
        if (SeatBook.Ended(announcement) is var (conversation, person))
        {
            states.TakeOut(conversation, person);
        }

        switch (announcement)
        {
            case MessageAppended a:
                guests.All(a.Message.ConversationId).Emit("chat.message_created", new(LiveWords.Of(a.Message)), Json.MessageAnswer);
                break;
            case MessageChanged c:
                In(c.Message.ConversationId).Emit("chat.message_updated", new(LiveWords.Of(c.Message)), Json.MessageAnswer);
                guests.Changed(c.Message.ConversationId, c.Message.Seq, LiveWords.Of(c.Message));
                break;
            case ReceiptAdvanced { Kind: ReceiptKind.Delivered } d:
                In(d.ConversationId).Emit("chat.message_delivered", new(d.ConversationId, d.MessageId, d.Seq, d.UserId, d.At.UtcDateTime), Json.MessageDelivered);
                break;
            case ReceiptAdvanced r:
                In(r.ConversationId).Emit("chat.message_read", new(r.ConversationId, r.MessageId, r.Seq, r.UserId, r.At.UtcDateTime), Json.MessageRead);
                break;
            case TypingTold t when t.From != LiveNamespace.Name:
                guests.All(t.ConversationId).Except(Rooms.User(t.UserId)).Volatile.Emit("chat.typing", new(t.ConversationId, t.UserId, t.Typing), Json.TypingState);
                break;
            case ConsultationStarted s:
                guests.All(s.ConsultationId).Emit("consultation.started", new(s.ConsultationId, s.StartedAt.UtcDateTime), Json.StartedEvent);
                break;
            case ConsultationClosed c:
                guests.All(c.ConsultationId).Emit("consultation.closed", new(c.ConsultationId, c.ClosedAt.UtcDateTime), Json.ClosedEvent);
                guests.Forget(c.ConsultationId);
                break;
            case GuestsChanged g:
                guests.Announce(g);
                break;
            case ConsultationMoved m:
                sockets.To(Rooms.User(m.Plan.PatientId)).To(Rooms.User(m.Plan.PractitionerId))
                    .Emit("consultation.updated", new(m.Plan.Id, LiveWords.Of(m.Plan.Status), m.Plan.ScheduledAt.UtcDateTime), Json.ConsultationUpdated);
                break;
            case NoticeMade n:
                sockets.To(Rooms.User(n.UserId)).Emit("notification.created", new(n.Notice.Id, n.Notice.ConsultationId, n.Notice.CreatedAt.UtcDateTime), Json.NotificationCreated);
                break;
            case RecordWritten w:
                sockets.To(Rooms.User(w.PatientId)).To(Rooms.User(w.PractitionerId))
                    .Emit(w.Version == 1 ? "record.created" : "record.updated", new(w.RecordId, w.Kind.ToString().ToLowerInvariant(), w.Version), LiveRecordJson.Default.RecordEvent);
                break;
            case SlotOffered o:
                sockets.To(Rooms.User(o.PatientId)).Emit("waiting_list.offered", new(o.EntryId, o.PractitionerId, o.HoldId, o.ScheduledAt.UtcDateTime, o.DurationMinutes, o.ExpiresAt.UtcDateTime), Json.SlotOfferedEvent);
                break;
        }

        queue.Announce(announcement);
        inbox.Announce(announcement);
    }

    private Broadcast In(Guid conversationId) => sockets.To(Rooms.Conversation(conversationId));
}
