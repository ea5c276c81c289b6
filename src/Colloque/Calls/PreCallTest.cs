using Colloque.Storage;
using Colloque.WaitingRoom;
using Microsoft.EntityFrameworkCore;

namespace Colloque.Calls;

/// <summary>What a device found out of the way to the relay; null: not tried.</summary>
/// <param name="Udp">Reached by UDP.</param>
/// <param name="Tcp">Reached by TCP.</param>
/// <param name="Tls">Reached by TLS.</param>
/// <param name="RoundTripMs">Milliseconds, 0..600 000.</param>
/// <param name="LossPercent">0..100.</param>
/// <param name="KilobitsPerSecond">Kilobits a second, 0..100 000 000.</param>
public sealed record PreCallNetwork(bool? Udp, bool? Tcp, bool? Tls, int? RoundTripMs, double? LossPercent, int? KilobitsPerSecond);

/// <summary>What a device found out of itself before a visit.</summary>
/// <param name="Camera">ok, denied, missing, busy or skipped.</param>
/// <param name="Microphone">The same.</param>
/// <param name="Speaker">ok, silent or skipped.</param>
/// <param name="Network">The way to the relay.</param>
/// <param name="Verdict">good, sound_only or bad.</param>
public sealed record PreCallResult(string? Camera, string? Microphone, string? Speaker, PreCallNetwork? Network, string? Verdict);

/// <summary>A result that was kept.</summary>
public sealed record PreCallTestView(
    Guid UserId, string Role, DateTimeOffset At, string Camera, string Microphone, string Speaker, bool? Udp, bool? Tcp, bool? Tls, int? RoundTripMs, double? LossPercent,
    int? KilobitsPerSecond, string Verdict);

/// <summary>What a test needs to know.</summary>
/// <param name="Provider">livekit, jitsi or peer.</param>
/// <param name="Newest">The newest result of each, to the two of the visit; to a guest none.</param>
public sealed record PreCallTestStart(string Provider, IReadOnlyList<PreCallTestView> Newest);

/// <summary>Begins a test of devices and network, for somebody of a visit that is not over.</summary>
public sealed class BeginPreCallTest(ColloqueDb db, CallRows rows, RoomOptions options, CallerScope scope)
{
    /// <summary>Three queries.</summary>
    /// <exception cref="Refusal">403 administrators; 404; 409 <c>room_closed</c>: over, or a visit in person.</exception>
    public async Task<PreCallTestStart> RunAsync(Guid id, CancellationToken cancellationToken)
    {
        scope.Required.RequireInVisit();
        var visit = await rows.VisitAsync(id, alone: false, cancellationToken);
        if (visit.IsOver || visit.Format == "InPerson")
        {
            throw WaitingRoomRefusals.RoomClosed();
        }

        var newest = await db.Database.SqlQuery<PreCallTestView>(
            $"""
            select distinct on (user_id) user_id "UserId", role "Role", at "At", camera "Camera", microphone "Microphone", speaker "Speaker", udp "Udp", tcp "Tcp", tls "Tls",
              round_trip_ms "RoundTripMs", loss_percent "LossPercent", kilobits_per_second "KilobitsPerSecond", verdict "Verdict"
            from pre_call_tests where consultation_id = {id} order by user_id, at desc
            """).ToListAsync(cancellationToken);
        // Settled when the first enters; until then, what it will be.
        var provider = visit.Status == "InProgress" ? visit.Provider
            : await db.Database.SqlQuery<string?>($"select organization_video_provider({visit.TenantId}) as \"Value\"").SingleAsync(cancellationToken) ?? options.Provider;
        return new(provider, newest);
    }
}

/// <summary>Keeps what a test found, as a technical fact of the visit.</summary>
public sealed class KeepPreCallTest(ColloqueDb db, CallerScope scope, TimeProvider time)
{
    /// <summary>One statement.</summary>
    /// <exception cref="Refusal">403 administrators; 404: absent, no place in it, or over; 422 the member that is none.</exception>
    public async Task<bool> RunAsync(Guid id, PreCallResult result, CancellationToken cancellationToken)
    {
        scope.Required.RequireInVisit();
        var camera = Device(result.Camera, "camera");
        var microphone = Device(result.Microphone, "microphone");
        var speaker = result.Speaker is "ok" or "silent" or "skipped" ? result.Speaker : throw Refusal.Invalid("speaker");
        var verdict = result.Verdict is "good" or "sound_only" or "bad" ? result.Verdict : throw Refusal.Invalid("verdict");
        var net = result.Network ?? new(null, null, null, null, null, null);
        if (net.RoundTripMs is < 0 or > 600_000 || net.LossPercent is not (null or (>= 0 and <= 100)) || net.KilobitsPerSecond is < 0 or > 100_000_000)
        {
            throw Refusal.Invalid("network");
        }

        var now = time.GetMoment();
        return await db.Database.SqlQuery<bool>(
            $"""
            select call_test_keep({Guid.CreateVersion7(now)}, {id}, {camera}, {microphone}, {speaker}, {net.Udp}, {net.Tcp}, {net.Tls}, {net.RoundTripMs}, {net.LossPercent},
              {net.KilobitsPerSecond}, {verdict}, {now}) as "Value"
            """).SingleAsync(cancellationToken) ? true : throw Refusal.NotFound();
    }

    private static string Device(string? word, string field) => word is "ok" or "denied" or "missing" or "busy" or "skipped" ? word : throw Refusal.Invalid(field);
}
