using Colloque.Notifications;
using Colloque.Storage;

namespace Colloque.Server.Mail;

/// <summary>Puts mail together from the settings <c>Mail</c>.</summary>
internal static class MailHosting
{
    /// <summary>Adds where mail goes: the server of <c>Mail:Host</c>, or files in a folder.</summary>
    /// <exception cref="StartRefusedException">A setting makes no sense.</exception>
    internal static IServiceCollection AddMail(this IServiceCollection services, IConfiguration settings, string folder)
    {
        var mail = settings.GetSection("Mail");
        var from = MailSettings.Parse(mail["From"] is { Length: > 0 } set ? set : $"no-reply@{Host(settings)}")
            ?? throw new StartRefusedException("Mail:From must be an address, or a name and an address: Colloque <no-reply@care.example>.");
        services.AddSingleton(from);
        return SmtpSettings.Read(mail) is { } smtp
            ? services.AddSingleton(smtp).AddSingleton<IMailCarrier, SmtpCarrier>()
            : services.AddSingleton<IMailCarrier>(s => new MailFolder(folder, s.GetRequiredService<TimeProvider>()));
    }

    private static string Host(IConfiguration settings) =>
        Uri.TryCreate(settings["PublicUrl"], UriKind.Absolute, out var url) && url.HostNameType == UriHostNameType.Dns ? url.IdnHost : "localhost";
}
