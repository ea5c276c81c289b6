using Colloque.People;
using Colloque.People.Import;
using Colloque.Security;
using Colloque.Testing;
using Xunit;

namespace Colloque.Tests.People;

public sealed class ImportTests(PostgresFixture postgres)
{
    [Fact]
    public async Task A_list_sent_twice_is_one_list_and_its_cells_are_not_kept()
    {
        await using var staff = await Staff.OpenAsync(postgres);
        var csv = "email,first name,last name\n" + string.Concat(Enumerable.Range(0, 2_500).Select(static i => $"p{i}@clinic.example,First {i},Last\n"));
        Assert.Equal((2_500, 0, 0), Figures(await staff.ImportAsync(csv)));
        Assert.Equal((0, 0, 2_500), Figures(await staff.ImportAsync(csv)));
        Assert.Equal((0, 1, 2_499), Figures(await staff.ImportAsync(csv.Replace("First 77,", "Other,", StringComparison.Ordinal))));
        Assert.Equal(2_501L, await staff.Clinic.ScalarAsync<long>($"select count(*) from employees where tenant_id = '{staff.Clinic.Organization}'"));
        Assert.Equal(0L, await staff.Clinic.ScalarAsync<long>("select count(*) from employee_import_rows where first_name is not null or last_name is not null or outcome is null"));
    }

    [Fact]
    public async Task A_dry_run_says_what_happens_and_nothing_does()
    {
        await using var staff = await Staff.OpenAsync(postgres);
        var csv = $"email,first name,last name\nnew@clinic.example,A,B\n{Accounts.Clinic.Email},Naïma,\n";
        var dry = await staff.ImportAsync(csv, dryRun: true, invite: true);
        Assert.Equal((1, 1, 0), Figures(dry));
        Assert.Equal(1L, await staff.Clinic.ScalarAsync<long>("select count(*) from employees"));
        Assert.Equal(0, await staff.SendAsync());
        Assert.Equal((1, 1, 0), Figures(await staff.ImportAsync(csv, invite: true)));
        Assert.Equal("Naïma", (await staff.FindAsync(Accounts.Clinic.Email)).FirstName);
        Assert.Equal(1, await staff.SendAsync());
    }

    [Fact]
    public async Task A_list_that_is_refused_leaves_nothing_behind()
    {
        await using var staff = await Staff.OpenAsync(postgres);
        var csv = "email,first name,last name\n" + string.Concat(Enumerable.Range(0, 1_500).Select(static i => $"p{i}@clinic.example,First,Last\n")) + "x@clinic.example,\"a\"b,c\n";
        var refusal = await Assert.ThrowsAsync<Refusal>(() => staff.ImportAsync(csv));
        Assert.Equal(("malformed_quoting", "rows[1502]"), (refusal.Code, refusal.Field));
        Assert.Equal(1L, await staff.Clinic.ScalarAsync<long>("select count(*) from employees"));
        Assert.Equal(0L, await staff.Clinic.ScalarAsync<long>("select count(*) from employee_import_rows"));
        var import = Assert.Single(await staff.Clinic.RunAsync(staff.Admin, (ListImports verb) => verb.RunAsync(CancellationToken.None)));
        Assert.Equal((ImportStatus.Failed, "malformed_quoting", 1502), (import.Status, import.RefusalCode, import.RefusalRow));
    }

    [Fact]
    public async Task Two_organizations_import_side_by_side_and_see_their_own_lists_alone()
    {
        await using var staff = await Staff.OpenAsync(postgres);
        const string csv = "email,first name,last name\nsame@shared.example,A,B\n";
        var reports = await Task.WhenAll(staff.ImportAsync(csv), staff.ImportAsync(csv, admin: staff.OtherAdmin));
        Assert.All(reports, static r => Assert.Equal((1, 0, 0), Figures(r)));
        var foreign = reports[1].Import.Id;
        Assert.Equal("not_found", (await Assert.ThrowsAsync<Refusal>(() => staff.Clinic.RunAsync(staff.Admin, (GetImport verb) => verb.RunAsync(foreign, CancellationToken.None)))).Code);
        Assert.Equal("not_found", (await Assert.ThrowsAsync<Refusal>(() => staff.Clinic.RunAsync(staff.Admin, (CancelImport verb) => verb.RunAsync(foreign, CancellationToken.None)))).Code);
        Assert.Empty(await staff.Clinic.RunAsync(staff.Admin, (ReadImportRows verb) => verb.RunAsync(foreign, 0, CancellationToken.None)));
    }

    [Fact]
    public async Task A_list_whose_process_died_makes_room_for_the_next()
    {
        await using var staff = await Staff.OpenAsync(postgres);
        const string csv = "email,first name,last name\na@clinic.example,A,B\n";
        await staff.Clinic.RunAsync(staff.Admin, (StartImport verb) => verb.RunAsync(new(false, null, false), CancellationToken.None));
        Assert.Equal("import_under_way", (await Assert.ThrowsAsync<Refusal>(() => staff.ImportAsync(csv))).Code);
        staff.Clinic.Clock.Advance(SweepImports.IdleFor + TimeSpan.FromSeconds(1));
        await staff.Clinic.RunAsync<SweepImports, bool>(null!, verb => verb.RunAsync(CancellationToken.None));
        Assert.Equal((1, 0, 0), Figures(await staff.ImportAsync(csv)));
        staff.Clinic.Clock.Advance(SweepImports.KeptFor + TimeSpan.FromDays(1));
        await staff.Clinic.RunAsync<SweepImports, bool>(null!, verb => verb.RunAsync(CancellationToken.None));
        Assert.Equal(0L, await staff.Clinic.ScalarAsync<long>("select count(*) from employee_imports"));
    }

    [Theory]
    [InlineData(Role.Patient)]
    [InlineData(Role.Practitioner)]
    [InlineData(Role.PlatformAdmin)]
    [InlineData(Role.SuperAdmin)]
    public async Task Nobody_but_an_organizations_administrator_imports(Role role)
    {
        await using var staff = await Staff.OpenAsync(postgres);
        var refusal = await Assert.ThrowsAsync<Refusal>(() => staff.ImportAsync("email\n", admin: staff.Admin with { Role = role }));
        Assert.Equal(RefusalKind.Forbidden, refusal.Kind);
    }

    private static (int Created, int Updated, int Unchanged) Figures(ImportReport report) => (report.Import.Created, report.Import.Updated, report.Import.Unchanged);
}
