using Colloque.Accounts;
using Colloque.Organizations;
using Colloque.Security;
using Colloque.Testing;
using Colloque.Tests.Accounts;
using Colloque.Tests.People;
using Xunit;

namespace Colloque.Tests.Organizations;

public sealed class OrganizationTests(PostgresFixture postgres)
{
    [Fact]
    public async Task A_closed_organization_signs_its_people_out_and_opened_again_they_sign_in()
    {
        await using var staff = await Staff.OpenAsync(postgres);
        var session = await staff.Clinic.SignInAsync();
        Assert.True(await staff.Clinic.IsGoodAsync(session.Access.Text));
        await SetActiveAsync(staff, false);
        staff.Clinic.Clock.Advance(SignInWatch.SweepEvery);
        await staff.Clinic.Watch.SweepAsync(CancellationToken.None);
        Assert.False(await staff.Clinic.IsGoodAsync(session.Access.Text));
        await Assert.ThrowsAsync<Refusal>(() => staff.Clinic.SignInAsync());
        await Assert.ThrowsAsync<Refusal>(() => staff.Clinic.RefreshAsync(session.RefreshToken));

        await SetActiveAsync(staff, true);
        Assert.True(await staff.Clinic.IsGoodAsync((await staff.Clinic.SignInAsync()).Access.Text));
        await Assert.ThrowsAsync<Refusal>(() => staff.Clinic.RefreshAsync(session.RefreshToken));
    }

    [Fact]
    public async Task An_invited_administrator_accepts_by_mail_and_administers_that_organization_alone()
    {
        await using var staff = await Staff.OpenAsync(postgres);
        await staff.Clinic.RunAsync(staff.Clinic.Root, (InviteOrganizationAdmin verb) => verb.RunAsync(staff.Other, new("chief@other.example", "Inès", "Martel", "fr"), CancellationToken.None));
        var token = await staff.Clinic.TokenAsync("chief@other.example", "Invitation");
        await staff.Clinic.Get<AcceptInvitation>().RunAsync(new(token, null, "four winds over brest", null, null, null), Clinic.Home, CancellationToken.None);
        Assert.Equal(1L, await staff.Clinic.ScalarAsync<long>($"select count(*) from users where email = 'chief@other.example' and role = 'OrganizationAdmin' and tenant_id = '{staff.Other}' and email_verified_at is not null"));
        Assert.Equal(0L, await staff.Clinic.ScalarAsync<long>("select count(*) from employees where email = 'chief@other.example'"));
    }

    [Fact]
    public async Task Two_who_ask_for_one_domain_at_once_do_not_both_get_it()
    {
        await using var staff = await Staff.OpenAsync(postgres);
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(async i =>
        {
            try
            {
                await staff.Clinic.RunAsync(staff.Clinic.Root, (OnboardOrganization verb) => verb.RunAsync(new(Staff.Named("Same"), null, "same.example", true), CancellationToken.None));
                return "made";
            }
            catch (Refusal refusal)
            {
                return refusal.Code;
            }
        }));
        Assert.Single(outcomes, static o => o == "made");
        Assert.All(outcomes, static o => Assert.Contains(o, (string[])["made", "domain_taken", "slug_taken"]));
        Assert.Equal(1L, await staff.Clinic.ScalarAsync<long>("select count(*) from organizations where name = 'Same'"));
    }

    private static Task<bool> SetActiveAsync(Staff staff, bool active) =>
        staff.Clinic.RunAsync(staff.Clinic.Root, (SetOrganizationActive verb) => verb.RunAsync(staff.Clinic.Organization, active, CancellationToken.None));
}
