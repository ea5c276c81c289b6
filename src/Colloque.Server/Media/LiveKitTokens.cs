using System.Text.Json;
using System.Text.Json.Serialization;
using Colloque.Consultations;
using Colloque.Security;
using Colloque.Server.Contracts.LiveConsultations;
using Colloque.WaitingRoom;

namespace Colloque.Server.Media;

/// <summary>Where LiveKit is (<c>LiveKit__Url</c>, <c>LiveKit__ApiKey</c>, <c>LiveKit__ApiSecret</c>).</summary>
public sealed record LiveKitOptions
{
    /// <summary>wss://…</summary>
    public string? Url { get; set; }

    /// <summary>Names the secret to LiveKit.</summary>
    public string? ApiKey { get; set; }

    /// <summary>Signs tokens (HS256); at least 32 characters.</summary>
    public string? ApiSecret { get; set; }

    /// <summary>Where this server reaches LiveKit's API, https://… (<c>LiveKit__ApiUrl</c>); null: at <see cref="Url"/>; empty: not at all.</summary>
    public string? ApiUrl { get; set; }

    /// <summary>Where LiveKit takes orders; null: it takes none of this server.</summary>
    internal Uri? Api =>
        this is { ApiKey.Length: > 0, ApiSecret.Length: > 0 } && Uri.TryCreate(ApiUrl ?? Url, UriKind.Absolute, out var uri)
            ? new UriBuilder(uri) { Scheme = uri.Scheme is "wss" or "https" ? "https" : "http" }.Uri
            : null;
}

/// <summary>Access tokens that LiveKit's server verifies: HS256, a video grant for one room, the caller's own identity, ten minutes.</summary>
internal sealed class LiveKitTokens(LiveKitOptions options, TimeProvider time)
{
    /// <summary>A token only opens the door: LiveKit asks for none while one stays inside.</summary>
    internal static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    /// <summary>A guest's, whose link can be taken back at any moment.</summary>
    private static readonly TimeSpan GuestLifetime = TimeSpan.FromMinutes(1);

    /// <summary>Of a token that goes with one order of this server's.</summary>
    private static readonly TimeSpan OrderLifetime = TimeSpan.FromMinutes(1);

    /// <exception cref="Refusal">503: not set up.</exception>
    internal LiveKitEntry Issue(RoomEntry room, Caller caller)
    {
        var (url, token, _) = Issue(room.RoomName, room.IsPractitioner, caller);
        return new(token, room.RoomName, url);
    }

    /// <exception cref="Refusal">503: not set up.</exception>
    internal (string Url, string Token, DateTimeOffset ExpiresAt) Issue(OpenedRoom room, Caller caller) => Issue(room.RoomName, room.Moderates, caller);

    private (string Url, string Token, DateTimeOffset ExpiresAt) Issue(string room, bool moderates, Caller caller)
    {
        if (options is not { Url: { Length: > 0 } url, ApiKey: { Length: > 0 } key, ApiSecret: { Length: > 0 } secret })
        {
            throw Refusal.Unavailable("livekit_not_configured");
        }

        var now = time.GetUtcNow();
        var lifetime = caller.Role == Role.Guest ? GuestLifetime : Lifetime;
        // No name in it: the media server need not know who talks.
        var claims = new LiveKitClaims(
            key, caller.UserId.ToString(), now.ToUnixTimeSeconds(), (now + lifetime).ToUnixTimeSeconds(), Guid.CreateVersion7(now).ToString(),
            new(room, true, true, true, true, moderates));
        var token = Jws.Sign(new Hs256Key(System.Text.Encoding.UTF8.GetBytes(secret)), "JWT", JsonSerializer.SerializeToUtf8Bytes(claims, LiveKitJson.Default.LiveKitClaims));
        return (url, token, now + lifetime);
    }

    /// <summary>What this server's own orders about one room go with: RemoveParticipant asks for <c>roomAdmin</c>, DeleteRoom for <c>roomCreate</c>.</summary>
    internal string ForOrder(string room)
    {
        var now = time.GetUtcNow();
        var claims = new LiveKitOrderClaims(options.ApiKey!, now.ToUnixTimeSeconds(), (now + OrderLifetime).ToUnixTimeSeconds(), new(room, true, true));
        return Jws.Sign(new Hs256Key(System.Text.Encoding.UTF8.GetBytes(options.ApiSecret!)), "JWT", JsonSerializer.SerializeToUtf8Bytes(claims, LiveKitJson.Default.LiveKitOrderClaims));
    }
}

internal sealed record LiveKitGrant(string Room, bool RoomJoin, bool CanPublish, bool CanSubscribe, bool CanPublishData, bool RoomAdmin);

internal sealed record LiveKitClaims(string Iss, string Sub, long Nbf, long Exp, string Jti, LiveKitGrant Video);

internal sealed record LiveKitOrderGrant(string Room, bool RoomAdmin, bool RoomCreate);

internal sealed record LiveKitOrderClaims(string Iss, long Nbf, long Exp, LiveKitOrderGrant Video);

/// <summary>Body of an order: of one participant, or of the whole room.</summary>
internal sealed record LiveKitOrder(string Room, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Identity);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(LiveKitClaims))]
[JsonSerializable(typeof(LiveKitOrderClaims))]
[JsonSerializable(typeof(LiveKitOrder))]
internal sealed partial class LiveKitJson : JsonSerializerContext;
