using Colloque.Conversations;
using Colloque.Notifications;
using Colloque.Storage;

namespace Colloque.Server.Notifications;

/// <summary>Settings of notices about messages: <c>MessageNotices__After</c>, <c>__MailAfter</c>, <c>UrgentMessages__After</c>, as <c>hh:mm:ss</c>; <c>Push__AllowPrivateEndpoints</c>, <c>Push__Contact</c>; <c>Emergency__Numbers__0</c> and on, <c>Emergency__Countries__FR__0</c> and on.</summary>
internal static class MessageNoticeHosting
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    /// <exception cref="StartRefusedException">A setting makes no sense.</exception>
    internal static IServiceCollection AddMessageNotices(this IServiceCollection services, IConfiguration settings) => services
        .AddSingleton(Times(settings)).AddSingleton(Push(settings)).AddSingleton(Numbers(settings.GetSection("Emergency")))
        .AddSingleton<PushCarrier>().AddHostedService<PushSender>().AddHostedService<MessageNoticeSweep>();

    private static MessageNoticeTimes Times(IConfiguration settings)
    {
        var usual = MessageNoticeTimes.Usual;
        var times = new MessageNoticeTimes(
            settings.GetValue("MessageNotices:After", usual.After), settings.GetValue("MessageNotices:MailAfter", usual.MailAfter), settings.GetValue("UrgentMessages:After", usual.UrgentAfter));
        return times is { After.Ticks: > 0, UrgentAfter.Ticks: > 0 } && times.MailAfter >= times.After && times.MailAfter <= Longest && times.UrgentAfter <= Longest
            ? times
            : throw new StartRefusedException("MessageNotices__After, MessageNotices__MailAfter (not less) and UrgentMessages__After are times of up to a day, as hh:mm:ss.");
    }

    private static PushSettings Push(IConfiguration settings)
    {
        var contact = settings["Push:Contact"] ?? (settings["PublicUrl"] is { } own && own.StartsWith("https://", StringComparison.Ordinal) ? own : null);
        return contact is null || contact.StartsWith("mailto:", StringComparison.Ordinal) || contact.StartsWith("https://", StringComparison.Ordinal)
            ? new(settings.GetValue("Push:AllowPrivateEndpoints", false), contact)
            : throw new StartRefusedException("Push__Contact is a mailto: or an https: address.");
    }

    private static EmergencyNumbers Numbers(IConfiguration settings)
    {
        var numbers = settings.GetSection("Numbers").Get<string[]>() ?? [.. EmergencyNumbers.France.Usual];
        var countries = settings.GetSection("Countries").Get<Dictionary<string, string[]>>() ?? [];
        return numbers.Concat(countries.Values.SelectMany(static n => n)).All(static n => n.Length is > 0 and <= 20 && n.All(static c => char.IsAsciiDigit(c) || c is '+' or ' '))
            ? new(numbers, countries.ToDictionary(static c => c.Key, static c => (IReadOnlyList<string>)c.Value, StringComparer.OrdinalIgnoreCase))
            : throw new StartRefusedException("Emergency__Numbers and Emergency__Countries are telephone numbers.");
    }
}
