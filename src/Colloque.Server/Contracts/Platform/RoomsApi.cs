using System.Text.Json.Serialization;
using Colloque.Audit;
using Colloque.Security;
using Colloque.Server.Http;
using Colloque.Server.Media;
using Colloque.Storage;
using Colloque.WaitingRoom;

namespace Colloque.Server.Contracts.Platform;

/// <summary>The rooms of remote consultations: <c>room</c>, which is <c>room-link</c> too, and <c>events</c> of <c>/api/consultations/{id}</c>.</summary>
internal static class RoomsApi
{
    internal static void MapRooms(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/consultations/{id}").RequireCaller().WithTags("Rooms").Audited("consultation", clinical: true);
        foreach (var path in (string[])["room", "room-link"])
        {
            group.MapGet(path, RoomAsync).WithSummary("One's own entry to the room, while it is open.").Produces<RoomAccess>().Allow(Access.InVisit);
        }

        group.MapPost("events", ReportAsync).WithSummary("A client's word on what happened in the room.").Accepts<RoomReportBody>("application/json").Produces<RoomReportAnswer>(201)
            .Allow(Access.Clinical).Audited("consultation", AuditAction.Update, clinical: true);
    }

    private static async Task<IResult> RoomAsync(string id, HttpContext http, Verbs verbs, LiveKitTokens liveKit, JitsiTokens jitsi, PeerRooms peers)
    {
        var caller = http.Caller(Limit.VideoToken);
        var consultation = Ids.Parse(id, "id");
        var room = await verbs.RunAsync(caller, (OpenRoom verb) => verb.RunAsync(consultation, http.RequestAborted), http.RequestAborted);
        var access = new RoomAccess(room.Provider, room.RoomName, null, null, room.EndsAt.UtcDateTime, room.Moderates, null, null);
        switch (room.Provider)
        {
            case "livekit":
                var (url, token, expiresAt) = liveKit.Issue(room, caller);
                access = access with { Url = url, Token = token, ExpiresAt = expiresAt.UtcDateTime };
                break;
            case "jitsi":
                (url, token) = jitsi.Issue(room, caller);
                access = access with { Url = url, Token = token };
                break;
            default:
                var (servers, until) = peers.For(caller);
                access = access with { IceServers = servers, IceTransportPolicy = peers.Policy, ExpiresAt = (until ?? room.EndsAt).UtcDateTime };
                break;
        }

        return Results.Json(access, RoomsJson.Default.RoomAccess);
    }

    private static async Task<IResult> ReportAsync(string id, HttpContext http, Verbs verbs)
    {
        var caller = http.Caller(Limit.RoomReport);
        var consultation = Ids.Parse(id, "id");
        var body = await JsonBody.ReadAsync(http, RoomsJson.Default.RoomReportBody);
        var type = body.Type switch
        {
            "ROOM_JOINED" => RoomReport.Joined,
            "ROOM_LEFT" => RoomReport.Left,
            "INCIDENT" => RoomReport.Incident,
            _ => throw Refusal.Invalid("type"),
        };
        var kept = await verbs.RunAsync(caller, (ReportRoomEvent verb) => verb.RunAsync(consultation, type, body.Detail, http.RequestAborted), http.RequestAborted);
        return Results.Json(new RoomReportAnswer(kept.Id, body.Type, kept.At.UtcDateTime, kept.Detail), RoomsJson.Default.RoomReportAnswer, statusCode: 201);
    }
}

/// <summary>One's own entry to a room.</summary>
/// <param name="Provider">livekit, jitsi or peer.</param>
/// <param name="RoomName">The same for all.</param>
/// <param name="Url">Where the room is; null for peer.</param>
/// <param name="Token">Opens it for the one who asked; null for peer.</param>
/// <param name="ExpiresAt">Until when the token opens it; for peer, the credentials of <c>iceServers</c>.</param>
/// <param name="Moderator">The practitioner is.</param>
/// <param name="IceServers">For peer alone: what helps browsers to find each other.</param>
/// <param name="IceTransportPolicy">For peer alone: relay or all, as WebRTC takes it.</param>
public sealed record RoomAccess(
    string Provider, string RoomName, string? Url, string? Token, DateTime ExpiresAt, bool Moderator,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<IceServer>? IceServers,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? IceTransportPolicy);

/// <summary>A client's report: ROOM_JOINED, ROOM_LEFT or INCIDENT, with a code of at most 50 characters.</summary>
public sealed record RoomReportBody(string? Type, string? Detail);

/// <summary>A report as it was kept.</summary>
public sealed record RoomReportAnswer(Guid Id, string Type, DateTime At, string? Detail);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, AllowDuplicateProperties = false)]
[JsonSerializable(typeof(RoomAccess))]
[JsonSerializable(typeof(RoomReportBody))]
[JsonSerializable(typeof(RoomReportAnswer))]
internal sealed partial class RoomsJson : JsonSerializerContext;
