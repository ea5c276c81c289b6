using Microsoft.AspNetCore.Http;

namespace SocketIO.AspNetCore;

/// <summary>Settings of one Engine.IO endpoint: socket.io's names and defaults, and the bounds that Node's server lacks.</summary>
public class EngineIOOptions
{
    /// <summary>The wildcard of <see cref="AllowedOrigins"/>.</summary>
    public const string AnyOrigin = "*";

    /// <summary>Time from a pong (or the handshake) to the next ping. Default 25 s.</summary>
    public TimeSpan PingInterval { get; set; } = TimeSpan.FromMilliseconds(25_000);

    /// <summary>Time a client has to answer a ping before its session ends. Default 20 s.</summary>
    public TimeSpan PingTimeout { get; set; } = TimeSpan.FromMilliseconds(20_000);

    /// <summary>Time an upgrade to websocket may take before it is dropped; polling goes on. Default 10 s.</summary>
    public TimeSpan UpgradeTimeout { get; set; } = TimeSpan.FromMilliseconds(10_000);

    /// <summary>Time an orderly close may take (the last poll, the peer's close frame) before the connection is cut. Default 5 s.</summary>
    public TimeSpan CloseTimeout { get; set; } = TimeSpan.FromMilliseconds(5_000);

    /// <summary>Largest message or request body, in bytes (the protocol's <c>maxPayload</c>). Default 1,000,000.</summary>
    public int MaxHttpBufferSize { get; set; } = 1_000_000;

    /// <summary>Whether a session may start with long polling. Default true.</summary>
    public bool AllowPolling { get; set; } = true;

    /// <summary>Whether websockets are offered, to start with or to upgrade to. Default true.</summary>
    public bool AllowWebSocket { get; set; } = true;

    /// <summary>Whether a polling session may upgrade to websocket. Default true.</summary>
    public bool AllowUpgrades { get; set; } = true;

    /// <summary>
    /// Origins that browsers may connect from, compared exactly (<c>https://app.example</c>), on polling and on upgrade.
    /// Empty (the default): only the origin of the endpoint itself. <see cref="AnyOrigin"/> allows all.
    /// <c>null</c> (sandboxed pages, files) is refused unless listed. A request without Origin is no browser's and passes.
    /// </summary>
    public IList<string> AllowedOrigins { get; } = [];

    /// <summary>Whether cross-origin requests may carry cookies. Ignored with <see cref="AnyOrigin"/>. Default false.</summary>
    public bool AllowCredentials { get; set; }

    /// <summary>
    /// Decides whether a handshake may go on, before any state exists for it; a refusal is answered 403. Default: all may.
    /// </summary>
    public Func<HttpContext, ValueTask<bool>>? AllowRequest { get; set; }

    /// <summary>Sessions alive at once; a handshake beyond them is answered 503. Default 50,000.</summary>
    public int MaxSessions { get; set; } = 50_000;

    /// <summary>Bytes that may wait for a client to read them; beyond, it is a slow reader and is closed. Default 4 MiB.</summary>
    public int MaxOutboundBytes { get; set; } = 4 * 1024 * 1024;

    /// <summary>
    /// Bytes that may wait for all clients of the endpoint together. Beyond, those that are behind by more than
    /// <see cref="PauseReadingAboveBytes"/> are closed as slow readers. Default 256 MiB.
    /// </summary>
    public long MaxTotalOutboundBytes { get; set; } = 256L * 1024 * 1024;

    /// <summary>Packets that may wait for a client to read them; beyond, it is a slow reader and is closed. Default 16,384.</summary>
    public int MaxOutboundPackets { get; set; } = 16_384;

    /// <summary>
    /// Bytes waiting for a websocket client above which nothing more is read from it, so that who floods is slowed by
    /// its own unread replies. Default 64 KiB. (Over polling: half of the bounds above.)
    /// </summary>
    public int PauseReadingAboveBytes { get; set; } = 64 * 1024;

    /// <summary>Fragments a websocket message may come in. Default 1,024.</summary>
    public int MaxFragments { get; set; } = 1_024;

    /// <summary>The clock of heartbeats and time-outs.</summary>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    /// <summary>Throws <see cref="InvalidOperationException"/> when a setting makes no sense.</summary>
    internal virtual void Validate()
    {
        Require(PingInterval > TimeSpan.Zero && PingTimeout > TimeSpan.Zero, "PingInterval and PingTimeout must be positive.");
        Require(UpgradeTimeout > TimeSpan.Zero && CloseTimeout > TimeSpan.Zero, "UpgradeTimeout and CloseTimeout must be positive.");
        Require(MaxHttpBufferSize is > 0 and <= 1_000_000_000, "MaxHttpBufferSize must be between 1 and 1,000,000,000 bytes.");
        Require(AllowPolling || AllowWebSocket, "At least one transport must be allowed.");
        Require(MaxSessions > 0 && MaxOutboundBytes > 0 && MaxOutboundPackets > 0 && MaxTotalOutboundBytes > 0, "Bounds must be positive.");
        Require(PauseReadingAboveBytes > 0 && MaxFragments > 0, "Bounds must be positive.");
    }

    private protected static void Require(bool condition, string message)
    {
        if (!condition)
        {
            throw new InvalidOperationException(message);
        }
    }
}
