using Colloque.Server.Contracts.LiveConsultations;
using Colloque.Server.Media;
using Colloque.Storage;
using Colloque.WaitingRoom;

namespace Colloque.Server.WaitingRoom;

/// <summary>Puts waiting rooms and the rooms of remote visits together from the settings <c>WaitingRoom</c>, <c>Rooms</c>, <c>Turn</c> and <c>Jitsi</c>.</summary>
internal static class WaitingRoomHosting
{
    internal static readonly string[] Providers = ["livekit", "jitsi", "peer"];

    /// <exception cref="StartRefusedException">A setting makes no sense.</exception>
    internal static IServiceCollection AddWaitingRoom(this IServiceCollection services, IConfiguration settings)
    {
        var jitsi = settings.GetSection("Jitsi").Get<JitsiOptions>() ?? new();
        if (jitsi.AppSecret is { Length: > 0 and < 32 })
        {
            throw new StartRefusedException("Jitsi:AppSecret must have at least 32 characters.");
        }

        // Unless something is said: what is set up, and else what needs nothing beside the two browsers.
        var rooms = new RoomOptions { Provider = settings["LiveKit:ApiSecret"] is { Length: > 0 } ? "livekit" : jitsi.IsSet ? "jitsi" : "peer" };
        settings.GetSection("Rooms").Bind(rooms);
        if (!Providers.Contains(rooms.Provider))
        {
            throw new StartRefusedException($"Rooms:Provider must be one of {string.Join(", ", Providers)}.");
        }

        var waiting = settings.GetSection("WaitingRoom").Get<WaitingRoomOptions>() ?? new();
        if (waiting.OpensBefore < TimeSpan.Zero || waiting.KeepsPlace <= TimeSpan.Zero || rooms.OpensBefore < TimeSpan.Zero)
        {
            throw new StartRefusedException("WaitingRoom:OpensBefore, WaitingRoom:KeepsPlace and Rooms:OpensBefore are lengths of time, such as 00:30:00.");
        }

        var peers = settings.GetSection("Rooms").Get<PeerOptions>() ?? new();
        var turn = settings.GetSection("Turn").Get<TurnOptions>() ?? new();
        if (!turn.IsSound)
        {
            throw new StartRefusedException("Turn:Urls begin with turn: or turns:, and go with a Turn:Secret of at least 32 characters.");
        }

        if (peers.IceTransportPolicy is not (null or "all") && (peers.IceTransportPolicy != "relay" || !turn.IsSet))
        {
            throw new StartRefusedException("Rooms:IceTransportPolicy is all, or relay where Turn:Urls are set.");
        }

        return services.AddSingleton(rooms).AddSingleton(waiting).AddSingleton(jitsi).AddSingleton<JitsiTokens>()
            .AddSingleton(peers).AddSingleton(turn).AddSingleton<PeerRooms>()
            .AddSingleton<TurnProbe>().AddSingleton<TurnWatch>().AddHostedService(static s => s.GetRequiredService<TurnWatch>())
            .AddSingleton<LiveQueue>().AddHostedService(static s => s.GetRequiredService<LiveQueue>()).AddHostedService<WaitingRoomSweep>();
    }
}
