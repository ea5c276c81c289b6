using Colloque.Audit;
using Colloque.Security;
using Colloque.Testing;
using Xunit;

namespace Colloque.Tests.Audit;

/// <summary>Who is shown which rows.</summary>
public sealed class AuditReadingTests(PostgresFixture postgres)
{
    private static readonly AuditFilter All = new(null, null, null, null, null, null);

    [Fact]
    public async Task An_organizations_admin_sees_what_its_admins_did_and_nothing_of_care()
    {
        await using var audited = await AuditedWorld.CreateAsync(postgres);
        var world = audited.World;
        var own = (await audited.FillAsync(2)).Select(static e => e.Id).ToArray();
        await audited.FillAsync(2, world.Stranger with { Role = Role.OrganizationAdmin });
        await audited.FillAsync(2, world.Patient);
        await audited.FillAsync(2, world.Practitioner);
        await audited.Trail.RecordAsync(audited.Entry(world.Admin, AuditAction.Read, "consultation") with { Clinical = true });
        await audited.FillAsync(0);

        var (items, next) = await ListAsync(audited, world.Admin, All, null, 50);

        Assert.Equal(own.Reverse(), items.Select(static i => i.Id));
        Assert.Null(next);
        Assert.All(items, static i => Assert.Equal("Name of OrganizationAdmin", i.ActorName));
    }

    [Fact]
    public async Task A_super_admin_sees_all_by_filter_and_page()
    {
        await using var audited = await AuditedWorld.CreateAsync(postgres);
        var world = audited.World;
        var root = new Caller(Guid.Empty, Guid.CreateVersion7(), Role.SuperAdmin, Guid.Empty);
        var first = await audited.FillAsync(3);
        var second = await audited.FillAsync(4, world.Stranger);

        var seen = new List<Guid>();
        string? cursor = null;
        do
        {
            (var items, cursor) = await ListAsync(audited, root, All, cursor, 3);
            seen.AddRange(items.Select(static i => i.Id));
        }
        while (cursor is not null);

        Assert.Equal(first.Concat(second).Select(static e => e.Id).Reverse(), seen);
        Assert.Equal(4, (await ListAsync(audited, root, All with { Organization = world.Stranger.OrganizationId }, null, 50)).Items.Count);
        Assert.Equal(3, (await ListAsync(audited, root, All with { Actor = world.Admin.UserId }, null, 50)).Items.Count);
        Assert.Equal(2, (await ListAsync(audited, root, All with { From = first[1].At, To = second[0].At }, null, 50)).Items.Count);
        Assert.Empty((await ListAsync(audited, root, All with { Action = AuditAction.Export }, null, 50)).Items);
        Assert.Empty((await ListAsync(audited, root, All with { Resource = "company" }, null, 50)).Items);
    }

    [Theory]
    [InlineData(Role.Patient)]
    [InlineData(Role.Practitioner)]
    [InlineData(Role.PlatformAdmin)]
    public async Task Others_have_no_log_to_read(Role role)
    {
        await using var audited = await AuditedWorld.CreateAsync(postgres);

        var refusal = await Assert.ThrowsAsync<Refusal>(() => ListAsync(audited, audited.World.Admin with { Role = role }, All, null, 50));

        Assert.Equal(RefusalKind.Forbidden, refusal.Kind);
    }

    [Fact]
    public async Task Each_person_sees_who_looked_at_theirs_and_nobody_elses()
    {
        await using var audited = await AuditedWorld.CreateAsync(postgres);
        var world = audited.World;
        var consultation = await world.ConsultationAsync();
        await audited.Trail.RecordAsync(audited.Entry(world.Practitioner, AuditAction.Read, "consultation", consultation) with { Clinical = true });
        world.Clock.Advance(TimeSpan.FromSeconds(1));
        await audited.Trail.RecordAsync(audited.Entry(world.OtherPatient, AuditAction.Refused, "consultation", consultation) with { Attempted = AuditAction.Read, Outcome = AuditOutcome.Refused });
        world.Clock.Advance(TimeSpan.FromSeconds(1));
        await audited.Trail.RecordAsync(audited.Entry(world.Admin) with { SubjectId = world.Patient.UserId });
        await audited.FillAsync(3);

        var mine = await MineAsync(audited, world.Patient);
        Assert.Equal(["Update", "Refused", "Read"], mine.Select(static i => i.Action));
        Assert.Equal(["Name of OrganizationAdmin", null, "Name of Practitioner"], mine.Select(static i => i.ActorName));
        Assert.Equal([false, false, true], mine.Select(static i => i.Clinical));
        Assert.Equal(["Refused", "Read"], (await MineAsync(audited, world.Practitioner)).Select(static i => i.Action));
        Assert.Empty(await MineAsync(audited, world.OtherPatient));
        Assert.Empty(await MineAsync(audited, world.StrangersPatient));
    }

    private static Task<(IReadOnlyList<AuditLine> Items, string? Next)> ListAsync(AuditedWorld audited, Caller caller, AuditFilter filter, string? cursor, int most) =>
        audited.World.RunAsync(caller, (ListAudit verb) => verb.RunAsync(filter, cursor, most, CancellationToken.None));

    private static async Task<IReadOnlyList<AccessLine>> MineAsync(AuditedWorld audited, Caller caller) =>
        (await audited.World.RunAsync(caller, (ListAccessToMe verb) => verb.RunAsync(null, 50, CancellationToken.None))).Items;
}
