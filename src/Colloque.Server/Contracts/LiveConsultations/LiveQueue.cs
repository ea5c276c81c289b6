using System.Threading.Channels;
using Colloque.Consultations;
using Colloque.Security;
using Colloque.Server.Realtime;
using Colloque.Storage;
using Colloque.WaitingRoom;
using SocketIO.AspNetCore;

namespace Colloque.Server.Contracts.LiveConsultations;

/// <summary>
/// Waiting rooms over sockets: a patient hears of the own place whenever it or its time is another, and nothing of anybody else; practitioners hear who waits.
/// One queue after the other, so that no older word overtakes a newer one; what happens to a queue meanwhile is told once.
/// </summary>
internal sealed partial class LiveQueue(Verbs verbs, Attendance attendance, ILogger<LiveQueue> logger) : BackgroundService
{
    /// <summary>Expected times that moved by less are not worth a word.</summary>
    private static readonly TimeSpan Notable = TimeSpan.FromMinutes(1);

    private readonly Channel<Change> changes = Channel.CreateUnbounded<Change>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Dictionary<Guid, QueuePlace> told = [];

    private Namespace sockets = null!;

    internal void Map(SocketIOServer server) => sockets = server.Of(LiveNamespace.Name)
        .OnConnect((socket, _) =>
        {
            attendance.Connected(SignedSockets.Of(socket).Caller.UserId);
            return ValueTask.CompletedTask;
        })
        .OnDisconnect((socket, _) =>
        {
            if (socket.State is SocketSession session)
            {
                attendance.Disconnected(session.Caller.UserId);
            }

            return ValueTask.CompletedTask;
        });

    /// <summary>Notes whose queue an announcement is about.</summary>
    internal void Announce(Announcement announcement)
    {
        switch (announcement)
        {
            case QueueChanged q:
                changes.Writer.TryWrite(new(q.PractitionerId, q.ConsultationId, q.PatientId));
                break;
            case QueueMoved q:
                Refresh(q.PractitionerId);
                break;
            case ConsultationRescheduled or ConsultationMoved { Plan.Status: not (ConsultationStatus.Scheduled or ConsultationStatus.Confirmed or ConsultationStatus.Completed) }:
                var plan = ((ConsultationMoved)announcement).Plan;
                changes.Writer.TryWrite(new(plan.PractitionerId, plan.Id, plan.PatientId));
                break;
            case ConsultationMoved m:
                Refresh(m.Plan.PractitionerId);
                break;
            case ConsultationHandedOver h:
                changes.Writer.TryWrite(new(h.FromId, null, null));
                _ = TellHandOverAsync(h);
                break;
        }
    }

    /// <summary>Looks at a queue again: times pass.</summary>
    internal void Refresh(Guid practitioner) => changes.Writer.TryWrite(new(practitioner, null, null));

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (await changes.Reader.WaitToReadAsync(stoppingToken))
            {
                var pending = new List<Change>();
                while (changes.Reader.TryRead(out var change))
                {
                    pending.Add(change);
                }

                foreach (var queue in pending.GroupBy(static c => c.PractitionerId))
                {
                    await TellAsync(queue.Key, [.. queue.Where(static c => c.ConsultationId is not null)], stoppingToken);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The server stops.
        }
    }

    private async Task TellAsync(Guid practitioner, Change[] named, CancellationToken cancellationToken)
    {
        try
        {
            var board = await verbs.RunAsync(null, (ReadQueue verb) => verb.RunAsync(practitioner, cancellationToken), cancellationToken);
            var members = board.Members.Select(static m => m.Id).ToHashSet();
            foreach (var place in board.Places)
            {
                if (!told.TryGetValue(place.ConsultationId, out var before) || IsNews(before, place))
                {
                    told[place.ConsultationId] = place;
                    Tell(place, members);
                }
            }

            var here = board.Places.Select(static p => p.ConsultationId).ToHashSet();
            var gone = told.Values.Where(p => members.Contains(p.PractitionerId) && !here.Contains(p.ConsultationId)).Select(static p => (p.ConsultationId, p.PatientId));
            // Also those of whom nothing was told yet, by this process: it may have started after they came.
            foreach (var (visit, patient) in gone.Union(named.Where(c => !here.Contains(c.ConsultationId!.Value)).Select(static c => (c.ConsultationId!.Value, c.PatientId!.Value))).ToArray())
            {
                Guid[] waited = told.Remove(visit, out var last) && last.Guest is { } guest ? [patient, guest.Id] : [patient];
                foreach (var person in members.Concat(waited))
                {
                    sockets.To(Rooms.User(person)).Emit("queue.updated", new(visit, null), LiveEventJson.Default.QueueUpdated);
                }
            }
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            LogFailed(logger, practitioner, e.GetType().Name);
        }
    }

    private void Tell(QueuePlace place, HashSet<Guid> members)
    {
        var own = new LiveQueueItem(place.Position, place.JoinedAt.UtcDateTime, null) { ExpectedAt = place.ExpectedAt.UtcDateTime, DelayMinutes = place.DelayMinutes };
        foreach (var person in place.Guest is { } guest ? (Guid[])[place.PatientId, guest.Id] : [place.PatientId])
        {
            sockets.To(Rooms.User(person)).Emit("queue.updated", new(place.ConsultationId, own), LiveEventJson.Default.QueueUpdated);
        }

        var full = own with { Patient = new(place.PatientId, place.PatientName ?? ""), Away = place.AwaySince is not null, PractitionerId = place.PractitionerId, Guest = place.Guest is { } named ? new(named.Id, named.Name) : null };
        foreach (var member in members)
        {
            sockets.To(Rooms.User(member)).Emit("queue.updated", new(place.ConsultationId, full), LiveEventJson.Default.QueueUpdated);
        }
    }

    private static bool IsNews(QueuePlace before, QueuePlace now) =>
        (before.Position, before.JoinedAt, before.DelayMinutes, before.PractitionerId, before.AwaySince, before.Guest)
            != (now.Position, now.JoinedAt, now.DelayMinutes, now.PractitionerId, now.AwaySince, now.Guest)
        || (before.ExpectedAt - now.ExpectedAt).Duration() >= Notable;

    /// <summary>At once, before anything more is said there: what the giver's devices listen to is not theirs any more.</summary>
    private async Task TellHandOverAsync(ConsultationHandedOver handed)
    {
        try
        {
            var patient = new Caller(handed.OrganizationId, handed.PatientId, Role.Patient, Guid.Empty);
            var view = await verbs.RunAsync(patient, (GetConsultation verb) => verb.RunAsync(handed.ConsultationId, CancellationToken.None), CancellationToken.None);
            var doctor = view.Practitioner;
            foreach (var room in (string[])[Rooms.User(handed.PatientId), Rooms.User(handed.FromId), Rooms.User(handed.ToId), Rooms.Guests(handed.ConsultationId)])
            {
                sockets.To(room).Emit(
                    "consultation.handed_over", new(handed.ConsultationId, new(doctor.Id, doctor.Name, doctor.Title, doctor.Specialty)), LiveEventJson.Default.HandedOverEvent);
            }
        }
        catch (Exception e)
        {
            LogFailed(logger, handed.ToId, e.GetType().Name);
        }
    }

    [LoggerMessage(30, LogLevel.Warning, "The queue of {PractitionerId} could not be announced ({Kind}); it is looked at again in a moment")]
    private static partial void LogFailed(ILogger logger, Guid practitionerId, string kind);

    /// <summary>Something about a queue; about one visit of it where that is named.</summary>
    private sealed record Change(Guid PractitionerId, Guid? ConsultationId, Guid? PatientId);
}
