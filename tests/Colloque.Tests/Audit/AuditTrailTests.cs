using Colloque.Audit;
using Colloque.Security;
using Colloque.Storage;
using Colloque.Testing;
using Npgsql;
using Xunit;

namespace Colloque.Tests.Audit;

public sealed class AuditTrailTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Reads_of_one_conversation_by_one_person_within_an_hour_are_one_row_also_over_a_restart()
    {
        await using var audited = await AuditedWorld.CreateAsync(postgres);
        var clock = audited.World.Clock;
        var conversation = Guid.CreateVersion7();
        for (var i = 0; i < 5; i++)
        {
            clock.Advance(TimeSpan.FromMinutes(14));
            // Each time another trail, as after a restart: the database alone knows.
            using var restarted = new AuditTrail(audited.World.Get<AuditRows>(), clock, Microsoft.Extensions.Logging.Abstractions.NullLogger<AuditTrail>.Instance);
            await restarted.RecordAsync(Read(audited, audited.World.Practitioner, conversation));
            await restarted.RecordAsync(Read(audited, audited.World.Practitioner, conversation));
            await restarted.FlushAsync(CancellationToken.None);
        }

        // At 14 minutes, and again at 70 + 14: 28, 42, 56 and 70 are within the hour of the first.
        Assert.Equal(1L, await audited.World.ScalarAsync<long>("select count(*) from audit_entries"));
        clock.Advance(TimeSpan.FromMinutes(14));
        await audited.Trail.RecordAsync(Read(audited, audited.World.Practitioner, conversation));
        await audited.Trail.RecordAsync(Read(audited, audited.World.Patient, conversation));
        await audited.Trail.RecordAsync(Read(audited, audited.World.Practitioner, Guid.CreateVersion7()));
        await audited.Trail.FlushAsync(CancellationToken.None);
        Assert.Equal(4L, await audited.World.ScalarAsync<long>("select count(*) from audit_entries"));
    }

    [Fact]
    public async Task What_could_not_be_written_waits_and_is_written_once()
    {
        await using var audited = await AuditedWorld.CreateAsync(postgres);
        await audited.Trail.RecordAsync(audited.Entry(audited.World.Admin));
        await TestDatabase.ExecuteAsync(audited.World.Database.Superuser, "alter function audit_append rename to audit_away");
        await Assert.ThrowsAnyAsync<Exception>(() => audited.Trail.FlushAsync(CancellationToken.None));
        await audited.Trail.RecordAsync(audited.Entry(audited.World.Admin));
        await TestDatabase.ExecuteAsync(audited.World.Database.Superuser, "alter function audit_away rename to audit_append");

        await audited.Trail.FlushAsync(CancellationToken.None);
        await audited.Trail.FlushAsync(CancellationToken.None);

        Assert.Equal(2L, await audited.World.ScalarAsync<long>("select count(*) from audit_entries"));
    }

    [Fact]
    public async Task A_full_queue_makes_its_writers_wait_and_loses_nothing()
    {
        await using var audited = await AuditedWorld.CreateAsync(postgres);
        for (var i = 0; i < AuditTrail.Capacity; i++)
        {
            await audited.Trail.RecordAsync(audited.Entry(audited.World.Admin));
        }

        var waits = audited.Trail.RecordAsync(audited.Entry(audited.World.Admin)).AsTask();
        Assert.False(waits.IsCompleted);
        await audited.Trail.FlushAsync(CancellationToken.None);
        await waits;
        await audited.Trail.FlushAsync(CancellationToken.None);

        Assert.Equal(AuditTrail.Capacity + 1L, await audited.World.ScalarAsync<long>("select count(*) from audit_entries"));
    }

    [Theory]
    [InlineData("update audit_entries set code = 'x'")]
    [InlineData("delete from audit_entries")]
    [InlineData("truncate audit_entries")]
    [InlineData("insert into audit_pending values (gen_random_uuid())")]
    [InlineData("select * from audit_entries")]
    [InlineData("update audit_seals set seq = 9")]
    [InlineData("delete from audit_seals")]
    [InlineData("delete from audit_checkpoints")]
    public async Task The_runtime_role_can_neither_change_nor_remove_nor_read_rows(string sql)
    {
        await using var audited = await AuditedWorld.CreateAsync(postgres);
        await audited.FillAsync(1);
        foreach (var caller in (Caller?[])[null, audited.World.Admin, audited.World.Admin with { Role = Role.SuperAdmin, OrganizationId = Guid.Empty }])
        {
            var error = await Assert.ThrowsAsync<PostgresException>(() => audited.World.Runtime.ExecuteAsync(caller, sql, [], CancellationToken.None));
            Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, error.SqlState);
        }
    }

    [Theory]
    [InlineData("update audit_entries set code = 'x'")]
    [InlineData("delete from audit_seals")]
    [InlineData("truncate audit_checkpoints")]
    public async Task Even_a_superuser_has_to_put_a_trigger_out_of_the_way_first(string sql)
    {
        await using var audited = await AuditedWorld.CreateAsync(postgres);
        await audited.FillAsync(1);

        await Assert.ThrowsAsync<PostgresException>(() => TestDatabase.ExecuteAsync(audited.World.Database.Superuser, sql));
    }

    [Fact]
    public async Task Two_sealers_at_once_give_each_row_one_place()
    {
        await using var audited = await AuditedWorld.CreateAsync(postgres);
        for (var i = 0; i < 50; i++)
        {
            await audited.Trail.RecordAsync(audited.Entry(i % 2 == 0 ? audited.World.Admin : audited.World.Stranger));
        }

        await audited.Trail.FlushAsync(CancellationToken.None);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => audited.SealAsync()));

        var report = await audited.VerifyAsync();
        Assert.Empty(report.Findings);
        Assert.Equal(50, report.Rows);
    }

    [Fact]
    public async Task A_whole_checkpoint_is_made_at_the_start_and_every_hour_even_if_nothing_happened()
    {
        await using var audited = await AuditedWorld.CreateAsync(postgres);
        Assert.NotNull((await audited.SealAsync()).Whole);
        Assert.Null((await audited.SealAsync()).Whole);
        audited.World.Clock.Advance(SealAudit.WholeEvery);
        Assert.NotNull((await audited.SealAsync()).Whole);
        Assert.Empty((await audited.VerifyAsync()).Findings);
    }

    private static AuditEntry Read(AuditedWorld audited, Caller caller, Guid conversation) =>
        audited.Entry(caller, AuditAction.Read, "consultation", conversation) with { Clinical = true, Once = true };
}
