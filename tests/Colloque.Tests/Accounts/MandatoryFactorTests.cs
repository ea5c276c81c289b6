using Colloque.Accounts;
using Colloque.Security;
using Colloque.Testing;
using Xunit;
using static Colloque.Tests.Accounts.SecondFactorTests;

namespace Colloque.Tests.Accounts;

/// <summary>Roles that must have a second factor.</summary>
public sealed class MandatoryFactorTests(PostgresFixture postgres)
{
    private const string Doctor = "amina@clinic.example";

    [Fact]
    public async Task Who_must_have_a_factor_and_has_none_may_set_one_up_and_nothing_else()
    {
        await using var clinic = await OpenAsync();

        var signedIn = await clinic.SignInAsync(Doctor);
        var verified = await clinic.Verifier.VerifyAsync(signedIn.Access.Text, CancellationToken.None);

        Assert.True(signedIn.Restricted && verified.Restricted && signedIn.Profile.SecondFactor is { Required: true, On: false });
        Assert.Equal((RefusalKind.Forbidden, "second_factor_setup_required"), Assert.Throws<Refusal>(() => verified.Whole) is var r ? (r.Kind, r.Code) : default);
        var again = await clinic.RefreshAsync(signedIn.RefreshToken);
        Assert.True(again.Restricted);
    }

    [Fact]
    public async Task Once_a_factor_is_proved_the_next_refresh_gives_all()
    {
        await using var clinic = await OpenAsync();
        var signedIn = await clinic.SignInAsync(Doctor);
        var caller = await Phone.CallerAsync(clinic, signedIn);
        var setup = await clinic.Get<BeginFactor>().RunAsync(caller, null, null, CancellationToken.None);

        await clinic.Get<ConfirmFactor>().RunAsync(caller, Totp.Code(Phone.Decode(setup.Secret), Totp.StepOf(clinic.Clock.GetUtcNow())), CancellationToken.None);
        var whole = await clinic.RefreshAsync(signedIn.RefreshToken);

        Assert.False(whole.Restricted);
        Assert.Equal(caller, (await clinic.Verifier.VerifyAsync(whole.Access.Text, CancellationToken.None)).Whole);
    }

    [Fact]
    public async Task Another_who_came_by_the_password_alone_is_not_let_in_by_the_owners_factor()
    {
        await using var clinic = await OpenAsync();
        var thief = await clinic.SignInAsync(Doctor, from: Clinic.Elsewhere);
        var phone = await Phone.SetUpAsync(clinic, Doctor);

        await Assert.ThrowsAsync<Refusal>(() => clinic.RefreshAsync(thief.RefreshToken));
        await clinic.Watch.SweepAsync(CancellationToken.None);
        Assert.False(await clinic.IsGoodAsync(thief.Access.Text));
        Assert.Equal("second_factor_mandatory", await Try(() => clinic.Get<DropFactor>().RunAsync(phone.Caller, Clinic.Password, phone.Code(), CancellationToken.None)));
    }

    [Fact]
    public async Task A_sign_in_from_before_the_demand_is_restricted_from_its_next_refresh_on()
    {
        await using var clinic = await OpenAsync();
        var signedIn = await clinic.SignInAsync(Doctor);
        await clinic.SqlAsync("update sign_ins set restricted = false");

        Assert.True((await clinic.RefreshAsync(signedIn.RefreshToken)).Restricted);
    }

    [Fact]
    public async Task Nobody_talks_a_token_out_of_its_restriction()
    {
        await using var clinic = await OpenAsync();
        var tokens = clinic.Get<AccessTokens>();
        var caller = new Caller(clinic.Organization, clinic.Patient, Role.Patient, (await Phone.CallerAsync(clinic, await clinic.SignInAsync())).SignInId);

        Assert.True((await clinic.Verifier.VerifyAsync(tokens.Issue(caller, 1, restricted: true).Text, CancellationToken.None)).Restricted);
        Assert.False((await clinic.Verifier.VerifyAsync(tokens.Issue(caller, 1).Text, CancellationToken.None)).Restricted);
        var forged = Jws.Sign(
            tokens.Key, AccessTokens.Type,
            System.Text.Encoding.UTF8.GetBytes($$"""{"iss":"colloque","aud":"colloque-api","sub":"{{caller.UserId}}","sid":"{{caller.SignInId}}","org":"{{caller.OrganizationId}}","role":"Patient","sv":1,"iat":{{clinic.Clock.GetUtcNow().ToUnixTimeSeconds()}},"exp":{{clinic.Clock.GetUtcNow().ToUnixTimeSeconds() + 60}},"rst":"no"}"""));
        Assert.False(await clinic.IsGoodAsync(forged));
    }

    private async Task<Clinic> OpenAsync()
    {
        var clinic = await Clinic.OpenAsync(postgres);
        await clinic.AddAsync(new(clinic.Organization, Doctor, "Amina", Role.Practitioner, "fr", "Dr", null, Clinic.Password));
        return clinic;
    }
}
