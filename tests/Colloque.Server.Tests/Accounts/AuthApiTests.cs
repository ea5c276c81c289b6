using System.Text.Json;
using Colloque.Server.Tests.Node;
using Colloque.Testing;
using Xunit;

namespace Colloque.Server.Tests.Accounts;

public sealed class AuthApiTests(PostgresFixture postgres, NodeFolder node)
{
    private static readonly (string, string) Web = ("X-Colloque-Client", "web");

    [Fact]
    public async Task Signing_in_answers_as_the_contract_says()
    {
        await using var host = await AuthHost.StartAsync(postgres);

        using var answer = await host.LoginAsync();

        var body = await JsonAsync(answer);
        Assert.Equal(200, (int)answer.StatusCode);
        Assert.Equal("no-store", answer.Headers.CacheControl?.ToString());
        Assert.False(answer.Headers.Contains("Set-Cookie"));
        Assert.Equal(["accessToken", "tokenType", "expiresIn", "refreshToken", "user"], body.EnumerateObject().Select(static m => m.Name));
        Assert.Equal(("Bearer", 600, 43), (body.GetProperty("tokenType").GetString(), body.GetProperty("expiresIn").GetInt32(), body.GetProperty("refreshToken").GetString()!.Length));
        var user = $$$"""{"id":"{{{host.Patient}}}","email":"nadia@clinic.example","name":"Nadia","role":"EMPLOYEE","organizationId":"{{{host.Organization}}}","organizationName":"Clinic","language":"fr","emailVerified":true,"secondFactor":{"totp":false,"passkeys":0,"required":false}}""";
        Assert.Equal(user, body.GetProperty("user").GetRawText());
        using var me = await host.MeAsync(body.GetProperty("accessToken").GetString());
        Assert.Equal(user, await me.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Refreshing_spends_the_token_and_signing_out_ends_everything()
    {
        await using var host = await AuthHost.StartAsync(postgres);
        var first = await host.SignInAsync();

        using var refreshed = await host.PostAsync("/api/auth/refresh", $$"""{"refreshToken":"{{Text(first, "refreshToken")}}"}""");
        var second = await JsonAsync(refreshed);
        using var out1 = await host.PostAsync("/api/auth/logout", $$"""{"refreshToken":"{{Text(second, "refreshToken")}}"}""");
        using var out2 = await host.PostAsync("/api/auth/logout", $$"""{"refreshToken":"{{Text(second, "refreshToken")}}"}""");
        using var me = await host.MeAsync(Text(second, "accessToken"));
        using var again = await host.PostAsync("/api/auth/refresh", $$"""{"refreshToken":"{{Text(second, "refreshToken")}}"}""");

        Assert.NotEqual(Text(first, "refreshToken"), Text(second, "refreshToken"));
        Assert.Equal([200, 204, 204, 401, 401], Statuses(refreshed, out1, out2, me, again));
    }

    [Fact]
    public async Task A_browser_gets_its_refresh_token_in_a_cookie_that_no_script_and_no_other_site_reaches()
    {
        await using var host = await AuthHost.StartAsync(postgres);

        using var login = await host.LoginAsync(headers: Web);
        var cookie = Assert.Single(login.Headers.GetValues("Set-Cookie"));
        var value = cookie.Split(';')[0];
        using var refreshed = await host.PostAsync("/api/auth/refresh", "{}", Web, ("Cookie", value));
        using var tab = await host.PostAsync("/api/auth/refresh", "{}", Web, ("Cookie", value));
        var next = refreshed.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
        using var logout = await host.PostAsync("/api/auth/logout", "{}", Web, ("Cookie", next));
        using var over = await host.PostAsync("/api/auth/refresh", "{}", Web, ("Cookie", next));

        Assert.Equal(
            ["httponly", "max-age=2592000", "path=/", "samesite=strict", "secure"],
            cookie.Split("; ")[1..].Select(static a => a.ToLowerInvariant()).Order());
        Assert.Matches("^__Host-colloque-refresh=[A-Za-z0-9_-]{43}$", value);
        Assert.False((await JsonAsync(login)).TryGetProperty("refreshToken", out _));
        Assert.NotEqual(value, next);
        Assert.Equal(next, tab.Headers.GetValues("Set-Cookie").Single().Split(';')[0]);
        Assert.StartsWith("__Host-colloque-refresh=; max-age=0;", logout.Headers.GetValues("Set-Cookie").Single(), StringComparison.Ordinal);
        Assert.Equal([200, 200, 200, 204, 401], Statuses(login, refreshed, tab, logout, over));
    }

    [Fact]
    public async Task The_cookie_is_not_spent_without_the_header_nor_from_another_origin()
    {
        await using var host = await AuthHost.StartAsync(postgres);
        using var login = await host.LoginAsync(headers: Web);
        var cookie = ("Cookie", login.Headers.GetValues("Set-Cookie").Single().Split(';')[0]);

        using var noHeader = await host.PostAsync("/api/auth/refresh", "{}", cookie);
        using var elsewhere = await host.PostAsync("/api/auth/refresh", "{}", Web, cookie, ("Origin", "https://evil.example"));
        using var nowhere = await host.PostAsync("/api/auth/refresh", "{}", Web, cookie, ("Origin", "null"));
        using var planted = await host.LoginAsync(headers: [Web, ("Origin", "https://evil.example")]);
        using var own = await host.PostAsync("/api/auth/refresh", "{}", Web, cookie, ("Origin", host.Address));

        Assert.Equal([422, 403, 403, 403, 200], Statuses(noHeader, elsewhere, nowhere, planted, own));
    }

    [Fact]
    public async Task Unknown_and_wrong_answer_alike_to_the_byte()
    {
        await using var host = await AuthHost.StartAsync(postgres);

        using var wrong = await host.LoginAsync(password: "not this one");
        using var unknown = await host.LoginAsync("nobody@clinic.example");

        Assert.Equal([401, 401], Statuses(wrong, unknown));
        Assert.Equal(await WithoutTraceAsync(wrong), await WithoutTraceAsync(unknown));
        Assert.Equal("invalid_credentials", Text(await JsonAsync(wrong), "code"));
        Assert.Equal(wrong.Headers.Select(static h => h.Key), unknown.Headers.Select(static h => h.Key));
    }

    [Fact]
    public async Task Too_many_tries_say_when_to_come_back()
    {
        await using var host = await AuthHost.StartAsync(postgres, "--Limits:LoginAccount:Burst", "2", "--Limits:LoginAccount:PerMinute", "2");
        for (var i = 0; i < 2; i++)
        {
            using var refused = await host.LoginAsync(password: "a guess");
            Assert.Equal(401, (int)refused.StatusCode);
        }

        using var answer = await host.LoginAsync(password: "a guess");

        Assert.Equal(429, (int)answer.StatusCode);
        Assert.InRange(answer.Headers.RetryAfter?.Delta?.TotalSeconds ?? 0, 1, 30);
        Assert.Equal("too_many_requests", Text(await JsonAsync(answer), "code"));
    }

    [Fact]
    public async Task The_first_admin_sets_a_password_over_http()
    {
        await using var host = await AuthHost.StartAsync(postgres);
        var link = await host.Get<Colloque.Accounts.FirstAdmin>().LinkAsync("http://here", CancellationToken.None);
        var json = $$"""{"token":"{{link!.Split('#')[1]}}","password":"a first password"}""";

        using var first = await host.PostAsync("/api/auth/setup", json);
        using var second = await host.PostAsync("/api/auth/setup", json);
        using var login = await host.LoginAsync("admin@localhost", "a first password");

        Assert.Equal([204, 404, 200], Statuses(first, second, login));
        Assert.Equal("""{"role":"SUPER_ADMIN","organizationId":null}""", JsonSerializer.Serialize(new
        {
            role = Text((await JsonAsync(login)).GetProperty("user"), "role"),
            organizationId = Text((await JsonAsync(login)).GetProperty("user"), "organizationId"),
        }));
    }

    [Fact]
    public async Task Npm_jose_verifies_our_tokens_with_the_published_key_and_no_others()
    {
        await using var host = await AuthHost.StartAsync(postgres);
        using var keys = await host.Client.GetAsync("/.well-known/jwks.json");
        Assert.Equal("application/jwk-set+json", keys.Content.Headers.ContentType?.MediaType);
        var set = await keys.Content.ReadAsStringAsync();
        var token = Text(await host.SignInAsync(), "accessToken")!;

        var good = await JoseAsync(set, token, "colloque-api");
        var tampered = await JoseAsync(set, token[..^2] + (token.EndsWith("AA", StringComparison.Ordinal) ? "BA" : "AA"), "colloque-api");
        var elsewhere = await JoseAsync(set, token, "another-api");

        Assert.Equal(("ES256", "at+jwt"), (Text(good.GetProperty("header"), "alg"), Text(good.GetProperty("header"), "typ")));
        Assert.Equal(
            (host.Patient.ToString(), host.Organization.ToString(), "Patient", 1),
            (Text(good.GetProperty("claims"), "sub"), Text(good.GetProperty("claims"), "org"), Text(good.GetProperty("claims"), "role"), good.GetProperty("claims").GetProperty("sv").GetInt32()));
        Assert.Equal("ERR_JWS_SIGNATURE_VERIFICATION_FAILED", Text(tampered, "refused"));
        Assert.Equal("ERR_JWT_CLAIM_VALIDATION_FAILED", Text(elsewhere, "refused"));
    }

    private Task<JsonElement> JoseAsync(string keys, string token, string audience) =>
        node.RunAsync("jose.mjs", $$"""{"keys":{{keys}},"token":"{{token}}","issuer":"colloque","audience":"{{audience}}"}""");

    private static async Task<JsonElement> JsonAsync(HttpResponseMessage answer) => JsonElement.Parse(await answer.Content.ReadAsStringAsync());

    private static string? Text(JsonElement json, string member) => json.GetProperty(member).GetString();

    private static int[] Statuses(params HttpResponseMessage[] answers) => [.. answers.Select(static a => (int)a.StatusCode)];

    private static async Task<string> WithoutTraceAsync(HttpResponseMessage answer)
    {
        var json = await JsonAsync(answer);
        return (await answer.Content.ReadAsStringAsync()).Replace(Text(json, "traceId")!, "", StringComparison.Ordinal);
    }
}
