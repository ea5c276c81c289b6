using System.Text.Json;
using Colloque.Security;
using Colloque.Testing;
using Xunit;

namespace Colloque.Server.Tests.Accounts;

public sealed class TwoFactorApiTests(PostgresFixture postgres)
{
    private const string Doctor = "amina@clinic.example";

    [Fact]
    public async Task A_practitioner_without_a_factor_is_led_to_set_one_up_and_let_in_afterwards()
    {
        await using var host = await AuthHost.StartAsync(postgres);
        await host.AddAsync(Doctor, Role.Practitioner);
        var signedIn = await JsonAsync(await host.LoginAsync(Doctor));
        var token = signedIn.GetProperty("accessToken").GetString()!;
        Assert.True(signedIn.GetProperty("secondFactorSetupRequired").GetBoolean());
        Assert.Equal("""{"totp":false,"passkeys":0,"required":true}""", signedIn.GetProperty("user").GetProperty("secondFactor").GetRawText());

        var refused = await host.PostAsync("/api/auth/change-password", """{"password":"a","newPassword":"b"}""", Bearer(token));
        Assert.Equal((403, "second_factor_setup_required"), ((int)refused.StatusCode, await CodeAsync(refused)));
        Assert.Equal(200, (int)(await host.MeAsync(token)).StatusCode);

        var setup = await JsonAsync(await host.PostAsync("/api/auth/2fa/setup", "{}", Bearer(token)));
        Assert.StartsWith("otpauth://totp/Colloque:amina%40clinic.example?secret=" + setup.GetProperty("secret").GetString(), setup.GetProperty("otpauthUri").GetString(), StringComparison.Ordinal);
        Assert.StartsWith("<svg", setup.GetProperty("qrSvg").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain("script", setup.GetProperty("qrSvg").GetString(), StringComparison.OrdinalIgnoreCase);
        var codes = await JsonAsync(await host.PostAsync("/api/auth/2fa/verify", Json(new { code = CodeOf(setup, 0) }), Bearer(token)));
        Assert.Equal(10, codes.GetProperty("recoveryCodes").GetArrayLength());

        var whole = await JsonAsync(await host.PostAsync("/api/auth/refresh", Json(new { refreshToken = signedIn.GetProperty("refreshToken").GetString() })));
        Assert.False(whole.TryGetProperty("secondFactorSetupRequired", out _));
        var wrong = await host.PostAsync("/api/auth/change-password", """{"password":"not this one","newPassword":"four winds over brest"}""", Bearer(whole.GetProperty("accessToken").GetString()!));
        Assert.Equal((422, "wrong_password"), ((int)wrong.StatusCode, await CodeAsync(wrong)));
        var state = await host.GetAsync("/api/auth/2fa", whole.GetProperty("accessToken").GetString());
        Assert.Equal("""{"totp":true,"passkeys":0,"recoveryCodesLeft":10,"required":true}""", await state.Content.ReadAsStringAsync());

        var challenge = await JsonAsync(await host.LoginAsync(Doctor));
        Assert.Equal(["twoFactorRequired", "challenge", "methods"], challenge.EnumerateObject().Select(static m => m.Name));
        Assert.Equal("""["totp","recovery"]""", challenge.GetProperty("methods").GetRawText());
        var tokens = await host.PostAsync("/api/auth/2fa/verify", Json(new { challenge = challenge.GetProperty("challenge").GetString(), code = codes.GetProperty("recoveryCodes")[0].GetString() }));
        Assert.Equal((200, "no-store"), ((int)tokens.StatusCode, tokens.Headers.CacheControl?.ToString()));
        Assert.Equal("PRACTITIONER", (await JsonAsync(tokens)).GetProperty("user").GetProperty("role").GetString());
    }

    [Fact]
    public async Task The_demand_is_a_setting()
    {
        await using var host = await AuthHost.StartAsync(postgres, "--SecondFactor:RequiredFor=", "--SecondFactor:Patients=true");
        await host.AddAsync(Doctor, Role.Practitioner);

        Assert.False((await JsonAsync(await host.LoginAsync(Doctor))).TryGetProperty("secondFactorSetupRequired", out _));
        Assert.True((await JsonAsync(await host.LoginAsync())).GetProperty("secondFactorSetupRequired").GetBoolean());
    }

    [Theory]
    [InlineData("GET", "/api/auth/2fa")]
    [InlineData("POST", "/api/auth/2fa/setup")]
    [InlineData("POST", "/api/auth/2fa/verify")]
    [InlineData("POST", "/api/auth/2fa/disable")]
    [InlineData("POST", "/api/auth/2fa/recovery-codes")]
    [InlineData("POST", "/api/auth/change-password")]
    public async Task Nobody_touches_factors_or_passwords_without_a_token(string method, string path)
    {
        await using var host = await AuthHost.StartAsync(postgres);

        var answer = method == "GET" ? await host.GetAsync(path, null) : await host.PostAsync(path, """{"code":"123456"}""");

        Assert.Equal(401, (int)answer.StatusCode);
    }

    [Theory]
    [InlineData("/api/auth/login", """{"email":"a@b.example","password":"x","codes":"1"}""")]
    [InlineData("/api/auth/2fa/verify", """{"challenge":"x","code":"1","code":"2"}""")]
    [InlineData("/api/auth/register", """{"email":"a@b.example","password":"four winds over brest","firstName":"A","lastName":"B","organizationId":"0"}""")]
    [InlineData("/api/auth/register", """{"email":"a@b.example","password":"four winds over brest","firstName":"A","lastName":"B","role":"ADMIN_RH"}""")]
    [InlineData("/api/auth/register", """{"email":"a@b.example","email":"c@d.example","password":"four winds over brest","firstName":"A","lastName":"B"}""")]
    [InlineData("/api/auth/forgot-password", """{"email":"a@b.example","language":"fr"}""")]
    [InlineData("/api/auth/reset-password", """{"token":"x","password":"four winds over brest","userId":"1"}""")]
    public async Task Members_that_do_not_belong_are_refused(string path, string json)
    {
        await using var host = await AuthHost.StartAsync(postgres);

        Assert.Equal(422, (int)(await host.PostAsync(path, json)).StatusCode);
    }

    private static (string, string) Bearer(string token) => ("Authorization", $"Bearer {token}");

    private static string Json<T>(T value) => JsonSerializer.Serialize(value);

    private static async Task<JsonElement> JsonAsync(HttpResponseMessage answer) => JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;

    private static async Task<string> CodeAsync(HttpResponseMessage answer) => (await JsonAsync(answer)).GetProperty("code").GetString()!;

    /// <summary>The code of a secret, so many steps from now.</summary>
    private static string CodeOf(JsonElement setup, int steps)
    {
        var bits = string.Concat(setup.GetProperty("secret").GetString()!.Select(static c => Convert.ToString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(c, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        byte[] secret = [.. bits.Chunk(8).Where(static b => b.Length == 8).Select(static b => Convert.ToByte(new string(b), 2))];
        return Totp.Code(secret, Totp.StepOf(TimeProvider.System.GetUtcNow()) + steps);
    }
}
