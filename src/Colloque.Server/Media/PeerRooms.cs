using System.Text.Json.Serialization;
using Colloque.Security;

namespace Colloque.Server.Media;

/// <summary>Servers that help browsers to find each other (<c>Rooms__IceServers__0</c>, <c>__1</c> …), and how they may meet (<c>Rooms__IceTransportPolicy</c>).</summary>
public sealed record PeerOptions
{
    /// <summary><c>stun:…</c>, or others that ask for no credentials.</summary>
    public IList<string> IceServers { get; } = [];

    /// <summary>relay or all; null: relay where there is a TURN server, so that nobody in a visit learns where another is.</summary>
    public string? IceTransportPolicy { get; set; }
}

/// <summary>A TURN server of one's own, such as coturn with <c>use-auth-secret</c> (<c>Turn__Urls__0</c>, <c>__1</c> …, <c>Turn__Secret</c>).</summary>
public sealed record TurnOptions
{
    /// <summary><c>turn:…</c> or <c>turns:…</c>.</summary>
    public IList<string> Urls { get; } = [];

    /// <summary>Shared with it (its <c>static-auth-secret</c>); at least 32 characters.</summary>
    public string? Secret { get; set; }

    internal bool IsSet => this is { Urls.Count: > 0, Secret.Length: > 0 };

    /// <summary>False: settings that no start should go on with.</summary>
    internal bool IsSound => IsSet ? Secret!.Length >= 32 && Urls.All(IsTurn) : Urls.Count == 0 && string.IsNullOrEmpty(Secret);

    private static bool IsTurn(string url) => url.StartsWith("turn:", StringComparison.Ordinal) || url.StartsWith("turns:", StringComparison.Ordinal);
}

/// <summary>As WebRTC takes it: with <c>username</c> and <c>credential</c> for a TURN server.</summary>
public sealed record IceServer(
    IReadOnlyList<string> Urls,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Username = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Credential = null);

/// <summary>What browsers that meet without a media server need: whom to ask for a way, and credentials of the caller's own for a relay.</summary>
internal sealed class PeerRooms(PeerOptions options, TurnOptions turn, TimeProvider time)
{
    /// <summary>relay: only by the TURN server; all: also directly.</summary>
    internal string Policy => options.IceTransportPolicy ?? (turn.IsSet ? "relay" : "all");

    /// <summary>The servers, and until when their credentials are good; null: there are none that end.</summary>
    internal (IReadOnlyList<IceServer> Servers, DateTimeOffset? ExpiresAt) For(Caller caller)
    {
        // Who may only be relayed has no use for a server that tells them their own address.
        var open = Policy == "relay" ? [] : options.IceServers.Select(static u => new IceServer([u]));
        if (!turn.IsSet)
        {
            return ([.. open], null);
        }

        var credential = TurnCredential.Issue(turn.Secret!, caller.UserId, time.GetUtcNow());
        return ([.. open, new([.. turn.Urls], credential.Username, credential.Password)], credential.ExpiresAt);
    }
}
