using Colloque.Notifications;
using Colloque.Testing;
using Xunit;

namespace Colloque.Tests.Notifications;

public sealed class SendNextMailTests(PostgresFixture postgres)
{
    [Fact]
    public async Task A_mail_is_sent_once_and_its_address_is_forgotten()
    {
        await using var box = await MailboxFixture.OpenAsync(postgres);
        await box.EnqueueAsync(MailboxFixture.Draft());

        Assert.Equal(MailFate.Sent, (await box.TurnAsync()).Fate);
        Assert.Null((await box.TurnAsync()).MailId);

        Assert.Equal("nadia@clinic.example", Assert.Single(box.Carrier.Mails).Recipient);
        Assert.Equal(1L, await box.ScalarAsync<long>("select count(*) from mails where sealed is null and sent_at is not null and attempts = 1"));
    }

    [Fact]
    public async Task What_fails_for_a_while_is_tried_again_later_and_later_under_one_message_id()
    {
        await using var box = await MailboxFixture.OpenAsync(postgres);
        await box.EnqueueAsync(MailboxFixture.Draft());
        box.Carrier.Answer = static (_, _) => Task.FromResult(new MailOutcome(MailFate.Later, "rcpt_451"));

        await box.TurnAsync();
        Assert.Null((await box.TurnAsync()).MailId);
        box.Clock.Advance(TimeSpan.FromSeconds(30));
        Assert.NotNull((await box.TurnAsync()).MailId);
        box.Clock.Advance(TimeSpan.FromSeconds(89));
        Assert.Null((await box.TurnAsync()).MailId);
        box.Clock.Advance(TimeSpan.FromSeconds(1));
        box.Carrier.Answer = static (_, _) => Task.FromResult(MailOutcome.Sent);
        Assert.Equal(MailFate.Sent, (await box.TurnAsync()).Fate);

        Assert.Single(box.Carrier.Mails.Select(static m => m.Id).Distinct());
        Assert.Equal(3, box.Carrier.Mails.Count);
    }

    [Fact]
    public async Task After_fourteen_attempts_a_mail_is_given_up_and_counted()
    {
        await using var box = await MailboxFixture.OpenAsync(postgres);
        await box.EnqueueAsync(MailboxFixture.Draft());
        box.Carrier.Answer = static (_, _) => Task.FromResult(new MailOutcome(MailFate.Later, "rcpt_451"));

        while ((await box.CountAsync()).Queued > 0)
        {
            await box.TurnAsync();
            box.Clock.Advance(TimeSpan.FromHours(6));
        }

        Assert.Equal(14, box.Carrier.Mails.Count);
        Assert.Equal(new(0, 1, null), await box.CountAsync());
        Assert.Equal(1L, await box.ScalarAsync<long>("select count(*) from mails where sealed is null and failure = 'rcpt_451'"));
    }

    [Fact]
    public async Task What_will_never_be_taken_is_given_up_at_once()
    {
        await using var box = await MailboxFixture.OpenAsync(postgres);
        await box.EnqueueAsync(MailboxFixture.Draft());
        box.Carrier.Answer = static (_, _) => Task.FromResult(new MailOutcome(MailFate.Never, "rcpt_550"));

        await box.TurnAsync();

        Assert.Equal(new(0, 1, null), await box.CountAsync());
    }

    [Fact]
    public async Task A_server_that_cannot_be_reached_costs_no_mail_an_attempt()
    {
        await using var box = await MailboxFixture.OpenAsync(postgres);
        await box.EnqueueAsync(MailboxFixture.Draft());
        box.Carrier.Answer = static (_, _) => Task.FromResult(new MailOutcome(MailFate.Unreachable, "connect"));

        for (var i = 0; i < 20; i++)
        {
            Assert.Equal(MailFate.Unreachable, (await box.TurnAsync()).Fate);
        }

        Assert.Equal(0, await box.ScalarAsync<int>("select attempts from mails"));
    }

    [Fact]
    public async Task A_mail_that_breaks_the_carrier_lets_the_next_one_pass()
    {
        await using var box = await MailboxFixture.OpenAsync(postgres);
        await box.EnqueueAsync(MailboxFixture.Draft(address: "first@clinic.example"));
        box.Clock.Advance(TimeSpan.FromSeconds(1));
        await box.EnqueueAsync(MailboxFixture.Draft(address: "second@clinic.example"));
        box.Carrier.Answer = static (m, _) => m.Recipient.StartsWith("first", StringComparison.Ordinal) ? throw new InvalidOperationException("unforeseen") : Task.FromResult(MailOutcome.Sent);

        Assert.Equal(MailFate.Later, (await box.TurnAsync()).Fate);

        Assert.Equal(MailFate.Sent, (await box.TurnAsync()).Fate);
    }

    [Fact]
    public async Task A_sender_that_stops_in_the_middle_lets_go_of_the_mail_and_the_next_one_sends_it()
    {
        await using var box = await MailboxFixture.OpenAsync(postgres);
        await box.EnqueueAsync(MailboxFixture.Draft());
        using var stop = new CancellationTokenSource();
        box.Carrier.Answer = async (_, token) =>
        {
            await stop.CancelAsync();
            token.ThrowIfCancellationRequested();
            return MailOutcome.Sent;
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => box.TurnAsync(stop.Token));
        box.Carrier.Answer = static (_, _) => Task.FromResult(MailOutcome.Sent);

        Assert.Equal(MailFate.Sent, (await box.TurnAsync()).Fate);
    }

    [Fact]
    public async Task Two_senders_never_hold_one_mail()
    {
        await using var box = await MailboxFixture.OpenAsync(postgres);
        await box.EnqueueAsync(MailboxFixture.Draft(address: "one@clinic.example"));
        await box.EnqueueAsync(MailboxFixture.Draft(address: "two@clinic.example"));
        var both = new TaskCompletionSource();
        box.Carrier.Answer = async (_, _) =>
        {
            // Neither is let go before both are held.
            if (box.Carrier.Mails.Count == 2)
            {
                both.SetResult();
            }

            await both.Task;
            return MailOutcome.Sent;
        };

        await Task.WhenAll(box.TurnAsync(), box.TurnAsync());

        Assert.Equal(["one@clinic.example", "two@clinic.example"], box.Carrier.Mails.Select(static m => m.Recipient).Order());
        Assert.Null((await box.TurnAsync()).MailId);
    }

    [Fact]
    public async Task Who_waits_for_a_link_does_not_wait_behind_a_thousand_invitations()
    {
        await using var box = await MailboxFixture.OpenAsync(postgres);
        await box.EnqueueAsync(MailboxFixture.Draft(MailKind.Invitation));
        box.Clock.Advance(TimeSpan.FromMinutes(1));
        await box.EnqueueAsync(MailboxFixture.Draft(MailKind.ResetPassword));

        await box.TurnAsync();

        Assert.Equal(MailKind.ResetPassword, Assert.Single(box.Carrier.Mails).Kind);
    }

    [Fact]
    public async Task A_row_moved_onto_another_persons_cannot_be_opened_and_is_given_up()
    {
        await using var box = await MailboxFixture.OpenAsync(postgres);
        await box.EnqueueAsync(MailboxFixture.Draft());
        await box.ScalarAsync<object>("update mails set id = gen_random_uuid()");

        Assert.Equal("unreadable", (await box.TurnAsync()).Reason);
        Assert.Empty(box.Carrier.Mails);
    }

    [Fact]
    public async Task Thirty_days_later_nothing_is_left()
    {
        await using var box = await MailboxFixture.OpenAsync(postgres);
        await box.EnqueueAsync(MailboxFixture.Draft());
        await box.TurnAsync();
        Assert.Equal(0L, await box.SweepAsync());
        box.Clock.Advance(TimeSpan.FromDays(31));
        await box.EnqueueAsync(MailboxFixture.Draft());

        Assert.Equal(1L, await box.SweepAsync());

        Assert.Equal(1, (await box.CountAsync()).Queued);
    }
}
