using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Colloque.Testing;
using Xunit;

namespace Colloque.Server.Tests.Accounts;

/// <summary>A passkey as the second factor of someone who must have one. ASVS 6.3.3, 6.4.3.</summary>
public sealed class PasskeyApiTests(PostgresFixture postgres)
{
    private const string Site = "https://care.example";

    [Fact]
    public async Task Who_must_have_a_factor_gets_in_to_make_a_passkey_and_is_whole_with_it()
    {
        await using var host = await StartAsync();
        using var device = new SoftAuthenticator(Site);
        var half = await host.SignInAsync();
        Assert.True(half.GetProperty("secondFactorSetupRequired").GetBoolean());

        var made = await EnrolAsync(host, Token(half), device);
        using var refreshed = await host.PostAsync("/api/auth/refresh", $$"""{"refreshToken":"{{half.GetProperty("refreshToken").GetString()}}"}""");
        var whole = await refreshed.Content.ReadFromJsonAsync<JsonElement>();
        var entered = await EnterAsync(host, device);

        Assert.Equal((201, 200, 200), ((int)made.StatusCode, (int)refreshed.StatusCode, (int)entered.StatusCode));
        Assert.False(whole.TryGetProperty("secondFactorSetupRequired", out _));
        Assert.False((await entered.Content.ReadFromJsonAsync<JsonElement>()).TryGetProperty("secondFactorSetupRequired", out _));
        Assert.Equal("""{"totp":false,"passkeys":1,"required":true}""", whole.GetProperty("user").GetProperty("secondFactor").GetRawText());
    }

    [Fact]
    public async Task With_a_passkey_a_password_alone_no_longer_signs_in()
    {
        await using var host = await StartAsync();
        using var device = new SoftAuthenticator(Site);
        await EnrolAsync(host, Token(await host.SignInAsync()), device);

        var answer = await host.SignInAsync();

        Assert.True(answer.GetProperty("twoFactorRequired").GetBoolean());
        Assert.Contains("passkey", answer.GetProperty("methods").EnumerateArray().Select(static m => m.GetString()));
        Assert.False(answer.TryGetProperty("accessToken", out _));
    }

    [Fact]
    public async Task The_last_passkey_of_one_who_must_have_a_factor_stays()
    {
        await using var host = await StartAsync();
        using var device = new SoftAuthenticator(Site);
        using var spare = new SoftAuthenticator(Site);
        var token = Token(await host.SignInAsync());
        using var first = await EnrolAsync(host, token, device);
        var entered = await (await EnterAsync(host, device)).Content.ReadFromJsonAsync<JsonElement>();
        token = Token(entered);
        using var second = await EnrolAsync(host, token, spare);

        using var one = await DeleteAsync(host, token, await IdAsync(first));
        using var last = await DeleteAsync(host, token, await IdAsync(second));

        Assert.Equal((204, 409), ((int)one.StatusCode, (int)last.StatusCode));
        Assert.Equal("second_factor_mandatory", (await last.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString());
        Assert.Equal(200, (int)(await EnterAsync(host, spare)).StatusCode);
        Assert.Equal(401, (int)(await EnterAsync(host, device)).StatusCode);
    }

    [Fact]
    public async Task Who_is_deactivated_does_not_come_in_by_a_passkey_either()
    {
        await using var host = await StartAsync();
        using var device = new SoftAuthenticator(Site);
        await EnrolAsync(host, Token(await host.SignInAsync()), device);
        await host.SqlAsync("update organizations set deactivated_at = now()");

        using var answer = await EnterAsync(host, device);

        Assert.Equal(401, (int)answer.StatusCode);
        Assert.Equal("passkey_refused", (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString());
    }

    [Fact]
    public async Task The_site_is_the_public_address_whatever_the_request_says_of_its_host()
    {
        await using var host = await StartAsync();

        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/auth/passkeys/sign-in/options") { Content = new StringContent("{}", Encoding.UTF8, "application/json") };
        request.Headers.Host = "evil.example";
        using var answer = await host.Client.SendAsync(request);

        var options = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("options");
        Assert.Equal(("care.example", "required"), (options.GetProperty("rpId").GetString(), options.GetProperty("userVerification").GetString()));
        Assert.Empty(options.GetProperty("allowCredentials").EnumerateArray());
    }

    [Fact]
    public async Task Sign_ins_by_passkey_are_counted_by_network()
    {
        await using var host = await AuthHost.StartAsync(postgres, "--PublicUrl", Site, "--Limits:PasskeyOffer:Burst", "2", "--Limits:PasskeyOffer:PerMinute", "1");

        var statuses = new List<int>();
        for (var i = 0; i < 3; i++)
        {
            using var answer = await host.PostAsync("/api/auth/passkeys/sign-in/options", "{}");
            statuses.Add((int)answer.StatusCode);
        }

        Assert.Equal([200, 200, 429], statuses);
    }

    private Task<AuthHost> StartAsync() => AuthHost.StartAsync(postgres, "--PublicUrl", Site, "--SecondFactor:Patients", "true");

    private static string Token(JsonElement tokens) => tokens.GetProperty("accessToken").GetString()!;

    private static async Task<Guid> IdAsync(HttpResponseMessage made) => (await made.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetGuid();

    private static async Task<HttpResponseMessage> EnrolAsync(AuthHost host, string token, SoftAuthenticator device)
    {
        using var offered = await host.PostAsync("/api/auth/passkeys/options", "{}", ("Authorization", $"Bearer {token}"));
        var credential = device.Create(await offered.Content.ReadFromJsonAsync<JsonElement>());
        return await host.PostAsync("/api/auth/passkeys", $$"""{"name":"Key","credential":{{credential}}}""", ("Authorization", $"Bearer {token}"));
    }

    private static async Task<HttpResponseMessage> EnterAsync(AuthHost host, SoftAuthenticator device)
    {
        using var offered = await host.PostAsync("/api/auth/passkeys/sign-in/options", "{}");
        var offer = await offered.Content.ReadFromJsonAsync<JsonElement>();
        var credential = device.Sign(offer.GetProperty("options"));
        return await host.PostAsync("/api/auth/passkeys/sign-in", $$"""{"ceremony":"{{offer.GetProperty("ceremony").GetString()}}","credential":{{credential}}}""");
    }

    private static Task<HttpResponseMessage> DeleteAsync(AuthHost host, string token, Guid id)
    {
        var request = new HttpRequestMessage(HttpMethod.Delete, $"/api/auth/passkeys/{id}");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return host.Client.SendAsync(request);
    }
}
