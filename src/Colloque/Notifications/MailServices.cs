using Colloque.Security;
using Microsoft.Extensions.DependencyInjection;

namespace Colloque.Notifications;

/// <summary>Registers the queue; the host adds the sender that empties it.</summary>
public static class MailServices
{
    /// <summary>Adds <see cref="MailQueue"/> (for units of work) and <see cref="MailRows"/> (for single statements).</summary>
    internal static IServiceCollection AddMailQueue(this IServiceCollection services) =>
        services.AddSingleton(MessageNoticeTimes.Usual).AddSingleton<MessageNews>().AddSingleton(PushSettings.Usual).AddSingleton<PushSeal>().AddSingleton<PushKey>()
            .AddSingleton(Conversations.EmergencyNumbers.France).AddSingleton(new UsualReminders([24 * 60, 60])).AddSingleton<MailSeal>().AddSingleton<MailRows>().AddScoped<MailQueue>();
}
