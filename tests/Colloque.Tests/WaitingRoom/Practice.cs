using Colloque.Consultations;
using Colloque.Security;
using Colloque.Testing;
using Colloque.WaitingRoom;

namespace Colloque.Tests.WaitingRoom;

/// <summary>A world with two practitioners of one specialty in one organization, and visits at given times.</summary>
internal sealed class Practice : IAsyncDisposable
{
    private Practice(World world) => World = world;

    internal World World { get; }

    internal Caller Colleague { get; private set; } = null!;

    internal Caller Patient => World.Patient;

    internal Caller Practitioner => World.Practitioner;

    internal DateTimeOffset Now => World.Clock.GetUtcNow();

    internal static async Task<Practice> OpenAsync(PostgresFixture postgres)
    {
        var practice = new Practice(await World.CreateAsync(postgres));
        practice.Colleague = await practice.PractitionerAsync(practice.Practitioner.OrganizationId);
        await TestDatabase.ExecuteAsync(practice.World.Database.Superuser, "update users set specialty = 'Psychologue' where role = 'Practitioner'");
        return practice;
    }

    /// <summary>Another practitioner of an organization, or of the platform.</summary>
    internal async Task<Caller> PractitionerAsync(Guid organization, string specialty = "PSYCHOLOGUE")
    {
        var caller = new Caller(organization, Guid.CreateVersion7(), Role.Practitioner, Guid.CreateVersion7());
        var tenant = caller.Tenant is { } id ? $"'{id}'" : "null";
        await TestDatabase.ExecuteAsync(
            World.Database.Superuser,
            $"""
            insert into users (id, tenant_id, email, name, role, specialty, created_at) values ('{caller.UserId}', {tenant}, '{caller.UserId}@example', 'Colleague', 'Practitioner', '{specialty}', now());
            update practitioners set status = 'Validated' where user_id = '{caller.UserId}'
            """);
        return caller;
    }

    internal Task<Guid> VisitAsync(Caller patient, Caller practitioner, double inMinutes, int minutes = 30, ConsultationFormat format = ConsultationFormat.Video) =>
        World.RunAsync(patient, (RecordConsultation verb) => verb.RunAsync(
            new(patient.UserId, practitioner.UserId, ConsultationStatus.Confirmed, format, Now.AddMinutes(inMinutes), minutes), CancellationToken.None));

    internal Task<OwnPlace> EnterAsync(Caller patient, Guid id) => World.RunAsync(patient, (EnterWaitingRoom verb) => verb.RunAsync(id, CancellationToken.None));

    internal Task<OwnPlace> SeeAsync(Caller patient, Guid id) => World.RunAsync(patient, (SeeWaitingRoom verb) => verb.RunAsync(id, CancellationToken.None));

    internal Task<bool> LeaveAsync(Caller patient, Guid id) => World.RunAsync(patient, (LeaveWaitingRoom verb) => verb.RunAsync(id, CancellationToken.None));

    internal Task<QueueBoard> QueueAsync(Caller practitioner) => World.RunAsync(practitioner, (ListQueue verb) => verb.RunAsync(CancellationToken.None));

    internal Task<ConsultationView> AdmitAsync(Caller practitioner, Guid id) => World.RunAsync(practitioner, (AdmitPatient verb) => verb.RunAsync(id, CancellationToken.None));

    internal Task<QueuePlace> TakeAsync(Caller practitioner, Guid id) => World.RunAsync(practitioner, (TakePatient verb) => verb.RunAsync(id, CancellationToken.None));

    internal Task<Guid> HandOverAsync(Caller practitioner, Guid id, Caller to) => World.RunAsync(practitioner, (HandPatientOver verb) => verb.RunAsync(id, to.UserId, CancellationToken.None));

    internal Task<QueueBoard> ShareAsync(Caller practitioner, bool shares = true) => World.RunAsync(practitioner, (ShareQueue verb) => verb.RunAsync(shares, CancellationToken.None));

    internal Task<QueueBoard> DelayAsync(Caller practitioner, int? minutes) => World.RunAsync(practitioner, (TellDelay verb) => verb.RunAsync(minutes, CancellationToken.None));

    internal Task<ConsultationView> JoinAsync(Caller caller, Guid id) => World.RunAsync(caller, (JoinConsultation verb) => verb.RunAsync(id, CancellationToken.None));

    internal Task<ConsultationView> ViewAsync(Caller caller, Guid id) => World.RunAsync(caller, (GetConsultation verb) => verb.RunAsync(id, CancellationToken.None));

    internal async Task<string> EventsAsync(Guid id) =>
        await World.ScalarAsync<string>($"select string_agg(type || coalesce('/' || detail, ''), ' ' order by at, id) from consultation_events where consultation_id = '{id}' and type not in ('Scheduled', 'Confirmed', 'Joined')") ?? "";

    public ValueTask DisposeAsync() => World.DisposeAsync();
}
