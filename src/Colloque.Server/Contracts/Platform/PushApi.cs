using System.Text.Json.Serialization;
using Colloque.Conversations;
using Colloque.Notifications;
using Colloque.Security;
using Colloque.Server.Http;
using Colloque.Storage;

namespace Colloque.Server.Contracts.Platform;

/// <summary>Web push: which key a browser subscribes with, and which devices want to be told. When an answer can be expected in a conversation.</summary>
internal static class PushApi
{
    internal static void MapPush(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/notifications/push").RequireCaller().WithTags("Notifications").Allow(Access.All).NotAudited();
        group.MapGet("", KeyAsync).WithSummary("The key that a browser subscribes with.").Produces<PushKeyAnswer>();
        group.MapPost("", SubscribeAsync).WithSummary("Tell this device too.").Accepts<PushSubscription>("application/json").Produces(204);
        group.MapPost("unsubscribe", UnsubscribeAsync).WithSummary("Tell this device no more.").Accepts<PushEnd>("application/json").Produces(204);

        routes.MapGroup("/api/conversations").RequireCaller().WithTags("Conversations").MapGet("{id}/hours", HoursAsync)
            .WithSummary("When an answer can be expected, and whom to call where that is too late.").Produces<HoursAnswer>().Allow(Access.Clinical).NotAudited();
    }

    private static IResult KeyAsync(PushKey key) => Results.Json(new PushKeyAnswer(key.Public), PushJson.Default.PushKeyAnswer);

    private static async Task<IResult> SubscribeAsync(HttpContext http, Verbs verbs)
    {
        var caller = http.Caller(Limit.PushSubscribe);
        var body = await JsonBody.ReadAsync(http, PushJson.Default.PushSubscription);
        await verbs.RunAsync(caller, (SubscribeToPush verb) => verb.RunAsync(body.Endpoint, body.Keys?.P256dh, body.Keys?.Auth, http.RequestAborted), http.RequestAborted);
        return Results.NoContent();
    }

    private static async Task<IResult> UnsubscribeAsync(HttpContext http, Verbs verbs)
    {
        var body = await JsonBody.ReadAsync(http, PushJson.Default.PushEnd);
        await verbs.RunAsync(http.Caller(), (UnsubscribeFromPush verb) => verb.RunAsync(body.Endpoint, http.RequestAborted), http.RequestAborted);
        return Results.NoContent();
    }

    private static async Task<IResult> HoursAsync(string id, HttpContext http, Verbs verbs)
    {
        var conversation = Ids.Parse(id, "id");
        var hours = await verbs.RunAsync(http.Caller(), (ReadHours verb) => verb.RunAsync(conversation, http.RequestAborted), http.RequestAborted);
        return Results.Json(new HoursAnswer(hours.IsOpen, hours.NextAnswerAt?.UtcDateTime, hours.EmergencyNumbers), PushJson.Default.HoursAnswer);
    }
}

/// <summary>An uncompressed point of P-256, base64url.</summary>
public sealed record PushKeyAnswer(string PublicKey);

/// <summary>What a browser's <c>PushSubscription.toJSON()</c> says.</summary>
public sealed record PushSubscription(string? Endpoint, double? ExpirationTime, PushSubscriptionKeys? Keys);

/// <summary>A device's public key and secret, base64url.</summary>
public sealed record PushSubscriptionKeys(string? P256dh, string? Auth);

/// <summary>Which device.</summary>
public sealed record PushEnd(string? Endpoint);

/// <summary>When an answer can be expected.</summary>
public sealed record HoursAnswer(bool IsOpen, DateTime? NextAnswerAt, IReadOnlyList<string> EmergencyNumbers);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, AllowDuplicateProperties = false)]
[JsonSerializable(typeof(PushKeyAnswer))]
[JsonSerializable(typeof(PushSubscription))]
[JsonSerializable(typeof(PushEnd))]
[JsonSerializable(typeof(HoursAnswer))]
internal sealed partial class PushJson : JsonSerializerContext;
