using Colloque.Accounts;
using Colloque.Consultations;
using Colloque.Conversations;
using Colloque.Scheduling;
using Colloque.Security;
using Colloque.Server.Contracts.LiveConsultations;
using Colloque.Storage;

namespace Colloque.Server.Hosting;

/// <summary>A demo clinic and a demo health programme, filled through the product's own verbs: consultations in every state, one under way.</summary>
internal sealed class DemoData
{
    private readonly IServiceProvider services;
    private readonly Verbs verbs;
    private readonly MessageLog log;
    private readonly TimeProvider time;
    private readonly string password;
    private readonly Dictionary<Guid, string> organizations = [];
    private readonly List<DemoUser> users = [];
    private readonly List<DemoConsultation> consultations = [];
    private readonly CancellationToken cancellationToken;

    private DemoData(IServiceProvider services, CancellationToken cancellationToken)
    {
        this.services = services;
        verbs = services.GetRequiredService<Verbs>();
        log = services.GetRequiredService<MessageLog>();
        time = services.GetRequiredService<TimeProvider>();
        // One word for all, of this data folder alone: a known password would open every demo that someone puts on a network.
        password = "colloque-" + Convert.ToHexStringLower(services.GetRequiredService<MasterKey>().Derive("demo password", 5));
        this.cancellationToken = cancellationToken;
    }

    /// <summary>Gives the demo a LiveKit secret of its own, where none is set, so that tokens can be tried out.</summary>
    internal static void Configure(IConfiguration settings, MasterKey master)
    {
        if (settings["LiveKit:Url"] is null)
        {
            // Nobody need be there to take orders.
            settings["LiveKit:Url"] = "ws://localhost:7880";
            settings["LiveKit:ApiUrl"] ??= "";
            // And so nobody is there to hold visits: those of the demo go from browser to browser.
            settings["Rooms:Provider"] ??= "peer";
        }

        settings["LiveKit:ApiKey"] ??= "demo";
        settings["LiveKit:ApiSecret"] ??= Convert.ToHexStringLower(master.Derive("demo livekit secret", 32));
    }

    internal static async Task<DemoFile> FillAsync(IServiceProvider services, DataFolder folder, CancellationToken cancellationToken)
    {
        var demo = new DemoData(services, cancellationToken);
        await demo.FillAsync();
        var settings = services.GetRequiredService<IConfiguration>();
        var file = new DemoFile([.. demo.users.Skip(1), demo.users[0]], demo.consultations, new(settings["LiveKit:Url"]!, settings["LiveKit:ApiKey"]!, settings["LiveKit:ApiSecret"]!));
        file.Write(folder);
        return file;
    }

    private async Task FillAsync()
    {
        var operatorCaller = await OperatorAsync();
        await PlatformAdminAsync(operatorCaller);
        var clinic = await OrganizationAsync(operatorCaller, "Clinique des Tilleuls", "tilleuls");
        var programme = await OrganizationAsync(operatorCaller, "Programa Salud Ribera", "ribera");

        var amina = await UserAsync(operatorCaller, clinic, "Amina Rahal", "amina.rahal@tilleuls.example", Role.Practitioner, "fr", "Dr", "Psychologue clinicienne");
        var nadia = await UserAsync(operatorCaller, clinic, "Nadia Benali", "nadia.benali@tilleuls.example", Role.Patient, "fr");
        var marc = await UserAsync(operatorCaller, clinic, "Marc-Antoine de La Rochefoucauld", "marc.rochefoucauld@tilleuls.example", Role.Patient, "fr");
        await UserAsync(operatorCaller, clinic, "Hélène Garnier", "helene.garnier@tilleuls.example", Role.OrganizationAdmin, "fr");
        var tomas = await UserAsync(operatorCaller, programme, "Tomás Herrera", "tomas.herrera@ribera.example", Role.Practitioner, "es", "Dr.", "Psiquiatra");
        var lucia = await UserAsync(operatorCaller, programme, "Lucía Ortega", "lucia.ortega@ribera.example", Role.Patient, "es");
        await HoursAsync(amina.Caller, "Europe/Paris", (1, 4, "09:00", "12:00"), (1, 4, "14:00", "18:00"), (5, 5, "09:00", "13:00"));
        await HoursAsync(tomas.Caller, "Europe/Madrid", (1, 5, "10:00", "14:00"), (2, 2, "16:00", "20:00"), (4, 4, "16:00", "20:00"));
        await VisitsOfClinicAsync(amina, nadia, marc);
        await DemoRecords.FillAsync(services, amina.Caller, nadia.Caller, cancellationToken);
        await VisitAsync(lucia, tomas, ConsultationStatus.Scheduled, ConsultationFormat.Audio, TimeSpan.FromDays(2));
        await VisitAsync(lucia, tomas, ConsultationStatus.Confirmed, ConsultationFormat.Video, TimeSpan.FromDays(9));
        await VisitAsync(lucia, tomas, ConsultationStatus.Completed, ConsultationFormat.Video, TimeSpan.FromDays(-12));
    }

    /// <summary>The installation's first super-admin, who may make organizations and people.</summary>
    private async Task<Caller> OperatorAsync()
    {
        const string email = "operator@colloque.example";
        var id = await verbs.RunAsync(null, (CreateFirstAdmin verb) => verb.RunAsync(email, "Olivia Sander", "en", cancellationToken), cancellationToken)
            ?? throw new StartRefusedException("This data folder already has a super-admin: start it without --demo, or use another folder for the demo.");
        var caller = new Caller(Guid.Empty, id, Role.SuperAdmin, Guid.Empty);
        await verbs.RunAsync(caller, (SetPassword verb) => verb.RunAsync(id, password, cancellationToken), cancellationToken);
        users.Add(new(id, email, password, "super_admin", "", "Olivia Sander"));
        return caller;
    }

    private async Task PlatformAdminAsync(Caller caller)
    {
        const string email = "platform@colloque.example";
        var id = await verbs.RunAsync(
            caller, (CreateUser verb) => verb.RunAsync(new(null, email, "Paloma Reyes", Role.PlatformAdmin, "es", null, null, password), cancellationToken), cancellationToken);
        users.Add(new(id, email, password, "platform_admin", "", "Paloma Reyes"));
    }

    private async Task VisitsOfClinicAsync((Caller Caller, string Name) amina, (Caller Caller, string Name) nadia, (Caller Caller, string Name) marc)
    {
        var live = await VisitAsync(nadia, amina, ConsultationStatus.InProgress, ConsultationFormat.Video, TimeSpan.FromMinutes(-10));
        await SayAsync(live, amina.Caller, "Bonjour Nadia, je vous entends bien. Comment s’est passée la semaine ?");
        await SayAsync(live, nadia.Caller, "Bonjour Docteur. Mieux que la précédente : j’ai dormi presque toutes les nuits.");
        await SayAsync(live, amina.Caller, "C’est une bonne nouvelle. Gardez le même rythme du soir ; nous en reparlons à la fin.");
        await VisitAsync(marc, amina, ConsultationStatus.Scheduled, ConsultationFormat.Video, TimeSpan.FromDays(1));
        await VisitAsync(nadia, amina, ConsultationStatus.Confirmed, ConsultationFormat.Audio, TimeSpan.FromDays(7));
        await VisitAsync(marc, amina, ConsultationStatus.Cancelled, ConsultationFormat.InPerson, TimeSpan.FromDays(-3));
        await VisitAsync(nadia, amina, ConsultationStatus.NoShow, ConsultationFormat.Audio, TimeSpan.FromDays(-21));

        // It ends now, and its length is counted: it began an hour ago, before the one that is under way.
        var past = await VisitAsync(nadia, amina, ConsultationStatus.InProgress, ConsultationFormat.Video, TimeSpan.FromMinutes(-62));
        await SayAsync(past, nadia.Caller, "Merci pour tout, à la semaine prochaine.");
        await verbs.RunAsync(amina.Caller, (CloseConsultation verb) => verb.RunAsync(past, cancellationToken), cancellationToken);
        consultations[^1] = consultations[^1] with { Status = LiveWords.Of(ConsultationStatus.Completed) };
    }

    private async Task<Guid> OrganizationAsync(Caller caller, string name, string slug)
    {
        var id = await verbs.RunAsync(caller, (CreateOrganization verb) => verb.RunAsync(name, slug, cancellationToken), cancellationToken);
        organizations[id] = name;
        return id;
    }

    private async Task<(Caller Caller, string Name)> UserAsync(
        Caller caller, Guid organization, string name, string email, Role role, string language, string? title = null, string? specialty = null)
    {
        var id = await verbs.RunAsync(
            caller, (CreateUser verb) => verb.RunAsync(new(organization, email, name, role, language, title, specialty, password), cancellationToken), cancellationToken);
        var word = role switch { Role.Patient => "patient", Role.Practitioner => "practitioner", _ => "organization_admin" };
        users.Add(new(id, email, password, word, organizations[organization], name));
        return (new Caller(organization, id, role, Guid.Empty), name);
    }

    /// <summary>Hours of every week, from one day to another; visits of fifty minutes with ten between them.</summary>
    private async Task HoursAsync(Caller practitioner, string zone, params (int From, int Until, string Start, string End)[] hours)
    {
        await verbs.RunAsync(
            practitioner, (ChangePracticeSettings verb) => verb.RunAsync(new(zone, 50, 10, null, null, null, null), cancellationToken), cancellationToken);
        foreach (var (from, until, start, end) in hours)
        {
            for (var day = from; day <= until; day++)
            {
                var draft = new RuleDraft(null, day, null, null, MinuteOf(start), MinuteOf(end), null, null);
                await verbs.RunAsync(practitioner, (SaveAvailability verb) => verb.RunAsync(null, draft, cancellationToken), cancellationToken);
            }
        }
    }

    private static int MinuteOf(string time) => (int)TimeOnly.Parse(time, System.Globalization.CultureInfo.InvariantCulture).ToTimeSpan().TotalMinutes;

    private async Task<Guid> VisitAsync(
        (Caller Caller, string Name) patient, (Caller Caller, string Name) practitioner, ConsultationStatus status, ConsultationFormat format, TimeSpan from)
    {
        var at = time.GetUtcNow() + from;
        // On the half hour, as people book; what is under way began when it began.
        var scheduledAt = status == ConsultationStatus.InProgress && from > TimeSpan.FromDays(-1) ? at : new DateTimeOffset(at.Date, TimeSpan.Zero).AddHours(13.5);
        var draft = new ConsultationDraft(patient.Caller.UserId, practitioner.Caller.UserId, status, format, scheduledAt, 50);
        var id = await verbs.RunAsync(patient.Caller, (RecordConsultation verb) => verb.RunAsync(draft, cancellationToken), cancellationToken);
        consultations.Add(new(id, LiveWords.Of(status), patient.Caller.UserId, practitioner.Caller.UserId, patient.Name, practitioner.Name));
        return id;
    }

    private Task SayAsync(Guid conversation, Caller caller, string text)
    {
        var id = Guid.CreateVersion7(time.GetUtcNow());
        return log.AppendAsync(caller, conversation, new(id, id.ToString(), MessageKind.Text, text), cancellationToken);
    }
}
