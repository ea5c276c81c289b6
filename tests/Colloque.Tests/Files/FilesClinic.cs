using System.Collections.Concurrent;
using Colloque.Consultations;
using Colloque.Conversations;
using Colloque.Files;
using Colloque.Security;
using Colloque.Storage;
using Colloque.Testing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Colloque.Tests.Files;

/// <summary>A small clinic on a database of its own: one practitioner, two patients, an administrator, and a consultation of the first two; with a store and a clock.</summary>
public sealed class FilesClinic : IAsyncDisposable
{
    public const string BaseUrl = "https://clinic.example";

    private readonly TestDatabase database;
    private readonly string folder = Path.Combine(Path.GetTempPath(), $"colloque-files-{Guid.CreateVersion7():N}");
    private readonly Guid organization = Guid.CreateVersion7();

    private readonly VirusScanSettings scan;

    private readonly S3Settings? bucket;

    private FilesClinic(TestDatabase database, string? clamd, S3Settings? bucket)
    {
        this.bucket = bucket;
        scan = new(clamd);
        this.database = database;
        Practitioner = Person(Role.Practitioner);
        Patient = Person(Role.Patient);
        OtherPatient = Person(Role.Patient);
        Admin = Person(Role.OrganizationAdmin);
        Services = AddTo(new ServiceCollection().AddLogging()).BuildServiceProvider(validateScopes: true);
    }

    public ServiceProvider Services { get; }

    public TestClock Clock { get; } = new();

    public HeardAnnouncements Heard { get; } = new();

    public Caller Practitioner { get; }

    public Caller Patient { get; }

    public Caller OtherPatient { get; }

    public Caller Admin { get; }

    public Guid Consultation { get; private set; }

    public string Superuser => database.Superuser;

    public static async Task<FilesClinic> OpenAsync(PostgresFixture postgres, string? clamd = null, S3Settings? bucket = null)
    {
        var clinic = new FilesClinic(await postgres.CreateDatabaseAsync(), clamd, bucket);
        await clinic.SeedAsync();
        return clinic;
    }

    /// <summary>The core as this clinic runs it; a host in front of it gets the same.</summary>
    public IServiceCollection AddTo(IServiceCollection services) => services
        .AddSingleton<TimeProvider>(Clock).AddSingleton<IAnnouncer>(Heard)
        .AddColloque(ColloqueDatabase.Open(database.Runtime), new MasterKey(new byte[32]))
        .AddFiles(folder, scan, quotas: null, bucket);

    /// <summary>Runs a verb as its adapter would.</summary>
    public Task<T> RunAsync<TVerb, T>(Caller? caller, Func<TVerb, Task<T>> run)
        where TVerb : notnull => Services.GetRequiredService<Verbs>().RunAsync(caller, run, TestContext.Current.CancellationToken);

    public Task<Guid> BookAsync(Caller patient, ConsultationStatus status = ConsultationStatus.InProgress) => RunAsync<RecordConsultation, Guid>(
        Practitioner, v => v.RunAsync(new(patient.UserId, Practitioner.UserId, status, ConsultationFormat.Video, Clock.GetUtcNow(), 30, Exclusive: false), default));

    public Task<PreparedFile> PrepareAsync(Caller caller, FileAnnouncement announcement, Guid? conversation = null, string baseUrl = BaseUrl) =>
        RunAsync<PrepareFile, PreparedFile>(caller, v => v.RunAsync(conversation ?? Consultation, announcement, baseUrl, default));

    public async Task<ConfirmedFile> ConfirmAsync(Caller caller, Guid fileId, string? clientMsgId = null, Guid? conversation = null)
    {
        await using var scope = Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<ConfirmFile>().RunAsync(caller, conversation ?? Consultation, fileId, clientMsgId, default);
    }

    public Task<FileDownload> DownloadAsync(Caller caller, Guid fileId, Guid? conversation = null, string baseUrl = BaseUrl) =>
        RunAsync<DownloadFile, FileDownload>(caller, v => v.RunAsync(conversation ?? Consultation, fileId, baseUrl, default));

    public Task<string> PutAsync(string url, byte[] body, string contentType) => PutAsync(url, new MemoryStream(body), contentType);

    public async Task<string> PutAsync(string url, Stream body, string contentType)
    {
        await using var scope = Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<ReceiveUpload>().RunAsync(Request("PUT", url), contentLength: null, contentType, body, default);
    }

    public async Task<(byte[] Content, OpenedFile File)> GetAsync(string url)
    {
        await using var scope = Services.CreateAsyncScope();
        var file = await scope.ServiceProvider.GetRequiredService<OpenStoredFile>().RunAsync(Request("GET", url), default);
        await using var content = file.Content;
        var bytes = new byte[content.Length];
        await content.ReadExactlyAsync(bytes);
        return (bytes, file);
    }

    /// <summary>Prepare and put; what remains is to confirm.</summary>
    public async Task<PreparedFile> UploadAsync(Caller caller, byte[] body, string name = "scan.pdf", string type = "application/pdf", string? sha256 = null)
    {
        var prepared = await PrepareAsync(caller, new(name, type, body.Length, sha256));
        await PutAsync(prepared.UploadUrl, body, type);
        return prepared;
    }

    /// <summary>Every file in the store.</summary>
    public string[] Objects() => Directory.GetFiles(folder, "*", SearchOption.AllDirectories);

    public static StorageRequest Request(string method, string url)
    {
        var uri = new Uri(url);
        var query = uri.Query.TrimStart('?').Split('&').Select(p => p.Split('=', 2)).ToDictionary(p => p[0], p => p[1], StringComparer.Ordinal);
        var path = uri.AbsolutePath.Split('/', 4);
        return new(method, path[2], path[3], query.GetValueOrDefault("expires"), query.GetValueOrDefault("ticket"), query.GetValueOrDefault("signature"));
    }

    /// <summary>A PDF in name and first bytes, and of a size.</summary>
    public static byte[] Pdf(int size = 2_000)
    {
        var bytes = new byte[size];
        new Random(size).NextBytes(bytes);
        "%PDF-1.7\n1 0 obj << /Length 9 >> stream\n"u8[..Math.Min(size, 38)].CopyTo(bytes);
        return bytes;
    }

    public async ValueTask DisposeAsync()
    {
        await Services.DisposeAsync();
        await database.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private Caller Person(Role role) => new(organization, Guid.CreateVersion7(), role, Guid.CreateVersion7());

    private async Task SeedAsync()
    {
        await TestDatabase.ExecuteAsync(Superuser, $"insert into organizations (id, name, slug, created_at) values ('{organization}', 'Clinic', 'clinic', now())");
        foreach (var person in new[] { Practitioner, Patient, OtherPatient, Admin })
        {
            await TestDatabase.ExecuteAsync(
                Superuser,
                $"insert into users (id, tenant_id, email, name, role, created_at) values ('{person.UserId}', '{organization}', '{person.UserId:N}@clinic.example', 'Somebody', '{person.Role}', now())");
        }

        Consultation = await BookAsync(Patient);
    }
}

/// <summary>Stands still until it is told otherwise.</summary>
public sealed class TestClock : TimeProvider
{
    public DateTimeOffset Now { get; set; } = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => Now;
}

/// <summary>Everything that was announced.</summary>
public sealed class HeardAnnouncements : IAnnouncer
{
    private readonly ConcurrentQueue<Announcement> heard = new();

    public IReadOnlyCollection<Announcement> All => heard;

    public void Announce(Announcement announcement) => heard.Enqueue(announcement);
}
