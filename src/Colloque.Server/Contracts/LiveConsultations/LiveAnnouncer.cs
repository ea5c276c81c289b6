using Colloque.Consultations;
using Colloque.Conversations;
using Colloque.Security;
using Colloque.Server.Realtime;
using Colloque.Storage;
using Colloque.Teleconsultation;
using SocketIO.AspNetCore;

namespace Colloque.Server.Contracts.LiveConsultations;

/// <summary>The core's announcements in document 002's events.</summary>
internal sealed partial class LiveAnnouncer(Verbs verbs, LiveGuests guests, ILogger<LiveAnnouncer> logger)
{
    private static readonly LiveEventJson Json = LiveEventJson.Default;

    private Namespace sockets = null!;

    internal void Map(SocketIOServer server) => sockets = server.Of(LiveNamespace.Name);

    internal void Announce(Announcement announcement)
    {
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
            case SlotOffered o:
                sockets.To(Rooms.User(o.PatientId)).Emit("waiting_list.offered", new(o.EntryId, o.PractitionerId, o.HoldId, o.ScheduledAt.UtcDateTime, o.DurationMinutes, o.ExpiresAt.UtcDateTime), Json.SlotOfferedEvent);
                break;
            case QueueChanged q:
                _ = AnnounceQueueAsync(q);
                break;
        }
    }

    private Broadcast In(Guid conversationId) => sockets.To(Rooms.Conversation(conversationId));

    /// <summary>Each side gets what it may know: the patient the own place, the practitioner also who waits.</summary>
    private async Task AnnounceQueueAsync(QueueChanged change)
    {
        try
        {
            var practitioner = await PlaceAsync(change, change.PractitionerId, Role.Practitioner);
            sockets.To(Rooms.User(change.PractitionerId)).Emit("queue.updated", new(change.ConsultationId, practitioner), Json.QueueUpdated);
            sockets.To(Rooms.User(change.PatientId)).Emit("queue.updated", new(change.ConsultationId, practitioner is null ? null : practitioner with { Patient = null }), Json.QueueUpdated);
        }
        catch (Exception e)
        {
            LogFailed(logger, change.ConsultationId, e.GetType().Name);
        }
    }

    private async Task<LiveQueueItem?> PlaceAsync(QueueChanged change, Guid userId, Role role)
    {
        var caller = new Caller(change.OrganizationId, userId, role, Guid.Empty);
        var view = await verbs.RunAsync(caller, (GetConsultation verb) => verb.RunAsync(change.ConsultationId, CancellationToken.None), CancellationToken.None);
        return LiveWords.QueueItem(view, userId);
    }

    [LoggerMessage(30, LogLevel.Warning, "The queue at consultation {ConsultationId} could not be announced ({Kind})")]
    private static partial void LogFailed(ILogger logger, Guid consultationId, string kind);
}
