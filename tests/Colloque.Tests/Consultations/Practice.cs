using Colloque.Consultations;
using Colloque.Security;
using Colloque.Testing;
using Xunit;

namespace Colloque.Tests.Consultations;

/// <summary>A world whose practitioner works every day round the clock, in slots of an hour: what booking is tested on.</summary>
public sealed class Practice : IAsyncDisposable
{
    private Practice(World world) => World = world;

    public World World { get; }

    /// <summary>Tomorrow at ten, by the world's clock: a slot.</summary>
    public static DateTimeOffset Ten { get; } = new(2026, 3, 2, 10, 0, 0, TimeSpan.Zero);

    public static async Task<Practice> CreateAsync(PostgresFixture postgres)
    {
        var world = await World.CreateAsync(postgres);
        await TestDatabase.ExecuteAsync(
            world.Database.Superuser,
            $"""
            update practitioners set time_zone = 'Etc/UTC';
            insert into practice_settings (practitioner_id, slot_minutes, updated_at) values ('{world.Practitioner.UserId}', 60, now());
            insert into availability_rules (id, practitioner_id, kind, day_of_week, start_minute, end_minute, created_at, updated_at)
              select gen_random_uuid(), '{world.Practitioner.UserId}', 'Recurring', d, 0, 1440, now(), now() from generate_series(0, 6) d;
            """);
        return new(world);
    }

    /// <summary>One more patient of the first organization.</summary>
    public async Task<Caller> PatientAsync()
    {
        var caller = World.Patient with { UserId = Guid.CreateVersion7(), SignInId = Guid.CreateVersion7() };
        await TestDatabase.ExecuteAsync(
            World.Database.Superuser,
            $"insert into users (id, tenant_id, email, name, role, created_at) values ('{caller.UserId}', '{caller.OrganizationId}', '{caller.UserId}@example', 'Third', 'Patient', now())");
        return caller;
    }

    public Task SetAsync(string settings) =>
        TestDatabase.ExecuteAsync(World.Database.Superuser, $"update practice_settings set {settings} where practitioner_id = '{World.Practitioner.UserId}'");

    public Task<ConsultationView> BookAsync(Caller patient, DateTimeOffset at, Guid? hold = null, string? reason = null, string? key = null, ConsultationFormat format = ConsultationFormat.Video) =>
        World.RunAsync(patient, (BookConsultation verb) => verb.RunAsync(new(World.Practitioner.UserId, null, at, null, format, reason, hold, key), CancellationToken.None));

    public Task<HoldView> HoldAsync(Caller patient, DateTimeOffset at) =>
        World.RunAsync(patient, (HoldSlot verb) => verb.RunAsync(World.Practitioner.UserId, at, CancellationToken.None));

    public Task<ConsultationView> CancelAsync(Caller caller, Guid id, string? reason = null) =>
        World.RunAsync(caller, (CancelConsultation verb) => verb.RunAsync(id, reason, CancellationToken.None));

    public Task<ConsultationView> MoveAsync(Caller caller, Guid id, DateTimeOffset to, int? minutes = null) =>
        World.RunAsync(caller, (RescheduleConsultation verb) => verb.RunAsync(id, to, minutes, CancellationToken.None));

    public Task<WaitingView> WaitAsync(Caller patient, DateTimeOffset? from = null, DateTimeOffset? until = null) =>
        World.RunAsync(patient, (JoinWaitingList verb) => verb.RunAsync(World.Practitioner.UserId, from, until, CancellationToken.None));

    public async Task<WaitingView?> WaitsAsync(Caller patient) =>
        (await World.RunAsync(patient, (ListWaiting verb) => verb.RunAsync(CancellationToken.None))).SingleOrDefault();

    public Task<ConsultationView> ViewAsync(Caller caller, Guid id) => World.RunAsync(caller, (GetConsultation verb) => verb.RunAsync(id, CancellationToken.None));

    public Task<IReadOnlyList<ConsultationEventView>> EventsAsync(Guid id) =>
        World.RunAsync(World.Patient, (ListConsultationEvents verb) => verb.RunAsync(id, CancellationToken.None));

    /// <summary>What the server does every few seconds.</summary>
    public async Task SweepAsync()
    {
        var verbs = World.Get<Colloque.Storage.Verbs>();
        await verbs.RunAsync(null, (SweepConsultations verb) => verb.RunAsync(new(TimeSpan.FromMinutes(15), TimeSpan.FromHours(4)), CancellationToken.None), CancellationToken.None);
        foreach (var offer in await verbs.RunAsync(null, (SweepHolds verb) => verb.RunAsync(CancellationToken.None), CancellationToken.None))
        {
            var practitioner = new Caller(Guid.Empty, offer.PractitionerId, Role.Practitioner, Guid.Empty);
            Assert.True(await verbs.RunAsync(practitioner, (PassOffer verb) => verb.RunAsync(offer, CancellationToken.None), CancellationToken.None));
        }
    }

    public static async Task RefusedAsync<T>(string code, Func<Task<T>> act, string? field = null)
    {
        var refusal = await Assert.ThrowsAsync<Refusal>(act);
        Assert.Equal((code, field ?? refusal.Field), (refusal.Code, refusal.Field));
    }

    public ValueTask DisposeAsync() => World.DisposeAsync();
}
