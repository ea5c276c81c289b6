using Colloque.Notifications;
using Xunit;

namespace Colloque.Tests.Notifications;

public sealed class MailAddressRuleTests
{
    [Theory]
    [InlineData("nadia@clinic.example", "nadia@clinic.example")]
    [InlineData("nadia.benali+care@Clinic.Example", "nadia.benali+care@clinic.example")]
    [InlineData("admin@localhost", "admin@localhost")]
    [InlineData("o'neil@clinic.example", "o'neil@clinic.example")]
    [InlineData("a@clinique-été.example", "a@xn--clinique-t-j7ab.example")]
    public void An_address_goes_onto_the_wire_in_ascii(string address, string wire) => Assert.Equal(wire, MailAddressRule.Find(address));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("nadia")]
    [InlineData("@clinic.example")]
    [InlineData("nadia@")]
    [InlineData("nadia@clinic..example")]
    [InlineData(".nadia@clinic.example")]
    [InlineData("nadia.@clinic.example")]
    [InlineData("na..dia@clinic.example")]
    [InlineData("nadia@-clinic.example")]
    [InlineData("nadia@clinic_.example")]
    [InlineData("nadia@[127.0.0.1]")]
    [InlineData("nadia@other@clinic.example")]
    [InlineData("\"nadia\"@clinic.example")]
    [InlineData("nadia benali@clinic.example")]
    [InlineData("nadia,bob@clinic.example")]
    [InlineData("nadia@clinic.example\r\nBcc: bob@clinic.example")]
    [InlineData("nadia@clinic.example> SIZE=1")]
    [InlineData("<nadia@clinic.example>")]
    [InlineData("nadia@clinic.example\0")]
    [InlineData("é@clinic.example")]
    public void What_could_end_a_header_or_a_command_or_is_no_address_is_refused(string? address) => Assert.Null(MailAddressRule.Find(address));

    [Fact]
    public void An_address_is_as_long_as_the_wire_allows()
    {
        var host = string.Join('.', Enumerable.Repeat(new string('h', 61), 3));
        Assert.NotNull(MailAddressRule.Find($"{new string('l', 64)}@{host}"));
        Assert.Null(MailAddressRule.Find($"{new string('l', 65)}@{host}"));
        Assert.Null(MailAddressRule.Find($"{new string('l', 64)}@{host}.abcdef.example"));
    }
}
