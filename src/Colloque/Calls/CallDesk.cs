using System.Text.RegularExpressions;
using Colloque.Security;
using Colloque.Storage;

namespace Colloque.Calls;

/// <summary>What the moves of a call share: one after the other in a visit, kept and announced.</summary>
public sealed partial class CallDesk(CallRows rows, CallAttendance attendance, CallerScope scope, UnitOfWork work, TimeProvider time)
{
    /// <summary>The moment of this unit of work.</summary>
    internal DateTimeOffset Now { get; } = time.GetMoment();

    /// <summary>A device's own id, checked.</summary>
    /// <exception cref="Refusal">422 <c>device</c>.</exception>
    internal static string Device(string? device) => device is not null && DeviceId().IsMatch(device) ? device : throw Refusal.Invalid("device");

    /// <summary>Begins a call, or answers or comes back to the one there is. Four statements.</summary>
    internal async Task<CallPlace> StartAsync(Guid consultation, CallMedia media, string device, CancellationToken cancellationToken)
    {
        var visit = await AloneAsync(consultation, cancellationToken);
        var hand = HandOf(visit.Me!, device);
        if (await rows.FindAsync(consultation, null, cancellationToken) is { } live)
        {
            return await KeepAsync(live, CallMachine.Start(live, hand), [], cancellationToken);
        }

        var fresh = new Call(
            Guid.CreateVersion7(Now), consultation, visit.TenantId, visit.PatientId, visit.PractitionerId, media, visit.Provider, CallState.Ringing, hand.Me, Now);
        var step = CallMachine.Begin(fresh, hand);
        var rung = await rows.RungAsync(consultation, hand.Me.Side, cancellationToken);
        return await KeepAsync(fresh, step, rung, cancellationToken);
    }

    /// <summary>A move of the caller's in a call that there is. Three statements.</summary>
    /// <exception cref="Refusal">403 administrators; 404 no such call, or no place in its visit; what the move refuses.</exception>
    internal async Task<CallPlace> MoveAsync(Guid consultation, Guid id, Func<Call, CallPerson, CallStep> move, CancellationToken cancellationToken)
    {
        scope.Required.RequireInVisit();
        var visit = await rows.VisitAsync(consultation, alone: true, cancellationToken);
        var call = await rows.FindAsync(consultation, id, cancellationToken) ?? throw Refusal.NotFound();
        return await KeepAsync(call, move(call, visit.Me!), [], cancellationToken);
    }

    /// <summary>The server's own move; nothing where there is no such live call. Three statements.</summary>
    internal async Task<Call?> SettleAsync(Guid consultation, Guid? id, Func<Call, CallStep> move, CancellationToken cancellationToken)
    {
        await rows.VisitAsync(consultation, alone: true, cancellationToken);
        var call = await rows.FindAsync(consultation, id, cancellationToken);
        return call is not { IsLive: true } ? null : (await KeepAsync(call, move(call), [], cancellationToken)).Call;
    }

    internal CallHand HandOf(CallPerson me, string device) => new(me, Now, device, Guid.CreateVersion7(Now), attendance.IsHere);

    private async Task<CallVisit> AloneAsync(Guid consultation, CancellationToken cancellationToken)
    {
        scope.Required.RequireInVisit();
        var visit = await rows.VisitAsync(consultation, alone: true, cancellationToken);
        return visit.IsUnderWay ? visit : throw Consultations.ConsultationRefusals.NotInProgress();
    }

    private async Task<CallPlace> KeepAsync(Call before, CallStep step, IReadOnlyList<RungPerson> rung, CancellationToken cancellationToken)
    {
        if (before.Revision != step.Call.Revision)
        {
            await rows.KeepAsync(step, Now, cancellationToken);
            work.Announce(new CallChanged(step.Call) { Rung = rung });
        }

        return new(step.Call, step.PeerId);
    }

    [GeneratedRegex("^[A-Za-z0-9_-]{1,64}\\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 100)]
    private static partial Regex DeviceId();
}
