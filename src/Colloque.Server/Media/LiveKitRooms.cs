using Colloque.Consultations;
using Colloque.Server.Hosting;
using Colloque.Teleconsultation;
using Colloque.WaitingRoom;

namespace Colloque.Server.Media;

/// <summary>The name of a visit's room, where a person (null: everyone) has to leave it; null where not, or where there is none.</summary>
internal delegate Task<string?> ReadRoomToLeave(Guid visit, Guid? person, CancellationToken cancellationToken);

/// <summary>
/// Takes out of LiveKit's rooms who has no place in them any more: guests whose time ended, practitioners who handed a patient over, everyone when the visit is
/// over. After the commit, beside the request, and again while a token from before could still open the door. Whether it is still so, the database says each time.
/// </summary>
internal sealed partial class LiveKitRooms(LiveKitApi api, ReadRoomToLeave roomOf, TimeProvider time, ILogger<LiveKitRooms> logger) : Sweep(TimeSpan.FromMilliseconds(500), time, logger)
{
    /// <summary>A token that was given just before opens the door for this long.</summary>
    private static readonly TimeSpan Watched = LiveKitTokens.Lifetime + TimeSpan.FromSeconds(30);

    /// <summary>How often somebody is put out again who might come back by an old token.</summary>
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(15);

    /// <summary>More than any evening has; beyond it new ones are dropped, so that a LiveKit that is away fills no memory.</summary>
    private const int Most = 10_000;

    private const int AtOnce = 8;

    private readonly Lock gate = new();
    private readonly PriorityQueue<Errand, long> errands = new();
    private readonly TimeProvider clock = time;
    private readonly ILogger<LiveKitRooms> log = logger;

    /// <summary>Notes who has to go. Never waits.</summary>
    internal void Announce(Announcement announcement)
    {
        if (!api.IsSet)
        {
            return;
        }

        switch (announcement)
        {
            case GuestsChanged g:
                foreach (var guest in g.Gone)
                {
                    Begin(g.ConsultationId, guest.Id);
                }

                break;
            case ConsultationHandedOver h:
                Begin(h.ConsultationId, h.FromId);
                break;
            case ConsultationClosed c:
                Begin(c.ConsultationId, null);
                break;
            case ConsultationMoved { Plan: { Status: ConsultationStatus.Cancelled or ConsultationStatus.NoShow } plan }:
                Begin(plan.Id, null);
                break;
        }
    }

    /// <inheritdoc/>
    protected override Task LookAsync(CancellationToken cancellationToken) => RunDueAsync(cancellationToken);

    /// <summary>Gives the orders whose time has come.</summary>
    internal Task RunDueAsync(CancellationToken cancellationToken) =>
        Parallel.ForEachAsync(TakeDue(), new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken }, RunAsync);

    private async ValueTask RunAsync(Errand errand, CancellationToken cancellationToken)
    {
        try
        {
            var room = await roomOf(errand.Visit, errand.Person, cancellationToken);
            if (room is null)
            {
                // Never opened, or who was to go is in again by right.
                return;
            }

            await (errand.Person is { } person ? api.RemoveAsync(room, person, cancellationToken) : api.DeleteAsync(room, cancellationToken));
            // Whoever makes an ended room again by an old token is put out once these have ended; a person is looked for all the while.
            Next(errand with { Failures = 0 }, errand.Person is null ? errand.Until : clock.GetTimestamp() + Ticks(Again));
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            if (errand.Failures == 0)
            {
                LogFailed(log, errand.Visit, (e as HttpRequestException)?.StatusCode?.ToString() ?? e.GetType().Name);
            }

            var pause = TimeSpan.FromSeconds(1 << Math.Min(errand.Failures, 3));
            Next(errand with { Failures = errand.Failures + 1 }, clock.GetTimestamp() + Ticks(pause));
        }
    }

    private void Begin(Guid visit, Guid? person)
    {
        var now = clock.GetTimestamp();
        Add(new(visit, person, now + Ticks(Watched), 0), now);
    }

    /// <summary>Goes on until its time is over: nothing is tried for ever.</summary>
    private void Next(Errand errand, long due)
    {
        if (due > clock.GetTimestamp() && due <= errand.Until)
        {
            Add(errand, due);
        }
        else if (errand.Failures > 0)
        {
            LogGivenUp(log, errand.Visit);
        }
    }

    private void Add(Errand errand, long due)
    {
        lock (gate)
        {
            if (errands.Count < Most)
            {
                errands.Enqueue(errand, due);
            }
        }
    }

    private List<Errand> TakeDue()
    {
        var due = new List<Errand>();
        lock (gate)
        {
            while (errands.TryPeek(out _, out var at) && at <= clock.GetTimestamp())
            {
                due.Add(errands.Dequeue());
            }
        }

        return due;
    }

    private long Ticks(TimeSpan length) => (long)(length.TotalSeconds * clock.TimestampFrequency);

    [LoggerMessage(130, LogLevel.Warning, "LiveKit did not end the room of {ConsultationId}, or somebody's being there ({Kind}); tried again")]
    private static partial void LogFailed(ILogger logger, Guid consultationId, string kind);

    [LoggerMessage(131, LogLevel.Error, "LiveKit did not end the room of {ConsultationId}, or somebody's being there, and is not asked any more")]
    private static partial void LogGivenUp(ILogger logger, Guid consultationId);

    /// <summary>Somebody who has to go, or null for everyone; until when, by the monotonic clock; how often it failed in a row.</summary>
    private sealed record Errand(Guid Visit, Guid? Person, long Until, int Failures);
}
