using Colloque.Accounts;
using Colloque.Security;
using Colloque.Testing;
using Xunit;

namespace Colloque.Tests.Accounts;

public sealed class SignInExternallyTests(PostgresFixture postgres)
{
    private const string Issuer = "https://login.example";

    private static readonly ExternalTrust Everyone = new(new HashSet<string>(), CreateUsers: false, TrustsSecondFactor: false);
    private static readonly ExternalTrust Maker = Everyone with { CreateUsers = true };

    [Fact]
    public async Task Who_has_an_account_is_signed_in_as_who_they_are()
    {
        await using var clinic = await Clinic.OpenAsync(postgres);

        var answer = await SignInAsync(clinic, Identity());

        var caller = (await clinic.Verifier.VerifyAsync(answer.SignedIn!.Access.Text, CancellationToken.None)).Caller;
        Assert.Equal((clinic.Patient, Role.Patient, clinic.Organization), (caller.UserId, caller.Role, caller.OrganizationId));
    }

    [Fact]
    public async Task Somebody_who_registered_anothers_address_beforehand_gets_nothing_from_its_owners_coming()
    {
        await using var clinic = await Clinic.OpenAsync(postgres);
        await clinic.SqlAsync("update users set email_verified_at = null where role = 'Patient'");

        await RefusedAsync("sign_on_no_account", clinic, Identity());

        Assert.Equal(0L, await clinic.ScalarAsync<long>("select count(*) from external_logins"));
    }

    [Theory]
    [InlineData("update users set deactivated_at = now() where role = 'Patient'")]
    [InlineData("update organizations set deactivated_at = now()")]
    public async Task Who_is_deactivated_is_not_signed_in_this_way_either(string sql)
    {
        await using var clinic = await Clinic.OpenAsync(postgres);
        await SignInAsync(clinic, Identity());
        await clinic.SqlAsync(sql);

        await RefusedAsync("sign_on_no_account", clinic, Identity());
    }

    [Fact]
    public async Task Twenty_first_visits_at_once_make_one_link()
    {
        await using var clinic = await Clinic.OpenAsync(postgres);

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => SignInAsync(clinic, Identity())));

        Assert.Equal(1L, await clinic.ScalarAsync<long>("select count(*) from external_logins"));
    }

    [Fact]
    public async Task Two_providers_may_know_one_person_and_one_subject_of_each_counts()
    {
        await using var clinic = await Clinic.OpenAsync(postgres);
        await SignInAsync(clinic, Identity());
        await SignInAsync(clinic, Identity() with { Issuer = "https://other.example" });

        await RefusedAsync("sign_on_no_account", clinic, Identity() with { Subject = "another" });
        Assert.Equal(2L, await clinic.ScalarAsync<long>("select count(*) from external_logins"));
    }

    [Fact]
    public async Task An_operator_is_nobodys_to_vouch_for()
    {
        await using var clinic = await Clinic.OpenAsync(postgres);

        await RefusedAsync("sign_on_no_account", clinic, Identity() with { Email = "root@clinic.example" }, Maker);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_newcomer_is_brought_into_the_organization_of_their_domain_as_a_patient_who_it_may_have_to_approve(bool approve)
    {
        await using var clinic = await Clinic.OpenAsync(postgres);
        await clinic.SqlAsync($"update organizations set domain = 'clinic.example', auto_approve_employees = {approve}");
        var newcomer = new ExternalIdentity(Issuer, "newcomer", "lea@clinic.example", "Léa", "Morel", "fr", SecondFactor: false);

        await RefusedAsync("sign_on_no_account", clinic, newcomer);
        if (approve)
        {
            var answer = await SignInAsync(clinic, newcomer, Maker);
            Assert.Equal(("Léa Morel", Role.Patient, "fr", clinic.Organization), (answer.SignedIn!.Profile.Name, answer.SignedIn.Profile.Role, answer.SignedIn.Profile.Language, answer.SignedIn.Profile.OrganizationId));
        }
        else
        {
            await RefusedAsync("approval_pending", clinic, newcomer, Maker);
        }

        Assert.Equal(1L, await clinic.ScalarAsync<long>("select count(*) from users where email = 'lea@clinic.example'"));
    }

    [Fact]
    public async Task Nobody_is_brought_in_where_no_organization_has_the_domain()
    {
        await using var clinic = await Clinic.OpenAsync(postgres);

        await RefusedAsync("sign_on_no_account", clinic, Identity() with { Email = "lea@nowhere.example" }, Maker);
    }

    [Fact]
    public async Task A_provider_speaks_of_the_domains_that_it_may_speak_of()
    {
        await using var clinic = await Clinic.OpenAsync(postgres);
        var trust = Everyone with { Domains = new HashSet<string> { "other.example" } };

        await RefusedAsync("sign_on_no_account", clinic, Identity(), trust);
        await RefusedAsync("sign_on_no_account", clinic, Identity() with { Email = "nadia@sub.other.example" }, trust);
    }

    [Fact]
    public async Task A_role_that_must_have_a_second_factor_is_let_in_to_set_one_up_unless_the_provider_is_trusted_with_its_own()
    {
        await using var clinic = await Clinic.OpenAsync(postgres);
        await clinic.AddAsync(new(clinic.Organization, "amina@clinic.example", "Amina", Role.Practitioner, "fr", "Dr", null, Clinic.Password));
        var identity = Identity() with { Subject = "amina", Email = "amina@clinic.example", SecondFactor = true };

        Assert.True((await SignInAsync(clinic, identity)).SignedIn!.Restricted);
        Assert.False((await SignInAsync(clinic, identity, Everyone with { TrustsSecondFactor = true })).SignedIn!.Restricted);
    }

    private static ExternalIdentity Identity() => new(Issuer, "subject", Clinic.Email, "Nadia", "Benali", "fr", SecondFactor: false);

    private static Task<SignInAnswer> SignInAsync(Clinic clinic, ExternalIdentity identity, ExternalTrust? trust = null) =>
        clinic.Get<SignInExternally>().RunAsync(identity, trust ?? Everyone, Clinic.Home, CancellationToken.None);

    private static async Task RefusedAsync(string code, Clinic clinic, ExternalIdentity identity, ExternalTrust? trust = null) =>
        Assert.Equal(code, (await Assert.ThrowsAsync<Refusal>(() => SignInAsync(clinic, identity, trust))).Code);
}
