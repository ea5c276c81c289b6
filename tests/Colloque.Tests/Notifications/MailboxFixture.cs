using Colloque.Notifications;
using Colloque.Security;
using Colloque.Storage;
using Colloque.Testing;
using Colloque.Tests.Accounts;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Colloque.Tests.Notifications;

/// <summary>A queue over a database of its own, and a carrier that does as it is told.</summary>
internal sealed class MailboxFixture : IAsyncDisposable
{
    private readonly TestDatabase database;
    private readonly ServiceProvider services;

    private MailboxFixture(TestDatabase database)
    {
        this.database = database;
        var collection = new ServiceCollection();
        collection.AddLogging(static b => b.SetMinimumLevel(LogLevel.None));
        collection.AddSingleton<TimeProvider>(Clock).AddSingleton<IAnnouncer, Heard>();
        collection.AddColloque(ColloqueDatabase.Open(database.Runtime), new MasterKey([.. Enumerable.Range(1, 32).Select(static i => (byte)i)]));
        collection.AddSingleton<IMailCarrier>(Carrier).AddSingleton(MailSettings.Parse("Care <no-reply@care.example>")!);
        services = collection.BuildServiceProvider(validateScopes: true);
    }

    public ManualClock Clock { get; } = new();

    public ToldCarrier Carrier { get; } = new();

    public static async Task<MailboxFixture> OpenAsync(PostgresFixture postgres) => new(await postgres.CreateDatabaseAsync());

    public static MailDraft Draft(MailKind kind = MailKind.ResetPassword, string address = "nadia@clinic.example", string language = "fr") =>
        new(kind, null, address, language, "https://care.example/reset-password#secret", "Clinique des Tilleuls");

    public Task<bool> EnqueueAsync(MailDraft draft) => services.GetRequiredService<Verbs>().RunAsync(null, (MailQueue queue) => queue.EnqueueAsync(draft, CancellationToken.None), CancellationToken.None);

    public Task<MailTurn> TurnAsync(CancellationToken cancellationToken = default) =>
        services.GetRequiredService<Verbs>().RunAsync(null, (SendNextMail verb) => verb.RunAsync(cancellationToken), cancellationToken);

    public Task<MailCounts> CountAsync() => services.GetRequiredService<Verbs>().RunAsync(null, (CountMails verb) => verb.RunAsync(CancellationToken.None), CancellationToken.None);

    public Task<long> SweepAsync() => services.GetRequiredService<Verbs>().RunAsync(null, (SweepMails verb) => verb.RunAsync(CancellationToken.None), CancellationToken.None);

    /// <summary>As the superuser, whom no policy binds.</summary>
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
}

/// <summary>Remembers what it was given, and answers as it is told.</summary>
internal sealed class ToldCarrier : IMailCarrier
{
    private readonly List<OutgoingMail> mails = [];

    public Func<OutgoingMail, CancellationToken, Task<MailOutcome>> Answer { get; set; } = static (_, _) => Task.FromResult(MailOutcome.Sent);

    public IReadOnlyList<OutgoingMail> Mails
    {
        get
        {
            lock (mails)
            {
                return [.. mails];
            }
        }
    }

    public Task<MailOutcome> DeliverAsync(OutgoingMail mail, CancellationToken cancellationToken)
    {
        lock (mails)
        {
            mails.Add(mail);
        }

        return Answer(mail, cancellationToken);
    }

    public ValueTask RestAsync() => ValueTask.CompletedTask;
}
