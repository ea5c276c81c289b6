using System.Text;
using Colloque.Notifications;
using Xunit;

namespace Colloque.Tests.Notifications;

public sealed class MimeMessageTests
{
    private static readonly MailSettings From = MailSettings.Parse("Télé Care <no-reply@care.example>")!;
    private static readonly Guid Id = Guid.Parse("0198c0de-0000-7000-8000-000000000001");

    public static TheoryData<MailKind, string> Every()
    {
        var all = new TheoryData<MailKind, string>();
        foreach (var kind in Enum.GetValues<MailKind>())
        {
            foreach (var language in (string[])["fr", "en", "es"])
            {
                all.Add(kind, language);
            }
        }

        return all;
    }

    [Theory]
    [MemberData(nameof(Every))]
    public void Every_mail_is_ascii_in_short_lines_with_text_and_html_and_says_it_is_automatic(MailKind kind, string language)
    {
        var message = Encoding.ASCII.GetString(Write(kind, language, "Clinique <b>des</b> Tilleuls\r\nBcc: everyone@clinic.example"));

        var lines = message.Split("\r\n");
        Assert.All(lines, static l => Assert.True(l.Length <= 998 && l.All(static c => c is >= ' ' and <= '~'), l));
        var head = message[..message.IndexOf("\r\n\r\n", StringComparison.Ordinal)].Split("\r\n");
        Assert.Equal(
            ["Date", "From", "To", "Subject", "Message-ID", "MIME-Version", "Auto-Submitted", "X-Auto-Response-Suppress", "Content-Language", "Content-Type"],
            head.Where(static l => l[0] != ' ').Select(static l => l[..l.IndexOf(':', StringComparison.Ordinal)]));
        Assert.Contains("Auto-Submitted: auto-generated", head);
        Assert.Contains("To: <nadia@clinic.example>", head);
        Assert.Contains("Message-ID: <0198c0de000070008000000000000001@care.example>", head);
        Assert.DoesNotContain("Bcc", message, StringComparison.Ordinal);
        Assert.All(head, static l => Assert.True(l.Length <= 78, l));
    }

    [Theory]
    [MemberData(nameof(Every))]
    public void No_mail_says_a_word_of_health_and_html_escapes_what_people_chose(MailKind kind, string language)
    {
        var page = MailPage.Of(kind, language, "https://care.example/page#secret&x=\"", "<script>");

        var words = page.Subject + page.Text + page.Html;
        foreach (var word in (string[])["health", "santé", "salud", "patient", "paciente", "doctor", "médecin", "médic", "soin", "consult", "therap", "thérap", "clinic", "{0}"])
        {
            Assert.DoesNotContain(word, words, StringComparison.OrdinalIgnoreCase);
        }

        Assert.DoesNotContain("<script>", page.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("src=", page.Html, StringComparison.Ordinal);
        Assert.Contains("href=\"https://care.example/page#secret&amp;x=&quot;\"", page.Html, StringComparison.Ordinal);
        Assert.Contains("https://care.example/page#secret&x=\"\r\n", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void An_organizations_name_stays_one_line() =>
        Assert.Contains("Clinic  Call 555 invites you", MailPage.Of(MailKind.Invitation, "en", null, "Clinic\r\nCall 555").Text, StringComparison.Ordinal);

    [Theory]
    [InlineData("no-reply@care.example", "no-reply@care.example", "Colloque")]
    [InlineData("Care <no-reply@Care.Example>", "no-reply@care.example", "Care")]
    public void A_sender_is_an_address_with_or_without_a_name(string setting, string address, string name)
    {
        var from = MailSettings.Parse(setting);

        Assert.Equal((address, name), (from?.Address, from?.Name));
    }

    [Theory]
    [InlineData("")]
    [InlineData("nobody")]
    [InlineData("Care <no-reply@care.example>\r\nBcc: x@care.example")]
    [InlineData("a@care.example, b@care.example")]
    public void What_is_no_sender_is_refused(string setting) => Assert.Null(MailSettings.Parse(setting));

    private static byte[] Write(MailKind kind, string language, string organization) =>
        MimeMessage.Write(Id, From, "nadia@clinic.example", MailPage.Of(kind, language, "https://care.example/page#secret", organization), language, new(2026, 3, 1, 9, 0, 0, TimeSpan.Zero));
}
