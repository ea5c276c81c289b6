using System.Text.Json;
using Colloque.Accounts;
using Colloque.Conversations;
using Colloque.Files;
using Colloque.Presence;
using Colloque.Security;
using Colloque.Server.Accounts;
using Colloque.Server.Audit;
using Colloque.Server.Calls;
using Colloque.Server.Consultations;
using Colloque.Server.Contracts.DirectChat;
using Colloque.Server.Contracts.LiveConsultations;
using Colloque.Server.Contracts.Messaging;
using Colloque.Server.Contracts.Platform;
using Colloque.Server.Contracts.Teleconsultation;
using Colloque.Server.Exports;
using Colloque.Server.Files;
using Colloque.Server.Http;
using Colloque.Server.Mail;
using Colloque.Server.Media;
using Colloque.Server.Notifications;
using Colloque.Server.Operations;
using Colloque.Server.People;
using Colloque.Server.Realtime;
using Colloque.Server.Reports;
using Colloque.Server.Retention;
using Colloque.Server.WaitingRoom;
using SocketIO.AspNetCore;

namespace Colloque.Server.Hosting;

/// <summary>Puts the parts together: what is registered, and what answers where.</summary>
internal static class ServerHost
{
    /// <summary>The services of a running installation, shared by the server and its commands.</summary>
    internal static void AddInstallation(IServiceCollection services, Installation installation, IConfiguration settings)
    {
        services.AddSingleton(TimeProvider.System);
        services.AddColloque(installation.Database, installation.Master);
        services.AddSingleton<Announcer>().AddSingleton<IAnnouncer>(static s => s.GetRequiredService<Announcer>());
        services.AddSingleton(settings.GetSection("MessageLog").Get<MessageLogOptions>() ?? new());
        services.AddTeleconsultation(settings);
        services.AddAccounts(settings);
        services.AddFiles(installation.Folder.Files, new VirusScanSettings(settings["Files:Clamd"]), settings.GetSection("Files:Quotas").Get<FileQuotas>(), settings.GetSection("Files:S3").Get<S3Settings>());
        services.AddMail(settings, installation.Folder.Mail);
        services.AddOperations(installation, settings);
        services.AddAudit(installation.Folder, settings);
        services.AddReports(settings);
        services.AddExports(settings);
    }

    internal static WebApplicationBuilder CreateBuilder(CommandLine line)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = line.Rest, ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.ClearProviders();
        builder.Logging.AddJsonConsole(static o => o.JsonWriterOptions = new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        builder.Logging.SetMinimumLevel(LogLevel.Information);
        // Frameworks log URLs and statements at lower levels; ids only leave this process.
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning).AddFilter("System", LogLevel.Warning).AddFilter("Npgsql", LogLevel.Error)
            .AddFilter("Microsoft.EntityFrameworkCore", LogLevel.None);
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(static kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 1024 * 1024;
            kestrel.Limits.MaxRequestHeadersTotalSize = 32 * 1024;
            kestrel.Limits.MaxConcurrentConnections = 50_000;
            kestrel.Limits.MaxConcurrentUpgradedConnections = 50_000;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
        });
        return builder;
    }

    internal static void AddServer(WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOidc(builder.Configuration);
        services.AddWaitingRoom(builder.Configuration);
        services.AddCalls(builder.Configuration);
        services.AddNotices(builder.Configuration);
        services.AddRetention(builder.Configuration);
        services.AddMessageNotices(builder.Configuration);
        services.AddSingleton<PresenceBoard>();
        services.AddSingleton<ConversationSeats>().AddSingleton<SeatBook>().AddSingleton<LiveInbox>().AddHostedService(static s => s.GetRequiredService<LiveInbox>()).AddSingleton<LiveReplay>().AddSingleton<LiveThreads>();
        services.AddSingleton<LiveGuests>().AddSingleton<LivePresence>().AddSingleton<SocketAudit>().AddSingleton<LiveNamespace>().AddSingleton<SignedSockets>().AddSingleton<LiveAnnouncer>();
        services.AddSingleton<ChatNamespace>().AddSingleton<ChatAnnouncer>().AddHostedService(static s => s.GetRequiredService<ChatAnnouncer>()).AddSingleton<DirectWords>().AddSingleton(DirectErrors.Dialect);
        services.AddLiveKit();
        services.AddSingleton((builder.Configuration.GetSection("Consultations").Get<ConsultationSweepOptions>() ?? new()).ToDeadlines()).AddHostedService<ConsultationSweep>();
        services.AddHostedService<Sweeps>().AddHostedService<DoomedObjectsSweep>().AddHostedService<MailSender>().AddHostedService<InvitationSweep>().AddHostedService<UsageSweep>();
        services.AddHostedService<Scheduling.NextTimesSweep>();
        services.AddHostedService(static s => s.GetRequiredService<Backups>());
        services.AddSocketIO(o => Origins.Allowed(builder.Configuration).ForEach(o.AllowedOrigins.Add));
        services.AddOpenApi("v1", static o => o.AddDocumentTransformer<ApiDescription>().AddOperationTransformer<AccessDescription>().AddDocumentTransformer<DirectDescription>());
        services.AddRouting();
    }

    internal static void Map(WebApplication app)
    {
        app.UseProblems();
        app.UseSecurityHeaders();
        app.UseRouting();
        app.UseAudit();
        app.MapHealth();
        app.MapOpenApi();
        app.MapApiPage();
        app.MapAuth();
        app.MapOidc();
        app.MapPasskeys();
        app.MapSessions();
        app.MapOperations();
        app.MapPlatformConsultations();
        app.MapBooking();
        app.MapQueue();
        app.MapRooms();
        app.MapLiveCalls();
        app.MapCalls();
        app.MapNotifications();
        app.MapPush();
        app.MapPractitioners();
        app.MapAvailability();
        app.MapDocuments();
        app.MapPrivateFiles();
        app.MapPictures();
        app.MapCompanies();
        app.MapEmployees();
        app.MapEmployeeImport();
        app.MapAuditLogs();
        app.MapReports();
        app.MapReportExports();
        app.MapConversations();
        app.MapConversationMessages();
        app.MapRecords();
        app.MapMessaging();
        app.MapChat();
        app.MapDirectChat();
        app.MapDirectFiles();
        app.MapSearch();
        app.MapExports();
        app.MapRetention();
        app.MapLiveConsultations();
        app.MapTeleconsultation();
        app.MapJoinLinks();
        app.MapStorage();
        MapSockets(app);
        app.MapWebClient();
    }

    private static void MapSockets(WebApplication app)
    {
        var io = app.MapSocketIO();
        var services = app.Services;
        services.GetRequiredService<Vitals>().CountSockets(() => io.ConnectionCount);
        services.GetRequiredService<LiveGuests>().Map(io);
        services.GetRequiredService<LiveNamespace>().Map(io);
        services.GetRequiredService<LiveThreads>().Map(io);
        services.GetRequiredService<LiveCalls>().Map(io);
        services.GetRequiredService<LiveInbox>().Map(io);
        services.GetRequiredService<LiveQueue>().Map(io);
        // First: who is seated is known anew before anybody is told.
        services.GetRequiredService<Announcer>().Add(services.GetRequiredService<SeatBook>().Note);
        services.GetRequiredService<Announcer>().Add(services.GetRequiredService<CallSwitch>().Announce);
        services.GetRequiredService<Announcer>().Add(services.GetRequiredService<CallSweep>().Announce);
        services.GetRequiredService<CallExchange>().Map();
        services.GetRequiredService<Announcer>().Add(services.GetRequiredService<CallExchange>().Announce);
        var announcer = services.GetRequiredService<LiveAnnouncer>();
        announcer.Map(io);
        services.GetRequiredService<Announcer>().Add(announcer.Announce);
        var chat = services.GetRequiredService<ChatAnnouncer>();
        chat.Map(io);
        services.GetRequiredService<ChatNamespace>().Map(io);
        services.GetRequiredService<AudioCallNamespace>().Map(io);
        services.GetRequiredService<Announcer>().Add(chat.Announce);
        services.GetRequiredService<Announcer>().Add(services.GetRequiredService<Colloque.Notifications.MessageNews>().Announce);
        services.GetRequiredService<Announcer>().Add(services.GetRequiredService<LiveKitRooms>().Announce);
    }
}
