using System.Text.Json.Serialization;
using Colloque.Audit;
using Colloque.Calls;
using Colloque.Security;
using Colloque.Server.Http;
using Colloque.Server.Media;
using Colloque.Storage;

namespace Colloque.Server.Contracts.Platform;

/// <summary>Before a call: the test of devices and network, <c>/api/consultations/{id}/pre-call-test</c>; and how one wants to be called, <c>/api/me/call-settings</c>.</summary>
internal static class CallsApi
{
    private static readonly TimeSpan Lasts = TimeSpan.FromMinutes(10);

    internal static void MapCalls(this IEndpointRouteBuilder routes)
    {
        var test = routes.MapGroup("/api/consultations/{id}/pre-call-test").RequireCaller().WithTags("Calls");
        test.MapGet("", BeginAsync).WithSummary("What a test of devices and network needs; and what the last ones found.").Produces<PreCallTestAnswer>().Allow(Access.InVisit)
            .Audited("consultation", clinical: true);
        test.MapPost("", KeepAsync).WithSummary("What a test found.").Accepts<PreCallTestBody>("application/json").Produces(204).Allow(Access.InVisit)
            .Audited("consultation", AuditAction.Update, clinical: true);

        var settings = routes.MapGroup("/api/me/call-settings").RequireCaller().WithTags("Calls");
        settings.MapGet("", SettingsAsync).WithSummary("How one wants to be called.").Produces<CallSettingsBody>().Allow(Access.Clinical).NotAudited();
        settings.MapPut("", SetAsync).WithSummary("Be called without a sound, or with.").Accepts<CallSettingsBody>("application/json").Produces<CallSettingsBody>().Allow(Access.Clinical).NotAudited();
    }

    private static async Task<IResult> BeginAsync(string id, HttpContext http, Verbs verbs, PeerRooms peers, TimeProvider time)
    {
        var caller = http.Caller(Limit.PreCallTest);
        var consultation = Ids.Parse(id, "id");
        var start = await verbs.RunAsync(caller, (BeginPreCallTest verb) => verb.RunAsync(consultation, http.RequestAborted), http.RequestAborted);
        var (servers, until) = peers.For(caller);
        return Results.Json(
            new PreCallTestAnswer(servers, peers.Policy, (until ?? time.GetUtcNow() + Lasts).UtcDateTime, start.Provider, [.. start.Newest.Select(PreCallTestShown.Of)]),
            CallsJson.Default.PreCallTestAnswer);
    }

    private static async Task<IResult> KeepAsync(string id, HttpContext http, Verbs verbs)
    {
        var caller = http.Caller(Limit.PreCallTest);
        var consultation = Ids.Parse(id, "id");
        var body = await JsonBody.ReadAsync(http, CallsJson.Default.PreCallTestBody);
        await verbs.RunAsync(caller, (KeepPreCallTest verb) => verb.RunAsync(consultation, body.ToResult(), http.RequestAborted), http.RequestAborted);
        return Results.NoContent();
    }

    private static async Task<IResult> SettingsAsync(HttpContext http, Verbs verbs) =>
        Show(await verbs.RunAsync(http.Caller(), (SeeCallSettings verb) => verb.RunAsync(http.RequestAborted), http.RequestAborted));

    private static async Task<IResult> SetAsync(HttpContext http, Verbs verbs)
    {
        var body = await JsonBody.ReadAsync(http, CallsJson.Default.CallSettingsBody);
        return Show(await verbs.RunAsync(http.Caller(), (SetCallSettings verb) => verb.RunAsync(body.DoNotDisturb, http.RequestAborted), http.RequestAborted));
    }

    private static IResult Show(bool doNotDisturb) => Results.Json(new CallSettingsBody(doNotDisturb), CallsJson.Default.CallSettingsBody);
}

/// <summary>How one wants to be called.</summary>
public sealed record CallSettingsBody(bool? DoNotDisturb);

/// <summary>What a test of devices and network needs.</summary>
/// <param name="IceServers">As WebRTC takes them, with credentials of the caller's own.</param>
/// <param name="IceTransportPolicy">relay or all.</param>
/// <param name="ExpiresAt">Until when the credentials are good.</param>
/// <param name="Provider">livekit, jitsi or peer.</param>
/// <param name="Results">The newest result of each, to the two of the visit.</param>
public sealed record PreCallTestAnswer(IReadOnlyList<IceServer> IceServers, string IceTransportPolicy, DateTime ExpiresAt, string Provider, IReadOnlyList<PreCallTestShown> Results);

/// <summary>What a test found of the network.</summary>
public sealed record PreCallNetworkBody(bool? Udp, bool? Tcp, bool? Tls, int? RoundTripMs, double? LossPercent, int? KilobitsPerSecond);

/// <summary>What a test found.</summary>
public sealed record PreCallTestBody(string? Camera, string? Microphone, string? Speaker, PreCallNetworkBody? Network, string? Verdict)
{
    internal PreCallResult ToResult() => new(
        Camera, Microphone, Speaker, Network is { } n ? new(n.Udp, n.Tcp, n.Tls, n.RoundTripMs, n.LossPercent, n.KilobitsPerSecond) : null, Verdict);
}

/// <summary>What a test found, as it was kept.</summary>
public sealed record PreCallTestShown(Guid UserId, string Role, DateTime At, string Camera, string Microphone, string Speaker, PreCallNetworkBody Network, string Verdict)
{
    internal static PreCallTestShown Of(PreCallTestView v) => new(
        v.UserId, v.Role.ToLowerInvariant(), v.At.UtcDateTime, v.Camera, v.Microphone, v.Speaker,
        new(v.Udp, v.Tcp, v.Tls, v.RoundTripMs, v.LossPercent, v.KilobitsPerSecond), v.Verdict);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, AllowDuplicateProperties = false)]
[JsonSerializable(typeof(CallSettingsBody))]
[JsonSerializable(typeof(PreCallTestAnswer))]
[JsonSerializable(typeof(PreCallTestBody))]
internal sealed partial class CallsJson : JsonSerializerContext;
