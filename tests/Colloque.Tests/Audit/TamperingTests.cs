using Colloque.Audit;
using Colloque.Testing;
using Xunit;

namespace Colloque.Tests.Audit;

/// <summary>What a superuser of the database does to the audit, and what a verifier with the public key alone says of it.</summary>
public sealed class TamperingTests(PostgresFixture postgres)
{
    [Fact]
    public async Task An_untouched_audit_holds()
    {
        await using var audited = await AuditedWorld.CreateAsync(postgres);
        await audited.FillAsync(5);
        await audited.FillAsync(3, audited.World.Stranger);
        await audited.FillAsync(2);

        var report = await audited.VerifyAsync();

        Assert.Empty(report.Findings);
        Assert.Equal((10, 0), (report.Rows, report.Waiting));
    }

    [Theory]
    [InlineData("outcome = 'Refused'")]
    [InlineData("at = at + interval '1 microsecond'")]
    [InlineData("actor_id = gen_random_uuid()")]
    [InlineData("actor_role = null")]
    [InlineData("action = 'Read'")]
    [InlineData("resource = 'company'")]
    [InlineData("resource_id = null")]
    [InlineData("subject_id = gen_random_uuid()")]
    [InlineData("clinical = true")]
    [InlineData("ip = '192.0.2.1'")]
    [InlineData("user_agent = ''")]
    [InlineData("request_id = null")]
    [InlineData("code = 'forbidden'")]
    [InlineData("sign_in_id = null")]
    [InlineData("tenant_id = null")]
    [InlineData("actor_role = 'Emperor'")]
    public async Task A_changed_row_is_named_and_it_alone(string change)
    {
        await using var audited = await AuditedWorld.CreateAsync(postgres);
        var rows = await audited.FillAsync(6);

        await audited.TamperAsync($"update audit_entries set {change} where id = '{rows[2].Id}'");

        var finding = Assert.Single((await audited.VerifyAsync()).Findings);
        Assert.Equal((AuditTampering.Edited, rows[2].Id, 3L), (finding.Kind, finding.EntryId!.Value, finding.Seq!.Value));
    }

    [Fact]
    public async Task A_changed_row_is_named_even_if_its_seal_was_made_to_look_like_another()
    {
        await using var audited = await AuditedWorld.CreateAsync(postgres);
        var rows = await audited.FillAsync(4);

        await audited.TamperAsync($"""
            update audit_entries set outcome = 'Failed' where id = '{rows[1].Id}';
            update audit_seals set signature = (select signature from audit_seals where seq = 3) where seq = 2
            """);

        var finding = Assert.Single((await audited.VerifyAsync()).Findings);
        Assert.Equal((AuditTampering.Edited, rows[1].Id), (finding.Kind, finding.EntryId!.Value));
    }

    [Fact]
    public async Task A_deleted_row_is_named()
    {
        await using var audited = await AuditedWorld.CreateAsync(postgres);
        var rows = await audited.FillAsync(6);

        await audited.TamperAsync($"delete from audit_entries where id = '{rows[3].Id}'");

        var finding = Assert.Single((await audited.VerifyAsync()).Findings);
        Assert.Equal((AuditTampering.Deleted, rows[3].Id, 4L), (finding.Kind, finding.EntryId!.Value, finding.Seq!.Value));
    }

    [Fact]
    public async Task A_row_deleted_with_its_seal_leaves_its_place_empty()
    {
        await using var audited = await AuditedWorld.CreateAsync(postgres);
        var rows = await audited.FillAsync(6);

        await audited.TamperAsync($"delete from audit_entries where id = '{rows[3].Id}'; delete from audit_seals where entry_id = '{rows[3].Id}'");

        var finding = Assert.Single((await audited.VerifyAsync()).Findings);
        Assert.Equal((AuditTampering.Deleted, 4L), (finding.Kind, finding.Seq!.Value));
    }

    [Fact]
    public async Task Chains_that_are_closed_up_over_a_deleted_row_do_not_hold()
    {
        await using var audited = await AuditedWorld.CreateAsync(postgres);
        var rows = await audited.FillAsync(6);

        await audited.TamperAsync($"""
            delete from audit_entries where id = '{rows[3].Id}'; delete from audit_seals where entry_id = '{rows[3].Id}';
            update audit_seals set seq = seq - 1, number = number - 1 where seq > 4
            """);

        var findings = (await audited.VerifyAsync()).Findings;
        Assert.Equal(new[] { rows[4].Id, rows[5].Id }, findings.Where(static f => f.EntryId is not null).Select(static f => f.EntryId!.Value).Distinct());
        Assert.Contains(findings, static f => f.Kind == AuditTampering.Truncated);
    }

    [Theory]
    [InlineData("update audit_entries set at = case when id = A then timestamptz 'TB' else timestamptz 'TA' end where id in (A, B)")]
    [InlineData("create temp table t as select * from audit_entries where id in (A, B); update t set id = case when id = A then B::uuid else A::uuid end; delete from audit_entries where id in (A, B); insert into audit_entries select * from t")]
    [InlineData("create temp table t as select * from audit_seals where entry_id in (A, B); update t set entry_id = case when entry_id = A then B::uuid else A::uuid end; delete from audit_seals where entry_id in (A, B); insert into audit_seals select * from t")]
    [InlineData("create temp table t as select * from audit_seals where entry_id in (A, B); update t set seq = case when seq = 2 then 5 else 2 end, number = case when seq = 2 then 5 else 2 end; delete from audit_seals where entry_id in (A, B); insert into audit_seals select * from t")]
    public async Task Rows_that_changed_places_are_named_both(string exchange)
    {
        await using var audited = await AuditedWorld.CreateAsync(postgres);
        var rows = await audited.FillAsync(6);
        await audited.TamperAsync(exchange
            .Replace("'TA'", $"'{rows[1].At:O}'", StringComparison.Ordinal).Replace("'TB'", $"'{rows[4].At:O}'", StringComparison.Ordinal)
            .Replace("A", $"'{rows[1].Id}'", StringComparison.Ordinal).Replace("B", $"'{rows[4].Id}'", StringComparison.Ordinal));

        var findings = (await audited.VerifyAsync()).Findings;
        Assert.All(findings, static f => Assert.Equal(AuditTampering.Reordered, f.Kind));
        Assert.Equal(new[] { rows[1].Id, rows[4].Id }.Order(), findings.Select(static f => f.EntryId!.Value).Distinct().Order());
    }

    [Fact]
    public async Task An_inserted_row_is_named()
    {
        await using var audited = await AuditedWorld.CreateAsync(postgres);
        var rows = await audited.FillAsync(3);
        var forged = Guid.CreateVersion7();

        await audited.TamperAsync($"create temp table t as select * from audit_entries where id = '{rows[1].Id}'; update t set id = '{forged}'; insert into audit_entries select * from t");

        var finding = Assert.Single((await audited.VerifyAsync()).Findings);
        Assert.Equal((AuditTampering.Inserted, forged), (finding.Kind, finding.EntryId!.Value));
    }

    [Fact]
    public async Task The_sealer_does_not_seal_what_another_hand_put_before_it()
    {
        await using var audited = await AuditedWorld.CreateAsync(postgres);
        var rows = await audited.FillAsync(3);
        var forged = Guid.CreateVersion7();
        await audited.TamperAsync($"""
            create temp table t as select * from audit_entries where id = '{rows[1].Id}'; update t set id = '{forged}';
            insert into audit_entries select * from t; insert into audit_pending values ('{forged}')
            """);

        await audited.FillAsync(2);

        var finding = Assert.Single((await audited.VerifyAsync()).Findings);
        Assert.Equal((AuditTampering.Inserted, forged), (finding.Kind, finding.EntryId!.Value));
    }

    [Fact]
    public async Task A_row_changed_before_it_was_sealed_is_never_sealed()
    {
        await using var audited = await AuditedWorld.CreateAsync(postgres);
        await audited.FillAsync(1);
        var entry = audited.Entry(audited.World.Admin);
        await audited.Trail.RecordAsync(entry);
        await audited.Trail.FlushAsync(CancellationToken.None);

        await audited.TamperAsync($"update audit_entries set outcome = 'Failed' where id = '{entry.Id}'");
        await audited.SealAsync();

        Assert.Equal(entry.Id, Assert.Single((await audited.VerifyAsync()).Findings).EntryId);
    }

    [Fact]
    public async Task A_chain_cut_off_at_its_end_is_named()
    {
        await using var audited = await AuditedWorld.CreateAsync(postgres);
        var rows = await audited.FillAsync(6);

        await audited.TamperAsync($"delete from audit_entries where id in ('{rows[4].Id}', '{rows[5].Id}'); delete from audit_seals where seq > 4");

        var findings = (await audited.VerifyAsync()).Findings;
        Assert.Contains(findings, f => f.Kind == AuditTampering.Truncated && f.Chain == rows[0].TenantId && f.Seq == 5);
    }

    [Fact]
    public async Task A_chain_cut_off_with_its_checkpoints_leaves_numbers_missing_among_the_others()
    {
        await using var audited = await AuditedWorld.CreateAsync(postgres);
        await audited.FillAsync(2);
        await audited.FillAsync(2, audited.World.Stranger);
        await audited.FillAsync(2);

        await audited.TamperAsync($"""
            delete from audit_entries where tenant_id = '{audited.World.Stranger.OrganizationId}'; delete from audit_seals where chain = '{audited.World.Stranger.OrganizationId}';
            delete from audit_checkpoints where body like '%{audited.World.Stranger.OrganizationId}%'
            """);

        var findings = (await audited.VerifyAsync()).Findings;
        Assert.Contains(findings, static f => f.Kind == AuditTampering.Truncated && f.Detail.Contains("3 to 4", StringComparison.Ordinal));
        Assert.Contains(findings, static f => f.Kind == AuditTampering.Checkpoint);
    }

    [Theory]
    [InlineData("truncate audit_entries")]
    [InlineData("truncate audit_entries, audit_seals")]
    [InlineData("truncate audit_entries, audit_seals, audit_checkpoints")]
    public async Task An_emptied_audit_does_not_hold(string truncate)
    {
        await using var audited = await AuditedWorld.CreateAsync(postgres);
        await audited.FillAsync(3);

        await audited.TamperAsync(truncate);

        Assert.NotEmpty((await audited.VerifyAsync()).Findings);
    }

    [Fact]
    public async Task A_checkpoint_kept_elsewhere_tells_of_a_database_put_back_to_an_earlier_day()
    {
        await using var audited = await AuditedWorld.CreateAsync(postgres);
        await audited.FillAsync(3);
        await audited.TamperAsync("create table audit_copy_e as table audit_entries; create table audit_copy_s as table audit_seals; create table audit_copy_c as table audit_checkpoints");
        audited.World.Clock.Advance(SealAudit.WholeEvery);
        await audited.Trail.RecordAsync(audited.Entry(audited.World.Admin));
        await audited.Trail.FlushAsync(CancellationToken.None);
        var kept = (await audited.SealAsync()).Whole!;

        await audited.TamperAsync("""
            truncate audit_entries, audit_seals, audit_checkpoints;
            insert into audit_entries table audit_copy_e; insert into audit_seals table audit_copy_s; insert into audit_checkpoints table audit_copy_c
            """);

        Assert.Empty((await audited.VerifyAsync()).Findings);
        Assert.Contains((await audited.VerifyAsync(AuditCheckpoint.FromFile(kept.ToFile()))).Findings, static f => f is { Kind: AuditTampering.Truncated, Seq: 4 });
    }

    [Fact]
    public async Task A_changed_checkpoint_is_named()
    {
        await using var audited = await AuditedWorld.CreateAsync(postgres);
        await audited.FillAsync(3);
        await audited.FillAsync(3);

        await audited.TamperAsync("""update audit_checkpoints set body = replace(body, '"rows":6', '"rows":3') where number = 2""");

        Assert.Contains((await audited.VerifyAsync()).Findings, static f => f.Kind == AuditTampering.Checkpoint && f.Detail.Contains('2', StringComparison.Ordinal));
    }

    [Fact]
    public async Task Whoever_signs_with_a_key_of_their_own_is_not_believed()
    {
        await using var audited = await AuditedWorld.CreateAsync(postgres);
        await audited.FillAsync(3);
        using var other = new Colloque.Security.AuditKeys(new([.. Enumerable.Range(9, 32).Select(static i => (byte)i)]));
        using var signatures = new Colloque.Security.AuditSignatures(other.PublicPem);

        var report = new AuditVerification(await Colloque.Storage.AuditExport.ReadAsync(audited.World.Database.Superuser, CancellationToken.None), signatures).Verify([]);

        Assert.Equal(0, report.Rows);
        Assert.NotEmpty(report.Findings);
    }
}
