using Colloque.Storage;

namespace Colloque.Server.Accounts;

/// <summary>The sign-on providers of this installation.</summary>
internal sealed class OidcProviders : IDisposable
{
    private readonly HttpClient http = new(new SocketsHttpHandler
    {
        // Whoever answers is who was asked.
        AllowAutoRedirect = false,
        UseCookies = false,
        PooledConnectionLifetime = TimeSpan.FromMinutes(10),
    })
    {
        Timeout = TimeSpan.FromSeconds(10),
        MaxResponseContentBufferSize = 512 * 1024,
    };

    public OidcProviders(IReadOnlyList<OidcSettings> settings, TimeProvider time) => All = [.. settings.Select(s => new OidcProvider(s, http, time))];

    /// <summary>In the order of the settings.</summary>
    internal IReadOnlyList<OidcProvider> All { get; }

    /// <exception cref="Refusal">404.</exception>
    internal OidcProvider Find(string id) => All.FirstOrDefault(p => p.Settings.Id == id) ?? throw Refusal.NotFound();

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var provider in All)
        {
            provider.Dispose();
        }

        http.Dispose();
    }
}

/// <summary>Puts sign-on together from the settings <c>Oidc</c>.</summary>
internal static class OidcHosting
{
    /// <exception cref="StartRefusedException">A setting makes no sense.</exception>
    internal static IServiceCollection AddOidc(this IServiceCollection services, IConfiguration settings)
    {
        var providers = OidcSettings.Read(settings.GetSection("Oidc:Providers"));
        return services.AddSingleton(s => new OidcProviders(providers, s.GetRequiredService<TimeProvider>()));
    }
}
