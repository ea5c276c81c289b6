using Colloque.Accounts;
using Colloque.Server.Accounts;
using Colloque.Storage;
using Colloque.Testing;
using Microsoft.Extensions.Configuration;
using Xunit;

namespace Colloque.Server.Tests.Accounts;

public sealed class RegistrationApiTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Every_address_gets_the_same_answer_whatever_is_asked_for()
    {
        await using var host = await AuthHost.StartAsync(postgres);
        foreach (var email in (string[])[AuthHost.Email, "nobody@clinic.example", "nobody@elsewhere.example"])
        {
            var body = $$"""{"email":"{{email}}","password":"four winds over brest","firstName":"Hugo","lastName":"Petit"}""";
            HttpResponseMessage[] answers =
            [
                await host.PostAsync("/api/auth/register", body),
                await host.PostAsync("/api/auth/resend-verification", $$"""{"email":"{{email}}"}"""),
                await host.PostAsync("/api/auth/forgot-password", $$"""{"email":"{{email}}"}"""),
            ];

            Assert.All(answers, static a => Assert.Equal(202, (int)a.StatusCode));
            Assert.All(answers, static a => Assert.Equal("""{"status":"accepted"}""", a.Content.ReadAsStringAsync().Result));
            // The same headers too, but for the time of day.
            Assert.All(answers, static a => Assert.Equal(["Date", "Transfer-Encoding"], a.Headers.Select(static h => h.Key).Where(static h => h != "Server").Order()));
        }
    }

    [Theory]
    [InlineData("verify-email", """{"token":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}""")]
    [InlineData("verify-email", """{"token":"x"}""")]
    [InlineData("reset-password", """{"token":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA","password":"four winds over brest"}""")]
    [InlineData("register", """{"invitation":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA","password":"four winds over brest"}""")]
    public async Task A_link_that_was_never_sent_is_spent(string path, string json)
    {
        await using var host = await AuthHost.StartAsync(postgres);

        var answer = await host.PostAsync($"/api/auth/{path}", json);

        Assert.Equal(404, (int)answer.StatusCode);
        Assert.Contains("\"link_spent\"", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_sites_page_registers_nobody()
    {
        await using var host = await AuthHost.StartAsync(postgres);

        Assert.Equal(403, (int)(await host.PostAsync("/api/auth/forgot-password", """{"email":"a@b.example"}""", ("Origin", "https://evil.example"))).StatusCode);
    }

    [Theory]
    [InlineData(null, "http://127.0.0.1:5123", "http://127.0.0.1:5123")]
    [InlineData(null, "http://0.0.0.0:5000/", "http://localhost:5000")]
    [InlineData(null, "http://[::]:5000", "http://localhost:5000")]
    [InlineData("https://care.example/", "http://127.0.0.1:5123", "https://care.example")]
    public void Links_in_mails_lead_to_the_installation_and_nowhere_a_request_says(string? set, string listening, string expected)
    {
        var address = new PublicAddress(set);
        address.Learn(listening);

        Assert.Equal(expected, address.Text);
    }

    [Theory]
    [InlineData("Practitioner, patient", null, "Patient,Practitioner")]
    [InlineData("", null, "")]
    [InlineData("", "true", "Patient")]
    [InlineData(null, null, "Practitioner,OrganizationAdmin,PlatformAdmin,SuperAdmin")]
    [InlineData(null, "true", "Patient,Practitioner,OrganizationAdmin,PlatformAdmin,SuperAdmin")]
    public void Who_must_have_a_second_factor_is_read_from_settings(string? roles, string? patients, string expected) =>
        Assert.Equal(expected, string.Join(',', AccountHosting.ReadFactors(Section(roles, patients)).RequiredFor.Order()));

    [Theory]
    [InlineData("Docter", null)]
    [InlineData("1", null)]
    [InlineData(null, "yes")]
    public void A_demand_mistyped_keeps_the_server_from_starting(string? roles, string? patients) =>
        Assert.Throws<StartRefusedException>(() => AccountHosting.ReadFactors(Section(roles, patients)));

    private static IConfigurationSection Section(string? roles, string? patients) =>
        new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["SecondFactor:RequiredFor"] = roles, ["SecondFactor:Patients"] = patients }).Build().GetSection("SecondFactor");
}
