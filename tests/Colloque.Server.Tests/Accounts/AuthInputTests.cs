using System.Text.Json;
using Colloque.Testing;
using Xunit;

namespace Colloque.Server.Tests.Accounts;

/// <summary>One host for what leaves no trace in it.</summary>
public sealed class SharedAuthHost(PostgresFixture postgres) : IAsyncLifetime
{
    internal AuthHost Host { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Host = await AuthHost.StartAsync(postgres, "--Limits:Enabled", "false");

    public ValueTask DisposeAsync() => Host.DisposeAsync();
}

public sealed class AuthInputTests(SharedAuthHost shared) : IClassFixture<SharedAuthHost>
{
    [Theory]
    [InlineData("login", """{"email":"a@b.example"}""", "password")]
    [InlineData("login", """{"password":"password"}""", "email")]
    [InlineData("login", """{"email":"a@b.example","password":"password","role":"SUPER_ADMIN"}""", "role")]
    [InlineData("login", """{"email":"a@b.example","email":"c@d.example","password":"password"}""", "email")]
    [InlineData("login", """{"Email":"a@b.example","password":"password"}""", "Email")]
    [InlineData("login", """{"email":7,"password":"password"}""", "email")]
    [InlineData("login", """{"email":["a@b.example"],"password":"password"}""", "email")]
    [InlineData("login", """{"email":"a@b.example","password":"\ud800"}""", "password")]
    [InlineData("login", "{", "$")]
    [InlineData("login", "[]", "$")]
    [InlineData("login", "null", "$")]
    [InlineData("login", "", "$")]
    [InlineData("refresh", "{}", "refreshToken")]
    [InlineData("refresh", """{"refreshToken":null}""", "refreshToken")]
    [InlineData("refresh", """{"refreshToken":"x","userId":"y"}""", "userId")]
    [InlineData("logout", "{}", "refreshToken")]
    [InlineData("setup", """{"token":"x","password":"short"}""", "password")]
    [InlineData("setup", """{"password":"long enough"}""", "token")]
    public async Task What_is_wrong_of_a_body_is_named(string path, string json, string field)
    {
        using var answer = await shared.Host.PostAsync($"/api/auth/{path}", json);

        var body = JsonElement.Parse(await answer.Content.ReadAsStringAsync());
        Assert.Equal(422, (int)answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal(field, Assert.Single(body.GetProperty("errors").EnumerateObject()).Name);
    }

    [Fact]
    public async Task A_browsers_body_is_empty()
    {
        using var answer = await shared.Host.PostAsync("/api/auth/refresh", """{"refreshToken":"x"}""", ("X-Colloque-Client", "web"));

        Assert.Equal(422, (int)answer.StatusCode);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("x")]
    [InlineData("eyJhbGciOiJub25lIiwidHlwIjoiYXQrand0In0.e30.")]
    public async Task Without_a_token_of_ours_nobody_is_anybody(string? token)
    {
        using var answer = await shared.Host.MeAsync(token);

        Assert.Equal(401, (int)answer.StatusCode);
        Assert.Equal("Bearer", answer.Headers.WwwAuthenticate.ToString());
    }
}
