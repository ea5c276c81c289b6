using System.Net;
using System.Net.Sockets;
using System.Text;
using Colloque.Notifications;
using Colloque.Server.Mail;
using Xunit;

namespace Colloque.Server.Tests.Mail;

/// <summary>The client's side of SMTP against a server that misbehaves; the contract tests send to a real one, over TLS too.</summary>
public sealed class SmtpCarrierTests
{
    private static readonly MailSettings From = MailSettings.Parse("Care <no-reply@care.example>")!;

    [Fact]
    public async Task Mails_that_follow_each_other_share_a_connection_and_end_it_politely()
    {
        await using var server = new ToldSmtpServer();
        await using var carrier = Carrier(server.Port);

        Assert.Equal(MailOutcome.Sent, await SendAsync(carrier));
        Assert.Equal(MailOutcome.Sent, await SendAsync(carrier));
        await carrier.RestAsync();

        Assert.Equal(1, server.Connections);
        Assert.Equal(
            ["MAIL FROM:<no-reply@care.example>", "RCPT TO:<nadia@clinic.example>", "DATA", "RSET", "MAIL FROM:<no-reply@care.example>", "RCPT TO:<nadia@clinic.example>", "DATA", "QUIT"],
            server.Heard.Skip(1));
    }

    [Fact]
    public async Task A_line_that_begins_with_a_dot_does_not_end_the_message()
    {
        await using var server = new ToldSmtpServer();
        await using var carrier = Carrier(server.Port);

        await SendAsync(carrier, ".first\r\n.\r\nRCPT TO:<other@clinic.example>\r\nlast");

        Assert.Equal("..first\n..\nRCPT TO:<other@clinic.example>\nlast\n", Assert.Single(server.Messages));
    }

    [Theory]
    [InlineData("RCPT", "451 later", MailFate.Later, "rcpt_451")]
    [InlineData("RCPT", "550 nobody here", MailFate.Never, "rcpt_550")]
    [InlineData("MAIL", "421 too busy", MailFate.Later, "mail_421")]
    [InlineData("DATA", "554 no", MailFate.Never, "data_554")]
    [InlineData("RCPT", "", MailFate.Later, "connection_lost")]
    [InlineData("RCPT", "what?", MailFate.Later, "not_smtp")]
    [InlineData("EHLO", "550 not you", MailFate.Unreachable, "ehlo_550")]
    [InlineData("EHLO", "", MailFate.Unreachable, "connect")]
    public async Task A_no_is_the_mails_or_the_connections(string command, string answer, MailFate fate, string reason)
    {
        await using var server = new ToldSmtpServer { Answer = l => l.StartsWith(command, StringComparison.Ordinal) ? answer : null };
        await using var carrier = Carrier(server.Port);

        Assert.Equal(new MailOutcome(fate, reason), await SendAsync(carrier));
    }

    [Theory]
    [InlineData("", MailFate.Later, "connection_lost")]
    [InlineData("452 full", MailFate.Later, "message_452")]
    [InlineData("554 spam", MailFate.Never, "message_554")]
    public async Task What_is_said_after_the_message_decides(string answer, MailFate fate, string reason)
    {
        await using var server = new ToldSmtpServer { AfterMessage = answer };
        await using var carrier = Carrier(server.Port);

        Assert.Equal(new MailOutcome(fate, reason), await SendAsync(carrier));
    }

    [Fact]
    public async Task After_a_refusal_the_next_mail_goes_through()
    {
        await using var server = new ToldSmtpServer();
        await using var carrier = Carrier(server.Port);
        server.Answer = static l => l.StartsWith("RCPT", StringComparison.Ordinal) ? "550 nobody here" : null;
        await SendAsync(carrier);
        server.Answer = static _ => null;

        Assert.Equal(MailOutcome.Sent, await SendAsync(carrier));
        Assert.Equal(1, server.Connections);
    }

    [Fact]
    public async Task A_connection_that_broke_while_idle_costs_nothing()
    {
        await using var server = new ToldSmtpServer();
        await using var carrier = Carrier(server.Port);
        await SendAsync(carrier);
        server.Answer = static l => l == "RSET" ? "" : null;

        Assert.Equal(MailOutcome.Sent, await SendAsync(carrier));
        Assert.Equal(2, server.Connections);
    }

    [Fact]
    public async Task No_server_is_nobodys_fault()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        var port = ((IPEndPoint)probe.LocalEndpoint).Port;
        probe.Stop();
        await using var carrier = Carrier(port);

        Assert.Equal(new MailOutcome(MailFate.Unreachable, "connect"), await SendAsync(carrier));
    }

    [Fact]
    public async Task A_server_that_offers_no_tls_gets_neither_password_nor_mail()
    {
        await using var server = new ToldSmtpServer();
        await using var carrier = new SmtpCarrier(new("localhost", server.Port, SmtpSecurity.StartTls, "user", "password"), From, TimeProvider.System);

        Assert.Equal(new MailOutcome(MailFate.Unreachable, "starttls_missing"), await SendAsync(carrier));

        Assert.StartsWith("EHLO", Assert.Single(server.Heard), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_somebody_slips_in_before_tls_ends_the_connection()
    {
        await using var server = new ToldSmtpServer
        {
            Answer = static l => l.StartsWith("EHLO", StringComparison.Ordinal) ? "250 STARTTLS" : l == "STARTTLS" ? "220 go\r\n250 AUTH PLAIN" : null,
        };
        await using var carrier = new SmtpCarrier(new("localhost", server.Port, SmtpSecurity.StartTls, "user", "password"), From, TimeProvider.System);

        Assert.Equal(new MailOutcome(MailFate.Unreachable, "starttls_injection"), await SendAsync(carrier));
    }

    [Fact]
    public async Task A_password_is_given_in_the_way_the_server_knows()
    {
        await using var server = new ToldSmtpServer();
        await using (var carrier = new SmtpCarrier(new("127.0.0.1", server.Port, SmtpSecurity.None, "user", "pässword"), From, TimeProvider.System))
        {
            Assert.Equal(MailOutcome.Sent, await SendAsync(carrier));
        }

        Assert.Contains("AUTH PLAIN " + Convert.ToBase64String(Encoding.UTF8.GetBytes("\0user\0pässword")), server.Heard);
    }

    [Fact]
    public async Task A_line_without_end_is_not_read_to_its_end()
    {
        await using var server = new ToldSmtpServer { Greeting = "220 " + new string('x', 100_000) };
        await using var carrier = Carrier(server.Port);

        Assert.Equal(new MailOutcome(MailFate.Unreachable, "not_smtp"), await SendAsync(carrier));
    }

    private static SmtpCarrier Carrier(int port) => new(new("127.0.0.1", port, SmtpSecurity.None, null, null), From, TimeProvider.System);

    private static Task<MailOutcome> SendAsync(SmtpCarrier carrier, string message = "Subject: x\r\n\r\nHello\r\n") =>
        carrier.DeliverAsync(new(Guid.CreateVersion7(), MailKind.ResetPassword, "nadia@clinic.example", Encoding.ASCII.GetBytes(message)), CancellationToken.None);
}
