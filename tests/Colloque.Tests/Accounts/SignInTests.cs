using System.Net;
using Colloque.Accounts;
using Colloque.Security;
using Colloque.Testing;
using Xunit;

namespace Colloque.Tests.Accounts;

public sealed class SignInTests(PostgresFixture postgres)
{
    [Fact]
    public async Task A_person_signs_in_and_the_token_speaks_for_them()
    {
        await using var clinic = await Clinic.OpenAsync(postgres);

        var signedIn = await clinic.SignInAsync("NADIA@clinic.example");

        var verified = await clinic.Verifier.VerifyAsync(signedIn.Access.Text, CancellationToken.None);
        Assert.Equal((clinic.Organization, clinic.Patient, Role.Patient), (verified.Caller.OrganizationId, verified.Caller.UserId, verified.Caller.Role));
        Assert.Equal(clinic.Clock.GetUtcNow() + TimeSpan.FromMinutes(10), verified.ExpiresAt);
        Assert.Equal(new Profile(clinic.Patient, Clinic.Email, "Nadia", Role.Patient, clinic.Organization, "Clinic", "fr"), signedIn.Profile);
        Assert.Equal(signedIn.Profile, await clinic.Get<GetProfile>().RunAsync(verified.Caller, CancellationToken.None));
    }

    [Fact]
    public async Task Unknown_and_wrong_get_the_same_answer_for_the_same_work()
    {
        await using var clinic = await Clinic.OpenAsync(postgres);

        var wrong = await Assert.ThrowsAsync<Refusal>(() => clinic.SignInAsync(password: "not this one"));
        var unknown = await Assert.ThrowsAsync<Refusal>(() => clinic.SignInAsync("nobody@clinic.example"));
        var impossible = await Assert.ThrowsAsync<Refusal>(() => clinic.SignInAsync("no address\0'"));

        Assert.All([wrong, unknown, impossible], static r => Assert.Equal((RefusalKind.Unauthenticated, "invalid_credentials", null), (r.Kind, r.Code, r.Field)));
        Assert.Equal([$"2:{Clinic.Password}", CountingPasswords.Dummy, CountingPasswords.Dummy], clinic.Passwords.Verified);
    }

    [Theory]
    [InlineData("update users set deactivated_at = now() where role = 'Patient'")]
    [InlineData("update organizations set deactivated_at = now()")]
    public async Task Who_is_deactivated_hears_no_more_than_who_is_unknown(string sql)
    {
        await using var clinic = await Clinic.OpenAsync(postgres);
        await clinic.SqlAsync(sql);

        var refusal = await Assert.ThrowsAsync<Refusal>(() => clinic.SignInAsync());

        Assert.Equal("invalid_credentials", refusal.Code);
        Assert.Single(clinic.Passwords.Verified);
    }

    [Fact]
    public async Task A_hash_of_yesterdays_cost_is_made_anew_at_the_next_sign_in()
    {
        await using var clinic = await Clinic.OpenAsync(postgres);
        clinic.Passwords.Generation = 3;

        await clinic.SignInAsync();

        Assert.Equal($"3:{Clinic.Password}", await clinic.ScalarAsync<string>($"select password_hash from credentials where user_id = '{clinic.Patient}'"));
    }

    [Fact]
    public async Task A_new_hash_does_not_undo_a_password_that_was_changed_meanwhile()
    {
        await using var clinic = await Clinic.OpenAsync(postgres);

        await clinic.Get<AccountRows>().RehashAsync(clinic.Patient, "2:an older password", "3:an older password", CancellationToken.None);

        Assert.Equal($"2:{Clinic.Password}", await clinic.ScalarAsync<string>($"select password_hash from credentials where user_id = '{clinic.Patient}'"));
    }

    [Theory]
    [InlineData("", "password8", "email")]
    [InlineData("nadia@clinic.example", "", "password")]
    public async Task What_is_missing_is_named(string email, string password, string field)
    {
        await using var clinic = await Clinic.OpenEmptyAsync(postgres);

        var refusal = await Assert.ThrowsAsync<Refusal>(() => clinic.SignInAsync(email, password));

        Assert.Equal((RefusalKind.Invalid, field), (refusal.Kind, refusal.Field));
        Assert.Empty(clinic.Passwords.Verified);
    }

    [Fact]
    public async Task A_password_of_257_units_is_refused_whole_and_one_of_256_counts_to_its_last()
    {
        await using var clinic = await Clinic.OpenAsync(postgres);
        var longest = string.Concat(Enumerable.Range(0, 86).Select(static i => $"{i * 7919 % 1000:D3}"))[..255] + "p";
        await clinic.AddAsync(new(clinic.Organization, "long@clinic.example", "Long", Role.Patient, "en", null, null, longest));

        Assert.Equal("password", (await Assert.ThrowsAsync<Refusal>(() => clinic.SignInAsync("long@clinic.example", longest + "p"))).Field);
        Assert.Equal("invalid_credentials", (await Assert.ThrowsAsync<Refusal>(() => clinic.SignInAsync("long@clinic.example", longest[..255] + "q"))).Code);
        Assert.Equal("Long", (await clinic.SignInAsync("long@clinic.example", longest)).Profile.Name);
    }

    [Fact]
    public async Task A_stranger_who_empties_the_accounts_bucket_does_not_lock_its_owner_out()
    {
        await using var clinic = await Clinic.OpenAsync(postgres, RateLimitSettings.Default);
        await clinic.SignInAsync(from: Clinic.Home);
        for (var network = 0; network < Rates.Default(Limit.LoginAccount).Burst; network++)
        {
            await Assert.ThrowsAsync<Refusal>(() => clinic.SignInAsync(password: "a guess", from: new(IPAddress.Parse($"203.0.113.{network}"), null)));
        }

        var stranger = await Assert.ThrowsAsync<Refusal>(() => clinic.SignInAsync(from: Clinic.Elsewhere));
        var owner = await clinic.SignInAsync(from: Clinic.Home);

        Assert.Equal((RefusalKind.TooMany, TimeSpan.FromSeconds(12)), (stranger.Kind, stranger.RetryAfter));
        Assert.Equal(clinic.Patient, owner.Profile.Id);
    }

    [Fact]
    public async Task An_unknown_address_runs_out_of_tries_as_a_known_one_does()
    {
        await using var clinic = await Clinic.OpenAsync(postgres, RateLimitSettings.Default);
        foreach (var email in (string[])[Clinic.Email, "nobody@clinic.example"])
        {
            var codes = new List<string>();
            for (var i = 0; i < 12; i++)
            {
                codes.Add((await Assert.ThrowsAsync<Refusal>(() => clinic.SignInAsync(email, "a guess", Clinic.Elsewhere))).Code);
            }

            Assert.Equal([.. Enumerable.Repeat("invalid_credentials", 10), "too_many_requests", "too_many_requests"], codes);
        }
    }

    [Fact]
    public void A_network_is_an_ipv4_address_or_the_64_around_an_ipv6_one()
    {
        Assert.Equal("192.0.2.7/32", new Origin(IPAddress.Parse("::ffff:192.0.2.7"), null).NetworkKey);
        Assert.Equal("2001:db8:1:2::/64", new Origin(IPAddress.Parse("2001:db8:1:2:3:4:5:6"), null).NetworkKey);
        Assert.Equal("A browser", new Origin(null, "A\u0000 brow\nser\u202e").UserAgent);
    }
}
