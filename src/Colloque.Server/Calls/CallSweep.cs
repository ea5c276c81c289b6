using Colloque.Calls;
using Colloque.Consultations;
using Colloque.Server.Hosting;
using Colloque.Server.Realtime;
using Colloque.Storage;
using Colloque.Teleconsultation;

namespace Colloque.Server.Calls;

/// <summary>
/// Looks once a second at calls in which time makes something due, and at conversations that do not know yet how a call of theirs went; and follows at once what
/// ends a place in a call elsewhere: a visit that is closed, a guest who has to go.
/// </summary>
internal sealed class CallSweep(Verbs verbs, TellOfCall tell, CallSwitch calls, NodeWire nodes, Announcer announcer, ClockWatch clocks, TimeProvider time, ILogger<CallSweep> logger)
    : Sweep(TimeSpan.FromSeconds(1), time, logger)
{
    private const int Most = 200;

    /// <summary>Looks between two that ask for what was not heard of other nodes.</summary>
    private const int BetweenMoved = 5;

    private int looks;

    /// <summary>Follows what was announced, beside it.</summary>
    internal void Announce(Announcement announcement)
    {
        switch (announcement)
        {
            case CallChanged { Call: { IsLive: false } over }:
                _ = TryAsync(ct => tell.RunAsync(new(over.ConsultationId, over.Id), ct), CancellationToken.None);
                break;
            case ConsultationClosed c:
                Close(c.ConsultationId);
                break;
            case GuestsChanged { Gone.Count: > 0 } g:
                foreach (var guest in g.Gone)
                {
                    _ = TryAsync(ct => verbs.RunAsync(null, (LeaveCall verb) => verb.TakeOutAsync(g.ConsultationId, guest.Id, ct), ct), CancellationToken.None);
                }

                break;
        }
    }

    /// <summary>A visit is over, here or at another node: so is its call, beside it.</summary>
    internal void Close(Guid consultation)
    {
        foreach (var call in calls.OfVisit(consultation).Where(static c => c.IsLive))
        {
            _ = TryAsync(ct => CloseAsync(call, ct), CancellationToken.None);
        }
    }

    /// <inheritdoc/>
    protected override async Task LookAsync(CancellationToken cancellationToken)
    {
        calls.Prune();
        if (nodes.HadOthers && ++looks % BetweenMoved == 0)
        {
            await TryAsync(CatchUpAsync, cancellationToken);
        }

        var due = await verbs.RunAsync(null, (SweepCalls verb) => verb.RunAsync(cancellationToken), cancellationToken);
        if (clocks.Look())
        {
            foreach (var (consultation, call) in due)
            {
                // One that fails keeps none of the others waiting.
                await TryAsync(ct => verbs.RunAsync(null, (SettleCall verb) => verb.RunAsync(consultation, call, ct), ct), cancellationToken);
            }
        }

        foreach (var untold in await verbs.RunAsync(null, (SweepCalls verb) => verb.UntoldAsync(Most, cancellationToken), cancellationToken))
        {
            await TryAsync(ct => tell.RunAsync(untold, ct), cancellationToken);
        }
    }

    /// <summary>A word of another node may have been lost, and whoever said it with it: the database has what it was about.</summary>
    private async Task CatchUpAsync(CancellationToken cancellationToken)
    {
        if (calls.Live() is not { Length: > 0 } known)
        {
            return;
        }

        foreach (var moved in await verbs.RunAsync(null, (SweepCalls verb) => verb.MovedAsync(known, cancellationToken), cancellationToken))
        {
            if (await verbs.RunAsync(null, (SeeCall verb) => verb.OneAsync(moved.ConsultationId, moved.CallId, cancellationToken), cancellationToken) is { } call)
            {
                calls.Announce(new CallChanged(call));
            }
        }
    }

    /// <summary>The visit's end has ended its call, in the same commit.</summary>
    private async Task CloseAsync(Call call, CancellationToken cancellationToken)
    {
        if (await verbs.RunAsync(null, (SeeCall verb) => verb.OneAsync(call.ConsultationId, call.Id, cancellationToken), cancellationToken) is { IsLive: false } over)
        {
            announcer.Announce(new CallChanged(over));
        }
    }
}
