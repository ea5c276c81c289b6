using Microsoft.Extensions.DependencyInjection;

namespace SocketIO.AspNetCore;

/// <summary>Registration of Socket.IO.</summary>
public static class SocketIOServiceCollectionExtensions
{
    /// <summary>Sets the defaults that every endpoint mapped later starts from.</summary>
    public static IServiceCollection AddSocketIO(this IServiceCollection services, Action<SocketIOOptions>? configure = null)
    {
        services.AddOptions<SocketIOOptions>();
        if (configure is not null)
        {
            services.Configure(configure);
        }

        return services;
    }
}
