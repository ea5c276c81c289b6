using System.Net;
using Colloque.Audit;
using Colloque.Security;
using Colloque.Storage;
using Colloque.Testing;

namespace Colloque.Tests.Audit;

/// <summary>A world with an audit, written and sealed as the server does it, and a superuser who may try to change it.</summary>
internal sealed class AuditedWorld(World world) : IAsyncDisposable
{
    public World World { get; } = world;

    public AuditTrail Trail => World.Get<AuditTrail>();

    public AuditKeys Keys => World.Get<AuditKeys>();

    public static async Task<AuditedWorld> CreateAsync(PostgresFixture postgres) => new(await World.CreateAsync(postgres));

    public AuditEntry Entry(Caller caller, AuditAction action = AuditAction.Update, string resource = "employee", Guid? id = null) => new()
    {
        Id = Guid.CreateVersion7(World.Clock.GetUtcNow()),
        TenantId = caller.Tenant,
        At = World.Clock.GetUtcNow(),
        ActorId = caller.UserId,
        ActorRole = caller.Role,
        Action = action,
        Resource = resource,
        ResourceId = id ?? Guid.CreateVersion7(),
        Ip = IPAddress.Parse("2001:db8::7"),
        UserAgent = @"Test \ browser",
        RequestId = "0HN:00000001",
        Outcome = AuditOutcome.Ok,
        SignInId = caller.SignInId,
    };

    /// <summary>Notes, writes and seals that many rows of a caller, a second apart; in the order of the chain.</summary>
    public async Task<List<AuditEntry>> FillAsync(int rows, Caller? caller = null)
    {
        var entries = new List<AuditEntry>();
        for (var i = 0; i < rows; i++)
        {
            World.Clock.Advance(TimeSpan.FromSeconds(1));
            entries.Add(Entry(caller ?? World.Admin));
            await Trail.RecordAsync(entries[^1]);
        }

        await Trail.FlushAsync(CancellationToken.None);
        await SealAsync();
        return entries;
    }

    public Task<SealingPass> SealAsync() => World.RunAsync(null!, (SealAudit verb) => verb.RunAsync(CancellationToken.None));

    /// <summary>As someone who may do everything, and has put the triggers out of the way.</summary>
    public Task TamperAsync(string sql) => TestDatabase.ExecuteAsync(World.Database.Superuser, $"set session_replication_role = replica; {sql}");

    public async Task<AuditReport> VerifyAsync(params AuditCheckpoint[] kept)
    {
        using var signatures = new AuditSignatures(Keys.PublicPem);
        return new AuditVerification(await AuditExport.ReadAsync(World.Database.Superuser, CancellationToken.None), signatures).Verify(kept);
    }

    public ValueTask DisposeAsync() => World.DisposeAsync();
}
