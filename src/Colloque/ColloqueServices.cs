using Colloque.Audit;
using Colloque.Consultations;
using Colloque.Conversations;
using Colloque.Notifications;
using Colloque.People.Import;
using Colloque.Security;
using Colloque.Storage;
using Colloque.WaitingRoom;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Colloque;

/// <summary>Registers the core: verbs by one scan, and the few singletons below them.</summary>
public static class ColloqueServices
{
    /// <summary>Adds the core. The host adds <see cref="IAnnouncer"/>, a clock and logging.</summary>
    public static IServiceCollection AddColloque(this IServiceCollection services, ColloqueDatabase database, MasterKey master)
    {
        services.AddSingleton(database).AddSingleton(master).AddSingleton<KeyStore>().AddSingleton<KeyRing>();
        services.AddSingleton<AuditKeys>().AddSingleton<AuditRows>().AddSingleton<AuditTrail>();
        services.AddSingleton<MessageLogOptions>().AddSingleton<MessageLog>().AddSingleton<Verbs>();
        services.AddSingleton<ClockWatch>().AddSingleton<Reports.ReportSettings>().AddScoped<Reports.MonthFreeze>();
        services.AddDbContextPool<ColloqueDb>(o => o.UseNpgsql(database.Source));
        services.AddScoped<CallerScope>().AddScoped<UnitOfWork>().AddMailQueue();
        services.AddSingleton<WaitingRoomOptions>().AddSingleton<RoomOptions>().AddSingleton<Attendance>().AddScoped<WaitingLine>().AddScoped<HandOver>().AddScoped<QueueBoards>();
        services.AddSingleton<Calls.CallOptions>().AddSingleton<Calls.CallAttendance>().AddSingleton<Security.NodeSeal>().AddSingleton<NotificationChannel>().AddScoped<Calls.CallRows>().AddScoped<Calls.CallDesk>().AddSingleton<Calls.TellOfCall>();
        // A verb is a public sealed class of a feature folder with a method RunAsync; MessageChange and ConsultationLife are parts of verbs.
        // Those of accounts come with the parts they stand on (AddAccountParts): a command or a test that signs nobody in needs no passwords.
        foreach (var verb in typeof(ColloqueServices).Assembly.GetExportedTypes().Where(IsVerb))
        {
            services.AddScoped(verb);
        }

        return services.AddScoped<MessageChange>().AddScoped<ConversationRows>().AddScoped<ContextUnread>().AddScoped<ChangeConversation>().AddScoped<SeatPractitioner>().AddScoped<ConversationDesk>().AddScoped<NameDeputy>().AddScoped<People.PractitionerRows>().AddScoped<Scheduling.PracticeCalendars>().AddScoped<Scheduling.PracticeRows>().AddScoped<Scheduling.NextTimes>()
            .AddScoped<ConsultationLife>().AddScoped<ConsultationReader>().AddScoped<ConsultationBooks>().AddScoped<BookingDesk>().AddScoped<WaitingList>().AddSingleton<BookingQueue>()
            .AddSingleton<JoinTokens>().AddSingleton<Teleconsultation.TeleconsultationSettings>().AddScoped<Teleconsultation.TeleconsultationRows>().AddScoped<Teleconsultation.JoinLinkRows>()
            .AddScoped<Files.FileRows>().AddScoped<Records.RecordRows>().AddScoped<Records.RecordReports>()
            .AddSingleton<Retention.RetentionSettings>().AddScoped<Retention.PurgeRows>().AddSingleton<Exports.ExportSettings>().AddSingleton<Exports.PdfCommand>().AddScoped<Exports.ExportConversation>()
            .AddScoped<StageRows>().AddScoped<StoreRows>().AddScoped<SealImport>().AddScoped<EndImport>();
    }

    private static bool IsVerb(Type type) =>
        type is { IsSealed: true, IsAbstract: false } && type.Namespace is not ("Colloque.Storage" or "Colloque.Security" or "Colloque.Accounts") && type.GetMethods().Any(static m => m.Name == "RunAsync");
}
