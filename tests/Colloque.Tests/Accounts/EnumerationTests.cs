using Colloque.Accounts;
using Colloque.Security;
using Colloque.Testing;
using Xunit;
using static Colloque.Tests.Accounts.SecondFactorTests;

namespace Colloque.Tests.Accounts;

/// <summary>No answer tells whether an address is known: not by its words, and not by the work it took. Work is counted, not timed: statements sent, passwords hashed.</summary>
public sealed class EnumerationTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Signing_in_costs_the_same_for_a_known_and_an_unknown_address()
    {
        await using var clinic = await Clinic.OpenAsync(postgres);
        await clinic.AddAsync(new(clinic.Organization, "phone@clinic.example", "Phone", Role.Patient, "fr", null, null, Clinic.Password));
        await Phone.SetUpAsync(clinic, "phone@clinic.example");
        await clinic.SqlAsync($"insert into users (id, tenant_id, email, name, role, created_at, approved_at) values (gen_random_uuid(), '{clinic.Organization}', 'invited@clinic.example', 'Invited', 'Patient', now(), now())");

        string[] addresses = [Clinic.Email, "nobody@clinic.example", "phone@clinic.example", "invited@clinic.example"];
        var costs = new List<(string?, int, int)>();
        foreach (var address in addresses)
        {
            costs.Add(await CostAsync(clinic, () => clinic.SignInAsync(address, "not this one")));
        }

        Assert.All(costs, c => Assert.Equal(("invalid_credentials", 1, 1), c));
    }

    [Fact]
    public async Task Registering_costs_the_same_for_a_known_and_an_unknown_address()
    {
        await using var clinic = await Clinic.OpenAsync(postgres);
        await clinic.SqlAsync("update organizations set domain = 'clinic.example', validated_at = now()");
        foreach (var address in (string[])[Clinic.Email, "nobody@clinic.example", "nobody@elsewhere.example"])
        {
            var cost = await CostAsync(clinic, () => clinic.Get<RegisterAccount>().RunAsync(
                new(address, "four winds over brest", "Hugo", "Petit", null, Role.Patient, null, null, null), Clinic.Home, CancellationToken.None));
            Assert.Equal((null, 1, 1), cost);
        }
    }

    [Theory]
    [InlineData(TokenPurpose.Reset)]
    [InlineData(TokenPurpose.Verify)]
    public async Task Asking_for_a_mail_costs_the_same_for_a_known_and_an_unknown_address(TokenPurpose purpose)
    {
        await using var clinic = await Clinic.OpenAsync(postgres);
        foreach (var address in (string[])[Clinic.Email, "nobody@clinic.example"])
        {
            Assert.Equal((null, 1, 0), await CostAsync(clinic, () => clinic.Get<RequestMail>().RunAsync(address, purpose, Clinic.Home, CancellationToken.None)));
        }
    }

    [Fact]
    public async Task A_known_and_an_unknown_address_run_into_the_networks_limit_alike()
    {
        await using var clinic = await Clinic.OpenAsync(postgres, RateLimitSettings.Default);
        var burst = Rates.Default(Limit.AccountNetwork).Burst;
        foreach (var (address, from) in ((string, Origin)[])[(Clinic.Email, Clinic.Home), ("nobody@clinic.example", Clinic.Elsewhere)])
        {
            for (var i = 0; i < burst; i++)
            {
                Assert.Null(await Try(() => clinic.Get<RequestMail>().RunAsync(address, TokenPurpose.Reset, from, CancellationToken.None)));
            }

            Assert.Equal("too_many_requests", await Try(() => clinic.Get<RequestMail>().RunAsync(address, TokenPurpose.Reset, from, CancellationToken.None)));
        }
    }

    /// <summary>What was refused, how many statements were sent, how many passwords hashed or compared.</summary>
    private static async Task<(string? Code, int Statements, int Hashes)> CostAsync(Clinic clinic, Func<Task> run)
    {
        var database = await clinic.ScalarAsync<string>("select current_database()");
        var hashes = clinic.Passwords.Hashed + clinic.Passwords.Verified.Count;
        using var trips = new RoundTrips(database!);
        var code = await Try(run);
        return (code, trips.Count, clinic.Passwords.Hashed + clinic.Passwords.Verified.Count - hashes);
    }
}
