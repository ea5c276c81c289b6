using Colloque.Accounts;
using Colloque.Security;
using Colloque.Storage;
using Colloque.Testing;
using Xunit;
using static Colloque.Tests.Accounts.SecondFactorTests;

namespace Colloque.Tests.Accounts;

public sealed class RegistrationTests(PostgresFixture postgres)
{
    private const string Email = "hugo.petit@clinic.example";
    private const string Good = "four winds over brest";

    [Fact]
    public async Task By_the_organizations_domain_one_is_in_once_the_address_is_verified()
    {
        await using var clinic = await OpenAsync(trusting: true);
        await RegisterAsync(clinic);

        Assert.Equal("email_unverified", await Try(() => clinic.SignInAsync(Email, Good)));
        Assert.Equal("invalid_credentials", await Try(() => clinic.SignInAsync(Email, "not this one")));
        await VerifyAsync(clinic);

        var person = (await clinic.SignInAsync(Email, Good)).Profile;
        Assert.Equal((clinic.Organization, Role.Patient, "Hugo Petit", "Hugo", "Petit", "fr", true), (person.OrganizationId, person.Role, person.Name, person.FirstName, person.LastName, person.Language, person.EmailVerified));
    }

    [Theory]
    [InlineData(null, Email)]
    [InlineData("clinic", "hugo@elsewhere.example")]
    public async Task Otherwise_the_organizations_administrator_has_to_say_yes(string? slug, string email)
    {
        await using var clinic = await OpenAsync(trusting: false);
        await RegisterAsync(clinic, email, slug: slug);
        await VerifyAsync(clinic, email);

        Assert.Equal("approval_pending", await Try(() => clinic.SignInAsync(email, Good)));
        await clinic.SqlAsync("update users set approved_at = now() where approved_at is null");
        Assert.Equal(clinic.Organization, (await clinic.SignInAsync(email, Good)).Profile.OrganizationId);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("no-such-clinic")]
    public async Task Where_no_organization_fits_nothing_is_made_and_a_mail_says_so(string? slug)
    {
        await using var clinic = await OpenAsync(trusting: true);
        await RegisterAsync(clinic, "hugo@elsewhere.example", slug: slug);

        Assert.Equal(0L, await clinic.ScalarAsync<long>("select count(*) from users where email like 'hugo%'"));
        Assert.Equal([("NoOrganization", null, "fr")], await clinic.MailsAsync("hugo@elsewhere.example"));
    }

    [Fact]
    public async Task Who_has_an_account_hears_of_the_try_and_keeps_the_password()
    {
        await using var clinic = await OpenAsync(trusting: true);
        await RegisterAsync(clinic, Clinic.Email);

        Assert.Equal("AlreadyRegistered", Assert.Single(await clinic.MailsAsync(Clinic.Email)).Kind);
        Assert.Equal("Nadia", (await clinic.SignInAsync()).Profile.Name);
        Assert.Equal("invalid_credentials", await Try(() => clinic.SignInAsync(Clinic.Email, Good)));
    }

    [Fact]
    public async Task Of_two_who_register_one_address_the_password_of_the_followed_link_holds()
    {
        await using var clinic = await OpenAsync(trusting: true);
        await RegisterAsync(clinic, password: Good);
        var owners = await clinic.TokenAsync(Email, "VerifyEmail");
        await RegisterAsync(clinic, password: "an intruder was here");
        var intruders = await clinic.TokenAsync(Email, "VerifyEmail");

        await VerifyAsync(clinic, token: owners);

        Assert.NotNull(await clinic.SignInAsync(Email, Good));
        Assert.Equal("invalid_credentials", await Try(() => clinic.SignInAsync(Email, "an intruder was here")));
        Assert.Equal("link_spent", await Try(() => VerifyAsync(clinic, token: intruders)));
    }

    [Fact]
    public async Task A_practitioner_registers_as_a_candidate_of_the_platform()
    {
        await using var clinic = await OpenAsync(trusting: true);
        await RegisterAsync(clinic, "amina@elsewhere.example", Role.Practitioner);
        await VerifyAsync(clinic, "amina@elsewhere.example");

        var signedIn = await clinic.SignInAsync("amina@elsewhere.example", Good);

        Assert.Equal((Role.Practitioner, null, true), (signedIn.Profile.Role, signedIn.Profile.OrganizationId, signedIn.Restricted));
        Assert.Equal("Dr/Psychologue", await clinic.ScalarAsync<string>("select title || '/' || specialty from users where role = 'Practitioner'"));
    }

    [Theory]
    [InlineData(Role.OrganizationAdmin)]
    [InlineData(Role.SuperAdmin)]
    public async Task Nobody_registers_as_an_administrator(Role role)
    {
        await using var clinic = await OpenAsync(trusting: true);

        Assert.Equal("role", (await Assert.ThrowsAsync<Refusal>(() => RegisterAsync(clinic, role: role))).Field);
    }

    [Fact]
    public async Task An_invitation_lets_in_at_once_and_once_and_its_own_address_only()
    {
        await using var clinic = await OpenAsync(trusting: false);
        var (person, token) = await InviteAsync(clinic);

        Assert.Equal("invalid_credentials", await Try(() => clinic.SignInAsync(Email, Good)));
        Assert.Equal("email", (await Assert.ThrowsAsync<Refusal>(() => AcceptAsync(clinic, token, "another@clinic.example"))).Field);
        await AcceptAsync(clinic, token, Email.ToUpperInvariant());

        var signedIn = await clinic.SignInAsync(Email, Good);
        Assert.Equal((person, "Hugo Grand", Role.Patient), (signedIn.Profile.Id, signedIn.Profile.Name, signedIn.Profile.Role));
        Assert.Equal("link_spent", await Try(() => AcceptAsync(clinic, token, null)));
        Assert.Equal("link_spent", await Try(() => AcceptAsync(clinic, "no token", null)));
    }

    [Fact]
    public async Task An_invitation_of_someone_deactivated_meanwhile_lets_nobody_in()
    {
        await using var clinic = await OpenAsync(trusting: false);
        var (person, token) = await InviteAsync(clinic);
        await clinic.SqlAsync($"update users set deactivated_at = now() where id = '{person}'");

        Assert.Equal("link_spent", await Try(() => AcceptAsync(clinic, token, null)));
    }

    [Fact]
    public async Task The_verification_comes_once_more_when_asked_for_and_not_to_who_needs_none()
    {
        await using var clinic = await OpenAsync(trusting: true);
        await RegisterAsync(clinic);
        clinic.Clock.Advance(VerifyEmail.LinkLifetime);
        Assert.Equal("link_spent", await Try(() => VerifyAsync(clinic)));

        await AskAsync(clinic, Email, TokenPurpose.Verify);
        await VerifyAsync(clinic);
        await AskAsync(clinic, Email, TokenPurpose.Verify);
        await AskAsync(clinic, "nobody@clinic.example", TokenPurpose.Verify);

        Assert.NotNull(await clinic.SignInAsync(Email, Good));
        Assert.Equal(2, (await clinic.MailsAsync(Email)).Count);
        Assert.Empty(await clinic.MailsAsync("nobody@clinic.example"));
    }

    [Fact]
    public async Task A_request_outlives_the_process_that_took_it()
    {
        await using var clinic = await OpenAsync(trusting: true);
        await clinic.Get<RegisterAccount>().RunAsync(New(Email), Clinic.Home, CancellationToken.None);
        // Another process took it, and died.
        await clinic.ScalarAsync<Guid>("select id from accounts_take_request(timestamptz '2026-03-01 09:00+00', timestamptz '2026-03-01 09:00:30+00')");

        Assert.False(await clinic.Get<AccountRequests>().DoNextAsync(clinic.Get<Verbs>(), CancellationToken.None));
        clinic.Clock.Advance(TimeSpan.FromSeconds(30));
        Assert.True(await clinic.Get<AccountRequests>().DoNextAsync(clinic.Get<Verbs>(), CancellationToken.None));

        Assert.Single(await clinic.MailsAsync(Email));
        Assert.Equal(0L, await clinic.ScalarAsync<long>("select count(*) from account_requests"));
    }

    [Fact]
    public async Task A_request_lies_sealed()
    {
        await using var clinic = await OpenAsync(trusting: true);
        await clinic.Get<RegisterAccount>().RunAsync(New(Email), Clinic.Home, CancellationToken.None);

        Assert.Equal(1L, await clinic.ScalarAsync<long>("select count(*) from account_requests"));
        Assert.Equal(0L, await clinic.ScalarAsync<long>("select count(*) from account_requests where encode(sealed, 'escape') ~* 'hugo|petit|brest'"));
    }

    internal static async Task AskAsync(Clinic clinic, string email, TokenPurpose purpose)
    {
        await clinic.Get<RequestMail>().RunAsync(email, purpose, Clinic.Home, CancellationToken.None);
        await WorkAsync(clinic);
    }

    private static NewAccount New(string email, Role role = Role.Patient, string? slug = null, string password = Good) => new(email, password, "Hugo", "Petit", "fr", role, slug, "Dr", "Psychologue");

    private static async Task RegisterAsync(Clinic clinic, string email = Email, Role role = Role.Patient, string? slug = null, string password = Good)
    {
        await clinic.Get<RegisterAccount>().RunAsync(New(email, role, slug, password), Clinic.Home, CancellationToken.None);
        await WorkAsync(clinic);
    }

    private static async Task WorkAsync(Clinic clinic)
    {
        while (await clinic.Get<AccountRequests>().DoNextAsync(clinic.Get<Verbs>(), CancellationToken.None))
        {
        }
    }

    private static async Task VerifyAsync(Clinic clinic, string email = Email, string? token = null) =>
        await clinic.Get<VerifyEmail>().RunAsync(token ?? await clinic.TokenAsync(email, "VerifyEmail"), Clinic.Home, CancellationToken.None);

    private static Task AcceptAsync(Clinic clinic, string token, string? email) =>
        clinic.Get<AcceptInvitation>().RunAsync(new(token, email, Good, null, "Grand", null), Clinic.Home, CancellationToken.None);

    private static async Task<(Guid Person, string Token)> InviteAsync(Clinic clinic)
    {
        var person = Guid.CreateVersion7(clinic.Clock.GetUtcNow());
        await clinic.SqlAsync($"insert into users (id, tenant_id, email, name, first_name, last_name, role, created_at, approved_at) values ('{person}', '{clinic.Organization}', '{Email}', 'Hugo Grand', 'Hugo', 'Grand', 'Patient', now(), now())");
        var token = await clinic.RunAsync(clinic.Root, (AccountTokens tokens) => tokens.IssueAsync(person, TokenPurpose.Invite, AcceptInvitation.LinkLifetime, CancellationToken.None));
        return (person, token.Text());
    }

    private async Task<Clinic> OpenAsync(bool trusting)
    {
        var clinic = await Clinic.OpenAsync(postgres);
        await clinic.SqlAsync($"update organizations set domain = 'clinic.example', auto_approve_employees = {trusting}, validated_at = now()");
        return clinic;
    }
}
