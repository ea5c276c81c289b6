using System.Net;
using Colloque.Accounts;
using Colloque.Security;
using Colloque.Storage;
using Colloque.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Colloque.Tests.Accounts;

/// <summary>An installation with a super-admin, one organization and one patient who can sign in, over a database of its own.</summary>
public sealed class Clinic : IAsyncDisposable
{
    public const string Email = "nadia@clinic.example";
    public const string Password = "correct horse battery";

    private readonly TestDatabase database;
    private readonly ServiceProvider services;

    private Clinic(TestDatabase database, RateLimitSettings limits)
    {
        this.database = database;
        var collection = new ServiceCollection();
        collection.AddLogging(static b => b.SetMinimumLevel(LogLevel.None));
        collection.AddSingleton<TimeProvider>(Clock).AddSingleton<Passwords>(Passwords).AddSingleton<IAnnouncer, Nobody>();
        collection.AddColloque(ColloqueDatabase.Open(database.Runtime), new MasterKey([.. Enumerable.Range(1, 32).Select(static i => (byte)i)]));
        collection.AddAccountParts(new(), limits, new());
        services = collection.BuildServiceProvider(validateScopes: true);
    }

    public static Origin Home { get; } = new(IPAddress.Parse("192.0.2.7"), "Test browser");

    public static Origin Elsewhere { get; } = new(IPAddress.Parse("198.51.100.9"), "Test browser");

    public ManualClock Clock { get; } = new();

    public CountingPasswords Passwords { get; } = new();

    public Caller Root { get; private set; } = null!;

    public Guid Organization { get; private set; }

    public Guid Patient { get; private set; }

    public SignInWatch Watch => Get<SignInWatch>();

    public TokenVerifier Verifier => Get<TokenVerifier>();

    public static Task<Clinic> OpenAsync(PostgresFixture postgres) => OpenAsync(postgres, RateLimitSettings.Default with { Enabled = false });

    public static async Task<Clinic> OpenAsync(PostgresFixture postgres, RateLimitSettings limits)
    {
        var clinic = await OpenEmptyAsync(postgres, limits);
        var root = await clinic.Get<CreateFirstAdmin>().RunAsync("root@clinic.example", "Root", "en", CancellationToken.None);
        clinic.Root = new(Guid.Empty, root!.Value, Role.SuperAdmin, Guid.Empty);
        clinic.Organization = await clinic.RunAsync(clinic.Root, (CreateOrganization verb) => verb.RunAsync("Clinic", "clinic", CancellationToken.None));
        clinic.Patient = await clinic.AddAsync(new(clinic.Organization, Email, "Nadia", Role.Patient, "fr", null, null, Password));
        return clinic;
    }

    /// <summary>As after the first migration: nobody.</summary>
    public static async Task<Clinic> OpenEmptyAsync(PostgresFixture postgres, RateLimitSettings? limits = null) => new(await postgres.CreateDatabaseAsync(), limits ?? RateLimitSettings.Default);

    public T Get<T>()
        where T : notnull => services.CreateScope().ServiceProvider.GetRequiredService<T>();

    public Task<T> RunAsync<TVerb, T>(Caller caller, Func<TVerb, Task<T>> run)
        where TVerb : notnull => Get<Verbs>().RunAsync(caller: caller, run: run, cancellationToken: CancellationToken.None);

    public Task<Guid> AddAsync(NewUser user) => RunAsync(Root, (CreateUser verb) => verb.RunAsync(user, CancellationToken.None));

    public async Task<SignedIn> SignInAsync(string email = Email, string password = Password, Origin? from = null, string? code = null) =>
        (await TrySignInAsync(email, password, from, code)).SignedIn!;

    public Task<SignInAnswer> TrySignInAsync(string email = Email, string password = Password, Origin? from = null, string? code = null) =>
        Get<SignIn>().RunAsync(new(email, password, from ?? Home, code), CancellationToken.None);

    public Task<SignedIn> RefreshAsync(string token) => Get<RefreshSignIn>().RunAsync(token, Home, CancellationToken.None);

    public async Task<bool> IsGoodAsync(string accessToken)
    {
        try
        {
            await Verifier.VerifyAsync(accessToken, CancellationToken.None);
            return true;
        }
        catch (Refusal refusal) when (refusal.Kind == RefusalKind.Unauthenticated)
        {
            return false;
        }
    }

    /// <summary>As the superuser, whom no policy binds.</summary>
    public Task SqlAsync(string sql) => TestDatabase.ExecuteAsync(database.Superuser, sql);

    public async Task<T?> ScalarAsync<T>(string sql)
    {
        await using var source = NpgsqlDataSource.Create(database.Superuser);
        await using var command = source.CreateCommand(sql);
        return (T?)await command.ExecuteScalarAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await services.GetRequiredService<ColloqueDatabase>().Source.DisposeAsync();
        await services.DisposeAsync();
        await database.DisposeAsync();
    }

    private sealed class Nobody : IAnnouncer
    {
        public void Announce(Announcement announcement)
        {
        }
    }
}
