using Colloque.Consultations;
using Colloque.Conversations;
using Colloque.Security;
using Colloque.Storage;
using Colloque.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Colloque.Tests;

/// <summary>Two organizations, their people, and the core over a database of its own, as the server runs it.</summary>
public sealed class World : IAsyncDisposable
{
    private readonly ServiceProvider services;

    private World(TestDatabase database)
    {
        Database = database;
        var collection = new ServiceCollection();
        collection.AddLogging(static b => b.SetMinimumLevel(LogLevel.None));
        collection.AddSingleton<TimeProvider>(Clock).AddSingleton(Heard).AddSingleton<IAnnouncer>(Heard);
        collection.AddSingleton(new Colloque.Accounts.PublicAddress(null)).AddSingleton(RateLimitSettings.Default).AddSingleton<RateLimits>();
        collection.AddColloque(ColloqueDatabase.Open(database.Runtime), Master);
        services = collection.BuildServiceProvider();
    }

    public MasterKey Master { get; } = new([.. Enumerable.Range(1, 32).Select(static i => (byte)i)]);

    public TestDatabase Database { get; }

    public FakeClock Clock { get; } = new();

    public Heard Heard { get; } = new();

    public Caller Patient { get; } = Person(Role.Patient, 1);

    public Caller Practitioner { get; } = Person(Role.Practitioner, 1);

    public Caller OtherPatient { get; } = Person(Role.Patient, 1);

    public Caller Admin { get; } = Person(Role.OrganizationAdmin, 1);

    public Caller Stranger { get; } = Person(Role.Practitioner, 2);

    public Caller StrangersPatient { get; } = Person(Role.Patient, 2);

    /// <summary>A practitioner of the platform's own, and another; they have accounts once <see cref="AddPlatformPractitionersAsync"/> has run.</summary>
    public Caller Freelance { get; } = new(Guid.Empty, Guid.CreateVersion7(), Role.Practitioner, Guid.CreateVersion7());

    public Caller OtherFreelance { get; } = new(Guid.Empty, Guid.CreateVersion7(), Role.Practitioner, Guid.CreateVersion7());

    public T Get<T>()
        where T : notnull => services.GetRequiredService<T>();

    public MessageLog Log => services.GetRequiredService<MessageLog>();

    public KeyRing Keys => services.GetRequiredService<KeyRing>();

    public SendMessage Send => services.GetRequiredService<SendMessage>();

    public ColloqueDatabase Runtime => services.GetRequiredService<ColloqueDatabase>();

    public static async Task<World> CreateAsync(PostgresFixture postgres)
    {
        var world = new World(await postgres.CreateDatabaseAsync());
        foreach (var caller in (Caller[])[world.Patient, world.Practitioner, world.OtherPatient, world.Admin, world.Stranger, world.StrangersPatient])
        {
            await world.AddAsync(caller);
        }

        return world;
    }

    public Task<T> RunAsync<TVerb, T>(Caller caller, Func<TVerb, Task<T>> run)
        where TVerb : notnull => services.GetRequiredService<Verbs>().RunAsync(caller, run, CancellationToken.None);

    public Task<Guid> ConsultationAsync(ConsultationStatus status = ConsultationStatus.InProgress) => ConsultationAsync(Patient, Practitioner, status);

    public Task<Guid> ConsultationAsync(Caller patient, Caller practitioner, ConsultationStatus status) =>
        RunAsync(patient, (RecordConsultation verb) =>
            verb.RunAsync(new(patient.UserId, practitioner.UserId, status, ConsultationFormat.Video, Clock.GetUtcNow(), 50, Exclusive: false), CancellationToken.None));

    public Task<MessageView> SayAsync(Caller caller, Guid conversation, string text, string? clientMsgId = null) =>
        Send.RunAsync(caller, conversation, new(text, clientMsgId), CancellationToken.None);

    public Task<ConversationPage> PageAsync(Caller caller, Guid conversation) => Log.BeforeAsync(caller, conversation, long.MaxValue, 100, CancellationToken.None);

    /// <summary>As the superuser, whom no policy binds.</summary>
    public async Task<T?> ScalarAsync<T>(string sql)
    {
        await using var source = NpgsqlDataSource.Create(Database.Superuser);
        await using var command = source.CreateCommand(sql);
        return (T?)await command.ExecuteScalarAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Log.DisposeAsync();
        await Runtime.Source.DisposeAsync();
        await services.DisposeAsync();
        await Database.DisposeAsync();
    }

    public Task AddPlatformPractitionersAsync() => TestDatabase.ExecuteAsync(
        Database.Superuser,
        $"""
        insert into users (id, email, name, role, created_at) values
          ('{Freelance.UserId}', 'one@freelance.example', 'Freelance One', 'Practitioner', now()), ('{OtherFreelance.UserId}', 'two@freelance.example', 'Freelance Two', 'Practitioner', now())
        """);

    private static Caller Person(Role role, byte organization) => new(new Guid(organization, 0, 0, new byte[8]), Guid.CreateVersion7(), role, Guid.CreateVersion7());

    private Task AddAsync(Caller caller) => TestDatabase.ExecuteAsync(
        Database.Superuser,
        $"""
        insert into organizations (id, name, slug, created_at) values ('{caller.OrganizationId}', 'Organization', 'o-{caller.OrganizationId}', now()) on conflict do nothing;
        insert into users (id, tenant_id, email, name, role, created_at) values ('{caller.UserId}', '{caller.OrganizationId}', '{caller.UserId}@example', 'Name of {caller.Role}', '{caller.Role}', now());
        """);
}

/// <summary>A clock that goes only when told to.</summary>
public sealed class FakeClock : TimeProvider
{
    private DateTimeOffset now = new(2026, 3, 1, 9, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => now;

    public void Advance(TimeSpan by) => now += by;
}

/// <summary>Remembers what was announced, in order.</summary>
public sealed class Heard : IAnnouncer
{
    private readonly List<Announcement> all = [];

    public IReadOnlyList<Announcement> All
    {
        get
        {
            lock (all)
            {
                return [.. all];
            }
        }
    }

    public void Announce(Announcement announcement)
    {
        lock (all)
        {
            all.Add(announcement);
        }
    }
}
