using Colloque.Security;
using Colloque.Storage;
using Npgsql;

namespace Colloque.Server.Hosting;

/// <summary>A data folder brought to life: its database running and migrated, its master key checked against it.</summary>
internal sealed class Installation : IAsyncDisposable
{
    private const string DatabaseName = "colloque";

    private readonly EmbeddedPostgres? embedded;

    private Installation(DataFolder folder, EmbeddedPostgres? embedded, string setup, ColloqueDatabase database, MasterKey master)
    {
        this.embedded = embedded;
        Setup = setup;
        Folder = folder;
        Database = database;
        Master = master;
    }

    internal DataFolder Folder { get; }

    /// <summary>The runtime role's pool.</summary>
    internal ColloqueDatabase Database { get; }

    internal MasterKey Master { get; }

    /// <summary>The login that sets up and migrates: of the embedded cluster its superuser.</summary>
    internal string Setup { get; }

    /// <summary>Opens it, creating what a first start creates.</summary>
    /// <exception cref="StartRefusedException">Says what is wrong and what to do; nothing was written.</exception>
    internal static async Task<Installation> OpenAsync(DataFolder folder, IConfiguration settings, ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        var own = settings.GetConnectionString("Colloque");
        var postgres = own is null ? await EmbeddedPostgres.StartAsync(folder, loggers.CreateLogger("Colloque.Postgres"), TimeProvider.System, cancellationToken) : null;
        try
        {
            var setup = own ?? postgres!.ConnectionString("postgres", DatabaseName);
            // Before anything is migrated: with a wrong key nothing is written.
            var master = await KeyFile.OpenAsync(folder, settings["Colloque:MasterKey"], setup, cancellationToken);
            var runtime = postgres is not null ? await PrepareEmbeddedAsync(postgres, cancellationToken) : await PrepareOwnAsync(own!, settings, master, cancellationToken);
            var database = ColloqueDatabase.Open(runtime);
            if (postgres is not null)
            {
                // Every pooled connection led to the process that died.
                postgres.Restarted += (_, _) => database.Source.Clear();
            }

            await new KeyStore(database).VerifyAsync(master, TimeProvider.System.GetUtcNow(), cancellationToken);
            return new(folder, postgres, setup, database, master);
        }
        catch
        {
            if (postgres is not null)
            {
                await postgres.DisposeAsync();
            }

            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Database.Source.DisposeAsync();
        Master.Dispose();
        if (embedded is not null)
        {
            await embedded.DisposeAsync();
        }
    }

    private static async Task<string> PrepareEmbeddedAsync(EmbeddedPostgres postgres, CancellationToken cancellationToken)
    {
        await Migrator.RunAsync(postgres.AdminConnectionString, new() { CreateDatabase = DatabaseName }, cancellationToken);
        return postgres.ConnectionString("colloque_app", DatabaseName);
    }

    /// <summary>With another key than the database's, not even the runtime role's password is set.</summary>
    private static async Task RefuseOtherKeyAsync(string setup, MasterKey master, CancellationToken cancellationToken)
    {
        if (!await SealProbe.IsSealedAsync(setup, cancellationToken))
        {
            return;
        }

        var database = ColloqueDatabase.Open(setup);
        await using var pool = database.Source;
        try
        {
            await new KeyStore(database).VerifyAsync(master, TimeProvider.System.GetUtcNow(), cancellationToken);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            // A login that may not ask: the runtime role asks the same once it is set up.
        }
    }

    /// <summary>The login given sets up and migrates; the server itself runs as the runtime role, whose password only the master key's holder knows.</summary>
    private static async Task<string> PrepareOwnAsync(string setup, IConfiguration settings, MasterKey master, CancellationToken cancellationToken)
    {
        await RefuseOtherKeyAsync(setup, master, cancellationToken);
        var runtime = settings.GetConnectionString("ColloqueRuntime");
        var password = Convert.ToHexStringLower(master.Derive("database runtime password", 24));
        await Migrator.RunAsync(setup, new() { RuntimePassword = runtime is null ? password : null }, cancellationToken);
        runtime ??= Migrator.RuntimeConnectionString(new NpgsqlConnectionStringBuilder(setup).ConnectionString, password);
        await Migrator.VerifyRuntimeAsync(runtime, cancellationToken);
        return runtime;
    }
}
