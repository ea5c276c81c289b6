using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Colloque.Security;
using Colloque.WaitingRoom;

namespace Colloque.Server.Media;

/// <summary>Where Jitsi Meet is (<c>Jitsi__Domain</c>, <c>Jitsi__AppId</c>, <c>Jitsi__AppSecret</c>).</summary>
public sealed record JitsiOptions
{
    /// <summary>Host name, with a port where it is not 443.</summary>
    public string? Domain { get; set; }

    /// <summary>Names the secret to Jitsi: its <c>app_id</c>, the tokens' issuer.</summary>
    public string? AppId { get; set; }

    /// <summary>Signs tokens (HS256); at least 32 characters.</summary>
    public string? AppSecret { get; set; }

    internal bool IsSet => this is { Domain.Length: > 0, AppId.Length: > 0, AppSecret.Length: > 0 };
}

/// <summary>Tokens that Jitsi's Prosody verifies: HS256, for one room, naming the person who asks and nobody else, good until shortly after the visit.</summary>
internal sealed class JitsiTokens(JitsiOptions options, TimeProvider time)
{
    /// <summary>The room's address, and what opens it.</summary>
    /// <exception cref="Refusal">503: not set up.</exception>
    internal (string Url, string Token) Issue(OpenedRoom room, Caller caller)
    {
        if (options is not { IsSet: true, Domain: { } domain, AppId: { } app, AppSecret: { } secret })
        {
            throw Refusal.Unavailable("jitsi_not_configured");
        }

        var now = time.GetUtcNow();
        var claims = new JitsiClaims(
            "jitsi", app, domain, room.RoomName, now.ToUnixTimeSeconds(), room.EndsAt.ToUnixTimeSeconds(), room.Moderates,
            new(new(caller.UserId.ToString(), Shown(room), room.Moderates)));
        return ($"https://{domain}/{room.RoomName}", Jws.Sign(new Hs256Key(Encoding.UTF8.GetBytes(secret)), "JWT", JsonSerializer.SerializeToUtf8Bytes(claims, JitsiJson.Default.JitsiClaims)));
    }

    /// <summary>What Jitsi shows to all: a guest, who says the own name, is seen to be one.</summary>
    private static string Shown(OpenedRoom room) => room.Guest is { } role ? $"{room.Name} ({GuestWords.Of(role, room.Language)})" : room.Name;
}

internal sealed record JitsiUser(string Id, string Name, bool Moderator);

internal sealed record JitsiContext(JitsiUser User);

internal sealed record JitsiClaims(string Aud, string Iss, string Sub, string Room, long Nbf, long Exp, bool Moderator, JitsiContext Context);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(JitsiClaims))]
internal sealed partial class JitsiJson : JsonSerializerContext;
