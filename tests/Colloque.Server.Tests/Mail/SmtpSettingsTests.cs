using Colloque.Server.Mail;
using Colloque.Storage;
using Microsoft.Extensions.Configuration;
using Xunit;

namespace Colloque.Server.Tests.Mail;

public sealed class SmtpSettingsTests
{
    [Theory]
    [InlineData("none", 25)]
    [InlineData("starttls", 587)]
    [InlineData("TLS", 465)]
    public void Each_way_of_protection_has_its_port(string security, int port) => Assert.Equal(port, Read(("Host", "mail.example"), ("Security", security))?.Port);

    [Fact]
    public void Without_a_host_there_is_no_mail_server() => Assert.Null(Read(("Security", "tls")));

    [Fact]
    public void A_password_may_cross_this_machine_in_clear() => Assert.NotNull(Read(("Host", "localhost"), ("Security", "none"), ("User", "u"), ("Password", "p")));

    [Theory]
    [InlineData("Host", "mail.example:25")]
    [InlineData("Port", "0")]
    [InlineData("Port", "smtp")]
    [InlineData("Security", "ssl")]
    [InlineData("User", "alone")]
    public void What_makes_no_sense_keeps_the_server_from_starting(string name, string value) =>
        Assert.Throws<StartRefusedException>(() => Read(("Host", "mail.example"), (name, value)));

    [Fact]
    public void No_password_crosses_a_network_in_clear() =>
        Assert.Throws<StartRefusedException>(() => Read(("Host", "mail.example"), ("Security", "none"), ("User", "u"), ("Password", "p")));

    [Fact]
    public void Settings_print_no_password() => Assert.DoesNotContain("secret", Read(("Host", "mail.example"), ("User", "u"), ("Password", "secret"))!.ToString(), StringComparison.Ordinal);

    private static SmtpSettings? Read(params (string Name, string Value)[] settings)
    {
        // The last of a name counts.
        var all = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var (name, value) in settings)
        {
            all["Mail:" + name] = value;
        }

        return SmtpSettings.Read(new ConfigurationBuilder().AddInMemoryCollection(all).Build().GetSection("Mail"));
    }
}
