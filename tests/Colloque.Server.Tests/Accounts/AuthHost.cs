using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Colloque.Accounts;
using Colloque.Security;
using Colloque.Server.Accounts;
using Colloque.Server.Contracts.Platform;
using Colloque.Server.Http;
using Colloque.Server.Realtime;
using Colloque.Storage;
using Colloque.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Colloque.Server.Tests.Accounts;

/// <summary>Signing in over HTTP on a port of its own, with a patient who can.</summary>
internal sealed class AuthHost : IAsyncDisposable
{
    public const string Email = "nadia@clinic.example";
    public const string Password = "correct horse battery";

    private readonly TestDatabase database;
    private readonly WebApplication app;

    private AuthHost(TestDatabase database, string[] settings)
    {
        this.database = database;
        var builder = WebApplication.CreateSlimBuilder(settings);
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton(TimeProvider.System).AddSingleton<IAnnouncer, Announcer>();
        builder.Services.AddColloque(ColloqueDatabase.Open(database.Runtime), new MasterKey([.. Enumerable.Range(3, 32).Select(static i => (byte)i)]));
        builder.Services.AddAccounts(builder.Configuration);
        builder.Host.UseDefaultServiceProvider(static o => o.ValidateScopes = true);
        app = builder.Build();
        app.UseProblems();
        app.UseRouting();
        app.MapAuth();
        app.MapPasskeys();
        app.MapSessions();
    }

    public HttpClient Client { get; } = new(new SocketsHttpHandler { UseCookies = false });

    public Guid Organization { get; private set; }

    public Guid Patient { get; private set; }

    public string Address => Client.BaseAddress!.GetLeftPart(UriPartial.Authority);

    public static async Task<AuthHost> StartAsync(PostgresFixture postgres, params string[] settings)
    {
        var host = new AuthHost(await postgres.CreateDatabaseAsync(), settings);
        await host.app.StartAsync();
        host.Client.BaseAddress = new(host.app.Urls.Single());
        var verbs = host.Get<Verbs>();
        var root = new Caller(Guid.Empty, Guid.CreateVersion7(), Role.SuperAdmin, Guid.Empty);
        host.Organization = await verbs.RunAsync(root, (CreateOrganization verb) => verb.RunAsync("Clinic", "clinic", CancellationToken.None), CancellationToken.None);
        host.Patient = await verbs.RunAsync(
            root, (CreateUser verb) => verb.RunAsync(new(host.Organization, Email, "Nadia", Role.Patient, "fr", null, null, Password), CancellationToken.None), CancellationToken.None);
        return host;
    }

    /// <summary>Adds someone to the organization who signs in with <see cref="Password"/>.</summary>
    public Task<Guid> AddAsync(string email, Role role) => Get<Verbs>().RunAsync(
        new Caller(Guid.Empty, Guid.CreateVersion7(), Role.SuperAdmin, Guid.Empty),
        (CreateUser verb) => verb.RunAsync(new(Organization, email, "Amina Rahal", role, "fr", null, null, Password), CancellationToken.None),
        CancellationToken.None);
    /// <summary>As the superuser, whom no policy binds.</summary>
    public Task SqlAsync(string sql) => TestDatabase.ExecuteAsync(database.Superuser, sql);

    public T Get<T>()
        where T : notnull => app.Services.CreateScope().ServiceProvider.GetRequiredService<T>();

    /// <summary>Posts a body as it is.</summary>
    public Task<HttpResponseMessage> PostAsync(string path, string json, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(json, Encoding.UTF8, "application/json") };
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return Client.SendAsync(request);
    }

    public Task<HttpResponseMessage> LoginAsync(string email = Email, string password = Password, params (string Name, string Value)[] headers) =>
        PostAsync("/api/auth/login", JsonSerializer.Serialize(new { email, password }), headers);

    public async Task<JsonElement> SignInAsync()
    {
        using var answer = await LoginAsync();
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    public Task<HttpResponseMessage> MeAsync(string? token) => GetAsync("/api/auth/me", token);

    public Task<HttpResponseMessage> GetAsync(string path, string? token)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        return Client.SendAsync(request);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await app.StopAsync();
        var source = app.Services.GetRequiredService<ColloqueDatabase>().Source;
        await app.DisposeAsync();
        await source.DisposeAsync();
        await database.DisposeAsync();
    }
}
