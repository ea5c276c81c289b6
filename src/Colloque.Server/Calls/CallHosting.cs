using Colloque.Calls;
using Colloque.Server.Contracts.LiveConsultations;
using Colloque.Server.Contracts.Platform;
using Colloque.Server.Realtime;
using Colloque.Storage;

namespace Colloque.Server.Calls;

/// <summary>Puts calls together from the settings <c>Calls</c>.</summary>
internal static class CallHosting
{
    /// <exception cref="StartRefusedException">A setting makes no sense.</exception>
    internal static IServiceCollection AddCalls(this IServiceCollection services, IConfiguration settings)
    {
        var options = settings.GetSection("Calls").Get<CallOptions>() ?? new();
        foreach (var length in (TimeSpan[])[options.RingFor, options.ConnectWithin, options.KeepsPlace])
        {
            if (length < TimeSpan.FromSeconds(1) || length > TimeSpan.FromHours(1))
            {
                throw new StartRefusedException("Calls:RingFor, Calls:ConnectWithin and Calls:KeepsPlace are times of a second to an hour, as hh:mm:ss.");
            }
        }

        return services.AddSingleton(options).AddSingleton<CallSwitch>().AddSingleton<LiveCalls>().AddSingleton<AudioCallNamespace>()
            .AddSingleton<NodeWire>().AddHostedService(static s => s.GetRequiredService<NodeWire>()).AddSingleton<CallExchange>()
            .AddSingleton<CallSweep>().AddHostedService(static s => s.GetRequiredService<CallSweep>());
    }
}
