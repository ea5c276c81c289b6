using Colloque.Storage;
using Colloque.Teleconsultation;

namespace Colloque.Server.Contracts.Teleconsultation;

/// <summary>The settings <c>Teleconsultation</c>.</summary>
internal static class TeleconsultationHosting
{
    /// <summary>Adds them.</summary>
    /// <exception cref="StartRefusedException">One makes no sense.</exception>
    internal static IServiceCollection AddTeleconsultation(this IServiceCollection services, IConfiguration settings)
    {
        var section = settings.GetSection("Teleconsultation");
        return services.AddSingleton(new TeleconsultationSettings
        {
            TokenLifetime = Read(section, nameof(TeleconsultationSettings.TokenLifetime), TimeSpan.FromHours(2)),
            Grace = Read(section, nameof(TeleconsultationSettings.Grace), TimeSpan.FromHours(4)),
            GuestsBefore = Read(section, nameof(TeleconsultationSettings.GuestsBefore), TimeSpan.FromMinutes(30)),
        });
    }

    private static TimeSpan Read(IConfigurationSection section, string name, TimeSpan otherwise) =>
        section[name] is not { Length: > 0 } text ? otherwise
        : TimeSpan.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var length) && length > TimeSpan.Zero && length <= TimeSpan.FromDays(1) ? length
        : throw new StartRefusedException($"Teleconsultation:{name} must be a length of time of at most a day: 02:00:00.");
}
