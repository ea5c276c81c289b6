using Microsoft.AspNetCore.Http;
using SocketIO.AspNetCore.Engine;

namespace SocketIO.AspNetCore.Tests.Engine;

public sealed class OriginPolicyTests
{
    [Theory]
    [InlineData(null, true)]
    [InlineData("https://app.example", true)]
    [InlineData("http://app.example", false)]
    [InlineData("https://app.example:8443", false)]
    [InlineData("https://evil.example", false)]
    [InlineData("https://app.example.evil.example", false)]
    [InlineData("null", false)]
    [InlineData("", false)]
    public void By_default_only_the_own_origin_may_call(string? origin, bool isAllowed) =>
        Assert.Equal(isAllowed, Allows(origin, out _));

    [Theory]
    [InlineData("https://a.example", true)]
    [InlineData("https://A.example", false)]
    [InlineData("https://app.example", false)]
    [InlineData("https://b.example", false)]
    [InlineData("null", false)]
    public void Listed_origins_are_compared_exactly_and_replace_the_own_one(string origin, bool isAllowed)
    {
        Assert.Equal(isAllowed, Allows(origin, out var response, "https://a.example"));
        Assert.Equal(isAllowed ? origin : "", response.Headers.AccessControlAllowOrigin.ToString());
        Assert.Equal("Origin", response.Headers.Vary);
    }

    [Fact]
    public void Null_is_an_origin_only_when_it_is_listed() => Assert.True(Allows("null", out _, "null"));

    [Fact]
    public void The_wildcard_allows_all_and_is_told_to_all()
    {
        Assert.True(Allows("https://any.example", out var response, EngineIOOptions.AnyOrigin));
        Assert.Equal("*", response.Headers.AccessControlAllowOrigin);
    }

    [Fact]
    public void Two_origins_are_none()
    {
        var context = Context();
        context.Request.Headers.Origin = new(["https://app.example", "https://app.example"]);
        Assert.False(new OriginPolicy(new EngineIOOptions()).TryAllow(context));
    }

    private static bool Allows(string? origin, out HttpResponse response, params string[] allowed)
    {
        var options = new EngineIOOptions();
        foreach (var one in allowed)
        {
            options.AllowedOrigins.Add(one);
        }

        var context = Context();
        if (origin is not null)
        {
            context.Request.Headers.Origin = origin;
        }

        response = context.Response;
        return new OriginPolicy(options).TryAllow(context);
    }

    private static DefaultHttpContext Context()
    {
        var context = new DefaultHttpContext();
        context.Request.Scheme = "https";
        context.Request.Host = new HostString("app.example");
        return context;
    }
}
