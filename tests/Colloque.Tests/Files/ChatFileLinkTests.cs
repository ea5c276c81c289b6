using Colloque.Conversations;
using Colloque.Files;
using Colloque.Security;
using Xunit;

namespace Colloque.Tests.Files;

/// <summary>The addresses that document 004 gives files.</summary>
public sealed class ChatFileLinkTests
{
    private static readonly Caller Somebody = new(Guid.CreateVersion7(), Guid.CreateVersion7(), Role.Patient, Guid.CreateVersion7());
    private static readonly FileView File = new(Guid.CreateVersion7(), "Résultats.pdf", "application/pdf", 1_234, null);

    private readonly TestClock clock = new();
    private readonly ChatFileLinks links;

    public ChatFileLinkTests() => links = new(new MasterKey(new byte[32]), clock);

    [Fact]
    public void An_address_has_the_documents_form_shows_neither_person_nor_name_and_leads_its_holder_to_the_file()
    {
        var conversation = Guid.CreateVersion7();
        var url = links.UrlOf(Somebody, conversation, File);
        Assert.StartsWith($"/assets/chat_files/chat-file-{File.Id:N}.pdf?", url, StringComparison.Ordinal);
        Assert.DoesNotContain("sultats", url, StringComparison.Ordinal);
        Assert.DoesNotContain(Somebody.UserId.ToString("N"), url, StringComparison.OrdinalIgnoreCase);
        var ticket = links.Read(Request(url));
        Assert.Equal((Somebody, conversation, File.Id), (ticket.Caller, ticket.ConversationId, ticket.FileId));
    }

    [Fact]
    public void It_works_for_five_minutes_for_one_file_and_in_one_installation()
    {
        var url = links.UrlOf(Somebody, Guid.CreateVersion7(), File);
        var request = Request(url);
        clock.Now += TimeSpan.FromSeconds(299);
        links.Read(request);
        var other = Request(links.UrlOf(Somebody, Guid.CreateVersion7(), File with { Id = Guid.CreateVersion7() }));
        ChatFileRequest[] forged =
        [
            request with { Name = other.Name },
            request with { Ticket = other.Ticket },
            request with { Signature = other.Signature },
            request with { Expires = other.Expires + "0" },
            request with { Signature = null },
            request with { Name = request.Name + new string('x', 1_000) },
        ];
        Assert.All(forged, f => Assert.Equal("link_invalid", Assert.Throws<Refusal>(() => links.Read(f)).Code));
        Assert.Throws<Refusal>(() => new ChatFileLinks(new MasterKey([.. Enumerable.Repeat((byte)7, 32)]), clock).Read(request));
        clock.Now += TimeSpan.FromSeconds(1);
        Assert.Throws<Refusal>(() => links.Read(request));
    }

    private static ChatFileRequest Request(string url)
    {
        var query = url.Split('?')[1].Split('&').Select(static p => p.Split('=', 2)).ToDictionary(static p => p[0], static p => p[1]);
        return new(url.Split('?')[0][(ChatFileLinks.Path.Length + 1)..], query["expires"], query["ticket"], query["signature"]);
    }
}
