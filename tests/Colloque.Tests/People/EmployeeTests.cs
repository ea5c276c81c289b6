using Colloque.Accounts;
using Colloque.Organizations;
using Colloque.People;
using Colloque.Security;
using Colloque.Storage;
using Colloque.Testing;
using Colloque.Tests.Accounts;
using Npgsql;
using Xunit;

namespace Colloque.Tests.People;

public sealed class EmployeeTests(PostgresFixture postgres)
{
    [Fact]
    public async Task An_invited_person_accepts_by_mail_and_is_active()
    {
        await using var staff = await Staff.OpenAsync(postgres);
        var added = await staff.AddAsync("new@clinic.example");
        Assert.Equal(1, await staff.SendAsync());
        Assert.Equal(0, await staff.SendAsync());
        var token = await staff.Clinic.TokenAsync("new@clinic.example", "Invitation");
        Assert.Null((await staff.GetAsync(added.Id)).UserId);

        await staff.Clinic.Get<AcceptInvitation>().RunAsync(new(token, null, "four winds over brest", "Noah", "Elise", "es"), Clinic.Home, CancellationToken.None);
        var active = await staff.GetAsync(added.Id);
        Assert.Equal(EmployeeStatus.Active, active.Status);
        Assert.NotNull(active.UserId);
        var profile = (await staff.Clinic.SignInAsync("new@clinic.example", "four winds over brest")).Profile;
        Assert.Equal(active.UserId, profile.Id);
        Assert.Equal(staff.Clinic.Organization, profile.OrganizationId);
    }

    [Fact]
    public async Task An_address_known_elsewhere_gets_another_mail_and_the_administrator_sees_no_difference()
    {
        await using var staff = await Staff.OpenAsync(postgres);
        var known = await staff.AddAsync(Clinic.Email, staff.OtherAdmin);
        var unknown = await staff.AddAsync("nobody@other.example", staff.OtherAdmin);
        Assert.Equal(2, await staff.SendAsync());
        Assert.Equal(["AlreadyRegistered"], (await staff.Clinic.MailsAsync(Clinic.Email)).Select(static m => m.Kind));
        Assert.Equal(["Invitation"], (await staff.Clinic.MailsAsync("nobody@other.example")).Select(static m => m.Kind));
        var (seen, other) = (await staff.GetAsync(known.Id, staff.OtherAdmin), await staff.GetAsync(unknown.Id, staff.OtherAdmin));
        Assert.Equal(other with { Id = seen.Id, Email = seen.Email }, seen);
        Assert.Equal(staff.Clinic.Organization, (await staff.Clinic.SignInAsync()).Profile.OrganizationId);
    }

    [Fact]
    public async Task Invitations_wait_until_the_organization_is_validated()
    {
        await using var staff = await Staff.OpenAsync(postgres);
        await staff.Clinic.SqlAsync($"update organizations set validated_at = null where id = '{staff.Other}'");
        await staff.AddAsync("early@other.example", staff.OtherAdmin);
        Assert.Equal(0, await staff.SendAsync());
        await staff.Clinic.RunAsync(staff.Clinic.Root, (ValidateOrganization verb) => verb.RunAsync(staff.Other, CancellationToken.None));
        Assert.Equal(1, await staff.SendAsync());
    }

    [Fact]
    public async Task Who_registered_by_themselves_awaits_a_yes_and_hears_of_it()
    {
        await using var staff = await Staff.OpenAsync(postgres);
        await RegisteredAsync(staff, "self@clinic.example");
        var pending = await staff.FindAsync("self@clinic.example");
        Assert.Equal(EmployeeStatus.PendingApproval, pending.Status);

        await staff.Clinic.RunAsync(staff.Admin, (ApproveEmployee verb) => verb.RunAsync(pending.Id, CancellationToken.None));
        Assert.Equal(EmployeeStatus.Active, (await staff.GetAsync(pending.Id)).Status);
        Assert.True(await staff.Clinic.ScalarAsync<bool>("select approved_at is not null from users where email = 'self@clinic.example'"));
        Assert.Equal(["RegistrationApproved"], (await staff.Clinic.MailsAsync("self@clinic.example")).Select(static m => m.Kind));
        await Assert.ThrowsAsync<Refusal>(() => staff.Clinic.RunAsync(staff.Admin, (ApproveEmployee verb) => verb.RunAsync(pending.Id, CancellationToken.None)));
    }

    [Fact]
    public async Task Whoever_was_on_the_staff_list_already_needs_no_further_yes_and_a_no_holds()
    {
        await using var staff = await Staff.OpenAsync(postgres);
        var listed = await staff.AddAsync("listed@clinic.example", invite: false);
        await RegisteredAsync(staff, "listed@clinic.example");
        Assert.Equal(EmployeeStatus.Active, (await staff.GetAsync(listed.Id)).Status);
        Assert.True(await staff.Clinic.ScalarAsync<bool>("select approved_at is not null from users where email = 'listed@clinic.example'"));

        var barred = await staff.AddAsync("barred@clinic.example", invite: false);
        await staff.Clinic.RunAsync(staff.Admin, (SetEmployeeActive verb) => verb.RunAsync(barred.Id, false, CancellationToken.None));
        await RegisteredAsync(staff, "barred@clinic.example");
        Assert.Equal(EmployeeStatus.Inactive, (await staff.GetAsync(barred.Id)).Status);
        Assert.True(await staff.Clinic.ScalarAsync<bool>("select deactivated_at is not null from users where email = 'barred@clinic.example'"));
    }

    [Fact]
    public async Task Out_means_out_of_every_sign_in_and_in_means_signing_in_anew()
    {
        await using var staff = await Staff.OpenAsync(postgres);
        var session = await staff.Clinic.SignInAsync();
        Assert.True(await staff.Clinic.IsGoodAsync(session.Access.Text));
        var nadia = await staff.FindAsync(Clinic.Email);

        await staff.Clinic.RunAsync(staff.Admin, (SetEmployeeActive verb) => verb.RunAsync(nadia.Id, false, CancellationToken.None));
        staff.Clinic.Clock.Advance(SignInWatch.SweepEvery);
        await staff.Clinic.Watch.SweepAsync(CancellationToken.None);
        Assert.False(await staff.Clinic.IsGoodAsync(session.Access.Text));
        await Assert.ThrowsAsync<Refusal>(() => staff.Clinic.SignInAsync());

        await staff.Clinic.RunAsync(staff.Admin, (SetEmployeeActive verb) => verb.RunAsync(nadia.Id, true, CancellationToken.None));
        await Assert.ThrowsAsync<Refusal>(() => staff.Clinic.RefreshAsync(session.RefreshToken));
        Assert.True(await staff.Clinic.IsGoodAsync((await staff.Clinic.SignInAsync()).Access.Text));
    }

    [Fact]
    public async Task A_removed_person_keeps_their_row_and_comes_back_to_it()
    {
        await using var staff = await Staff.OpenAsync(postgres);
        var nadia = await staff.FindAsync(Clinic.Email);
        Assert.Equal(staff.Clinic.Patient, await staff.Clinic.RunAsync(staff.Admin, (RemoveEmployee verb) => verb.RunAsync(nadia.Id, CancellationToken.None)));
        Assert.Equal(1L, await staff.Clinic.ScalarAsync<long>($"select count(*) from users where id = '{staff.Clinic.Patient}' and deactivated_at is not null"));
        Assert.Equal("not_found", (await Assert.ThrowsAsync<Refusal>(() => staff.GetAsync(nadia.Id))).Code);
        Assert.Equal(nadia.Id, (await staff.AddAsync(Clinic.Email)).Id);
        Assert.Equal(staff.Clinic.Patient, (await staff.Clinic.SignInAsync()).Profile.Id);
    }

    [Fact]
    public async Task The_staff_list_shows_the_name_that_the_person_shows()
    {
        await using var staff = await Staff.OpenAsync(postgres);
        var nadia = new Caller(staff.Clinic.Organization, staff.Clinic.Patient, Role.Patient, Guid.Empty);
        await staff.Clinic.RunAsync(nadia, (ChangeEmployeeSelf verb) => verb.RunAsync(new("Nadja", "Brandt", "+49 30 1234", "Bonjour", "es", true, true), CancellationToken.None));
        var seen = await staff.FindAsync("nadja brandt");
        Assert.Equal(("Nadja", "Brandt", "+49 30 1234"), (seen.FirstName, seen.LastName, seen.PhoneNumber));
        Assert.Equal("Nadja Brandt", await staff.Clinic.ScalarAsync<string>($"select name from users where id = '{nadia.UserId}'"));
        await staff.Clinic.RunAsync(staff.Admin, (ChangeEmployee verb) => verb.RunAsync(seen.Id, new(null, "Berg", null, null, null, null), CancellationToken.None));
        Assert.Equal("Nadja Berg", await staff.Clinic.ScalarAsync<string>($"select name from users where id = '{nadia.UserId}'"));
    }

    [Fact]
    public async Task The_runtime_role_cannot_give_itself_what_the_platform_gives_nor_write_anothers_entry()
    {
        await using var staff = await Staff.OpenAsync(postgres);
        var nadia = new Caller(staff.Clinic.Organization, staff.Clinic.Patient, Role.Patient, Guid.Empty);
        var database = staff.Clinic.Get<ColloqueDatabase>();
        (Caller Who, string Sql)[] forbidden =
        [
            (staff.Admin, "update organizations set domain = 'gmail.com'"), (staff.Admin, "update organizations set validated_at = now()"), (staff.Clinic.Root, "update organizations set deactivated_at = null"),
            (staff.Admin, $"update employees set user_id = '{staff.OtherAdmin.UserId}'"), (staff.Admin, "update employees set email = 'x@y.example'"), (staff.Admin, "delete from employees"),
            (staff.Admin, $"insert into employees (id, tenant_id, email, first_name, last_name, created_at, updated_at) values (gen_random_uuid(), '{staff.Other}', 'a@b.example', 'a', 'b', now(), now())"),
            (nadia, $"insert into employee_profiles (user_id, bio) values ('{staff.Admin.UserId}', 'x')"), (staff.Admin, "delete from users"),
        ];
        foreach (var (who, sql) in forbidden)
        {
            var error = await Assert.ThrowsAsync<PostgresException>(() => database.ExecuteAsync(who, sql, [], CancellationToken.None));
            Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, error.SqlState);
        }

        // Allowed to the role, but of no row that the caller may reach.
        await database.ExecuteAsync(nadia, "update employees set deactivated_at = now()", [], CancellationToken.None);
        await database.ExecuteAsync(staff.OtherAdmin, $"update employees set deactivated_at = now() where tenant_id = '{staff.Clinic.Organization}'", [], CancellationToken.None);
        await database.ExecuteAsync(staff.OtherAdmin, $"update organizations set name = 'Mine' where id = '{staff.Clinic.Organization}'", [], CancellationToken.None);
        Assert.Equal(0L, await staff.Clinic.ScalarAsync<long>("select count(*) from employees where deactivated_at is not null"));
        Assert.Equal(0L, await staff.Clinic.ScalarAsync<long>("select count(*) from organizations where name = 'Mine'"));
        var bios = 0L;
        await staff.Clinic.RunAsync(nadia, (ChangeEmployeeSelf verb) => verb.RunAsync(new(null, null, null, "Mine alone", null, null, null), CancellationToken.None));
        await database.ReadAsync(staff.Admin, "select count(*) from employee_profiles", [], r => bios = r.GetInt64(0), CancellationToken.None);
        Assert.Equal(0, bios);
    }

    [Fact]
    public async Task The_functions_that_decide_for_the_platform_do_nothing_for_anybody_else()
    {
        await using var staff = await Staff.OpenAsync(postgres);
        var database = staff.Clinic.Get<ColloqueDatabase>();
        var id = staff.Clinic.Organization;
        string[] calls =
        [
            $"select organizations_set_domain('{id}', 'evil.example')", $"select organizations_validate('{id}', now())", $"select organizations_set_active('{id}', false, now())",
            $"select outcome from organizations_appoint('{id}', gen_random_uuid(), 'evil@evil.example', 'E', 'V', 'en', now())",
        ];
        foreach (var caller in (Caller?[])[null, staff.Admin, new(id, staff.Clinic.Patient, Role.Patient, Guid.Empty)])
        {
            foreach (var call in calls)
            {
                await database.ExecuteAsync(caller, call, [], CancellationToken.None);
            }
        }

        Assert.Equal(0L, await staff.Clinic.ScalarAsync<long>("select count(*) from organizations where domain = 'evil.example' or deactivated_at is not null or validated_by is not null and slug = 'clinic'"));
        Assert.Equal(0L, await staff.Clinic.ScalarAsync<long>("select count(*) from users where email = 'evil@evil.example'"));
    }

    [Theory]
    [InlineData("Œuvre ÉTÉ", "oeuvre ete")]
    [InlineData("  Müller\u00a0 Strauß ", "muller strauss")]
    [InlineData("A\u0301ngel Łódź Øre", "angel lodz ore")]
    [InlineData("O’Hara", "o'hara")]
    public async Task Text_is_searched_without_accents_and_case(string text, string folded)
    {
        await using var staff = await Staff.OpenAsync(postgres);
        Assert.Equal(folded, await staff.Clinic.ScalarAsync<string>($"select people_fold('{text.Replace("'", "''", StringComparison.Ordinal)}')"));
    }

    private static Task RegisteredAsync(Staff staff, string email) => staff.Clinic.SqlAsync(
        $"insert into users (id, tenant_id, email, name, first_name, last_name, role, created_at, email_verified_at) values (gen_random_uuid(), '{staff.Clinic.Organization}', '{email}', 'Self Made', 'Self', 'Made', 'Patient', now(), now())");
}
