using Colloque.Server.Accounts;
using Colloque.Storage;
using Microsoft.Extensions.Configuration;
using Xunit;

namespace Colloque.Server.Tests.Accounts;

public sealed class OidcSettingsTests
{
    [Fact]
    public void A_provider_needs_a_name_an_address_an_id_and_the_domains_it_speaks_for()
    {
        var provider = Read();

        Assert.Equal(("university-of-x", "University of X", "openid email profile"), (provider.Id, provider.Name, provider.Scopes));
        Assert.True(provider.Trust.Covers("a@x.example"));
        Assert.True(provider.Trust.Covers("a@y.example"));
        Assert.False(provider.Trust.Covers("a@z.example"));
        Assert.False(provider.Trust.Covers("a@sub.x.example"));
        Assert.False(provider.Trust.CreateUsers || provider.Trust.TrustsSecondFactor);
    }

    [Fact]
    public void A_star_stands_for_all_domains() => Assert.True(Read(("AllowedDomains", "*")).Trust.Covers("a@z.example"));

    [Theory]
    [InlineData("Name", "")]
    [InlineData("Name", "日本")]
    [InlineData("Authority", "")]
    [InlineData("Authority", "login.example")]
    [InlineData("Authority", "http://login.example")]
    [InlineData("Authority", "https://user:word@login.example")]
    [InlineData("Authority", "https://login.example/?a=b")]
    [InlineData("ClientId", "")]
    [InlineData("Scopes", "email")]
    [InlineData("AllowedDomains", "")]
    [InlineData("AllowedDomains", "*,x.example")]
    [InlineData("AllowedDomains", "x .. example")]
    [InlineData("CreateUsers", "yes")]
    [InlineData("AllowedDomain", "x.example")]
    public void What_makes_no_sense_keeps_the_server_from_starting(string name, string value) => Assert.Throws<StartRefusedException>(() => Read((name, value)));

    [Fact]
    public void A_provider_on_this_machine_may_speak_http() => Assert.Equal("http://127.0.0.1:9000/", Read(("Authority", "http://127.0.0.1:9000")).Authority.AbsoluteUri);

    [Fact]
    public void Settings_print_no_secret() => Assert.Equal("university-of-x", Read(("ClientSecret", "secret")).ToString());

    [Fact]
    public void Two_of_one_name_are_refused()
    {
        var twice = new[] { 0, 1 }.SelectMany(static i => Usual().Select(p => KeyValuePair.Create($"Oidc:Providers:{i}:{p.Key}", (string?)p.Value)));

        Assert.Throws<StartRefusedException>(() => OidcSettings.Read(new ConfigurationBuilder().AddInMemoryCollection(twice).Build().GetSection("Oidc:Providers")));
    }

    private static Dictionary<string, string> Usual() => new(StringComparer.Ordinal)
    {
        ["Name"] = "University of X", ["Authority"] = "https://login.example/x", ["ClientId"] = "colloque", ["AllowedDomains"] = "x.example, @Y.example",
    };

    private static OidcSettings Read(params (string Name, string Value)[] settings)
    {
        var all = Usual();
        foreach (var (name, value) in settings)
        {
            all[name] = value;
        }

        var configuration = new ConfigurationBuilder().AddInMemoryCollection(all.Select(static p => KeyValuePair.Create($"Oidc:Providers:0:{p.Key}", (string?)p.Value))).Build();
        return Assert.Single(OidcSettings.Read(configuration.GetSection("Oidc:Providers")));
    }
}
