using Colloque.Notifications;
using Colloque.Storage;
using Colloque.Testing;
using Colloque.Tests.Accounts;
using Xunit;

namespace Colloque.Tests.Notifications;

public sealed class MailQueueTests(PostgresFixture postgres)
{
    private static readonly MailDraft Invitation = new(MailKind.Invitation, null, "nadia@clinic.example", "fr", "https://care.example/invitation#secret-of-the-link", "Clinique des Tilleuls");

    [Fact]
    public async Task A_mail_is_written_with_the_transaction_it_tells_of()
    {
        await using var clinic = await Clinic.OpenAsync(postgres);

        Assert.True(await clinic.RunAsync(clinic.Root, (MailQueue queue) => queue.EnqueueAsync(Invitation, CancellationToken.None)));

        Assert.Equal(1L, await clinic.ScalarAsync<long>("select count(*) from mails where sent_at is null"));
    }

    [Fact]
    public async Task A_transaction_that_is_rolled_back_leaves_no_mail()
    {
        await using var clinic = await Clinic.OpenAsync(postgres);

        await Assert.ThrowsAsync<Refusal>(() => clinic.RunAsync<MailQueue, bool>(clinic.Root, async queue =>
        {
            await queue.EnqueueAsync(Invitation, CancellationToken.None);
            throw Refusal.NotFound();
        }));

        Assert.Equal(0L, await clinic.ScalarAsync<long>("select count(*) from mails"));
    }

    [Fact]
    public async Task A_mail_outside_any_unit_of_work_is_committed_at_once()
    {
        await using var clinic = await Clinic.OpenEmptyAsync(postgres);

        await clinic.Get<MailQueue>().EnqueueAsync(Invitation, CancellationToken.None);
        await clinic.Get<MailQueue>().EnqueueAsync(Invitation, CancellationToken.None);

        Assert.Equal(2L, await clinic.ScalarAsync<long>("select count(*) from mails"));
    }

    [Fact]
    public async Task The_database_has_neither_address_nor_link_in_clear()
    {
        await using var clinic = await Clinic.OpenEmptyAsync(postgres);
        await clinic.Get<MailQueue>().EnqueueAsync(Invitation, CancellationToken.None);

        foreach (var word in (string[])["nadia", "clinic.example", "secret-of-the-link", "Tilleuls"])
        {
            Assert.Equal(0L, await clinic.ScalarAsync<long>($"select count(*) from mails m where m::text like '%{word}%' or position(convert_to('{word}', 'UTF8') in sealed) > 0"));
        }
    }

    [Fact]
    public async Task The_runtime_role_cannot_read_the_queue_back()
    {
        await using var clinic = await Clinic.OpenAsync(postgres);
        await clinic.Get<MailQueue>().EnqueueAsync(Invitation, CancellationToken.None);

        await Assert.ThrowsAsync<Npgsql.PostgresException>(() => clinic.Get<ColloqueDatabase>().ReadAsync(clinic.Root, "select id from mails", [], static _ => { }, CancellationToken.None));
    }

    [Fact]
    public async Task A_thousand_are_queued_together_less_those_that_no_mail_can_reach()
    {
        await using var clinic = await Clinic.OpenEmptyAsync(postgres);
        MailDraft[] drafts = [.. Enumerable.Range(0, 1_001).Select(static i => Invitation with { Address = i == 7 ? "not an address" : $"person{i}@clinic.example" })];

        Assert.Equal(1_000, await clinic.Get<MailQueue>().EnqueueAsync(drafts, CancellationToken.None));

        Assert.Equal(1_000L, await clinic.ScalarAsync<long>("select count(*) from mails"));
    }

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData("/invitation#x")]
    [InlineData("https://care.example/\r\nBcc: everyone@clinic.example")]
    public async Task A_link_that_is_none_is_the_programs_own_flaw(string link)
    {
        await using var clinic = await Clinic.OpenEmptyAsync(postgres);

        await Assert.ThrowsAsync<ArgumentException>(() => clinic.Get<MailQueue>().EnqueueAsync(Invitation with { Link = link }, CancellationToken.None));
    }

    [Fact]
    public void A_draft_prints_neither_address_nor_link() => Assert.Equal("MailDraft Invitation", Invitation.ToString());
}
