using Colloque.Files;
using Colloque.Security;
using Xunit;

namespace Colloque.Tests.Files;

public sealed class StorageLinkTests
{
    private readonly TestClock clock = new();
    private readonly StorageLinks links;
    private readonly FileTicket ticket = new(
        new Caller(Guid.CreateVersion7(), Guid.CreateVersion7(), Role.Practitioner, Guid.CreateVersion7()),
        Guid.CreateVersion7(), Guid.CreateVersion7(), FrameCipher.NewObjectKey(), 1_234, FileType.Docx);

    public StorageLinkTests() => links = new(new MasterKey(new byte[32]), clock);

    [Fact]
    public void A_link_says_again_what_it_was_made_of()
    {
        Assert.Equal(ticket, links.Read(Make("GET")));
        Assert.Equal(ticket, links.Read(Make("PUT")));
    }

    [Fact]
    public void A_link_is_absolute_and_shows_neither_person_nor_file()
    {
        var (url, expiresAt) = links.Make("GET", ticket, "https://clinic.example/");

        Assert.StartsWith($"https://clinic.example/storage/files/{ticket.ObjectKey}?expires=", url, StringComparison.Ordinal);
        Assert.Equal(clock.Now.AddMinutes(5), expiresAt);
        foreach (var id in (Guid[])[ticket.FileId, ticket.ConversationId, ticket.Caller.UserId, ticket.Caller.OrganizationId])
        {
            Assert.DoesNotContain(id.ToString("N"), url.Replace("-", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public void Two_links_to_the_same_file_have_nothing_in_common_that_tells_so()
    {
        Assert.NotEqual(Make("GET").Ticket, Make("GET").Ticket);
    }

    [Fact]
    public void A_link_works_for_five_minutes_and_not_a_second_more()
    {
        var link = Make("GET");

        clock.Now += TimeSpan.FromSeconds(299);
        Assert.Equal(ticket, links.Read(link));
        clock.Now += TimeSpan.FromSeconds(1);
        Refuses(link);
    }

    [Fact]
    public void A_link_to_read_does_not_write_and_the_other_way_round()
    {
        Refuses(Make("GET") with { Method = "PUT" });
        Refuses(Make("PUT") with { Method = "GET" });
    }

    [Fact]
    public void A_change_of_any_part_is_refused()
    {
        var link = Make("GET");
        var other = Make("GET");

        Refuses(link with { Bucket = "other" });
        Refuses(link with { ObjectKey = FrameCipher.NewObjectKey() });
        Refuses(link with { ObjectKey = "../../etc/passwd" });
        Refuses(link with { Expires = (long.Parse(link.Expires!) + 60).ToString() });
        Refuses(link with { Expires = "0" + link.Expires });
        Refuses(link with { Expires = "-1" });
        Refuses(link with { Ticket = other.Ticket });
        Refuses(link with { Signature = other.Signature });
        Refuses(link with { Expires = null });
        Refuses(link with { Ticket = null });
        Refuses(link with { Signature = null });
        Refuses(link with { Signature = "" });
        Refuses(link with { Signature = "!" + link.Signature![1..] });
        Refuses(link with { Signature = new string('A', 1_000_000) });
    }

    [Fact]
    public void A_change_of_any_character_of_ticket_or_signature_is_refused()
    {
        var link = Make("GET");

        for (var i = 0; i < link.Ticket!.Length; i++)
        {
            Refuses(link with { Ticket = Change(link.Ticket, i) });
        }

        for (var i = 0; i < link.Signature!.Length - 1; i++)
        {
            Refuses(link with { Signature = Change(link.Signature, i) });
        }
    }

    [Fact]
    public void A_link_of_another_installation_is_refused()
    {
        var elsewhere = new StorageLinks(new MasterKey([.. Enumerable.Repeat((byte)7, 32)]), clock);

        Refuses(FilesClinic.Request("GET", elsewhere.Make("GET", ticket, FilesClinic.BaseUrl).Url));
    }

    private static string Change(string text, int at) => string.Concat(text.AsSpan(0, at), text[at] == 'A' ? "B" : "A", text.AsSpan(at + 1));

    private StorageRequest Make(string method) => FilesClinic.Request(method, links.Make(method, ticket, FilesClinic.BaseUrl).Url);

    private void Refuses(StorageRequest link)
    {
        var refusal = Assert.Throws<Refusal>(() => links.Read(link));
        Assert.Equal((RefusalKind.Forbidden, "link_invalid"), (refusal.Kind, refusal.Code));
    }
}
