using Colloque.Consultations;
using Colloque.Storage;
using Microsoft.Extensions.Options;

namespace Colloque.Server.Media;

/// <summary>Puts LiveKit together from the settings <c>LiveKit</c>.</summary>
internal static class LiveKitHosting
{
    internal static IServiceCollection AddLiveKit(this IServiceCollection services)
    {
        services.AddOptions<LiveKitOptions>().BindConfiguration("LiveKit");
        return services
            .AddSingleton(static s => new LiveKitTokens(s.GetRequiredService<IOptions<LiveKitOptions>>().Value, s.GetRequiredService<TimeProvider>()))
            .AddSingleton(static s => new LiveKitApi(s.GetRequiredService<IOptions<LiveKitOptions>>().Value, s.GetRequiredService<LiveKitTokens>()))
            .AddSingleton<ReadRoomToLeave>(static s =>
            {
                var verbs = s.GetRequiredService<Verbs>();
                return (visit, person, stop) => verbs.RunAsync(null, (FindRoom verb) => verb.RunAsync(visit, person, stop), stop);
            })
            .AddSingleton<LiveKitRooms>().AddHostedService(static s => s.GetRequiredService<LiveKitRooms>());
    }
}
