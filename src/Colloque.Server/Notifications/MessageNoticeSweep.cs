using Colloque.Conversations;
using Colloque.Notifications;
using Colloque.Server.Hosting;
using Colloque.Storage;

namespace Colloque.Server.Notifications;

/// <summary>
/// Looks at messages that stay unread and at urgent ones that nobody acknowledged. While the clock cannot be believed neither is told of: a wrong date must not write to
/// everybody, nor seat deputies in every conversation.
/// </summary>
internal sealed class MessageNoticeSweep(Verbs verbs, MessageNews news, ClockWatch clocks, TimeProvider time, ILogger<MessageNoticeSweep> logger) : Sweep(TimeSpan.FromSeconds(2), time, logger)
{
    /// <inheritdoc/>
    protected override async Task LookAsync(CancellationToken cancellationToken)
    {
        await TryAsync(SettleAsync, cancellationToken);
        if (!clocks.Look())
        {
            return;
        }

        await TryAsync(ClimbAsync, cancellationToken);
        if (news.NeedsScan)
        {
            await TryAsync(ScanAsync, cancellationToken);
        }

        await TryAsync(NoticeAsync, cancellationToken);
    }

    private Task SettleAsync(CancellationToken cancellationToken) =>
        DrainAsync(SettleNotices.Most, () => verbs.RunAsync(null, (SettleNotices verb) => verb.RunAsync(cancellationToken), cancellationToken), cancellationToken);

    private Task ClimbAsync(CancellationToken cancellationToken) =>
        DrainAsync(ClimbUrgentMessages.Most, () => verbs.RunAsync(null, (ClimbUrgentMessages verb) => verb.RunAsync(cancellationToken), cancellationToken), cancellationToken);

    private Task ScanAsync(CancellationToken cancellationToken) => verbs.RunAsync(null, (FindNews verb) => verb.RunAsync(cancellationToken), cancellationToken);

    private Task NoticeAsync(CancellationToken cancellationToken) =>
        DrainAsync(NoticeMessages.Most, () => verbs.RunAsync(null, (NoticeMessages verb) => verb.RunAsync(cancellationToken), cancellationToken), cancellationToken);
}

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
