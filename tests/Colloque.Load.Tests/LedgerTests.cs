using Colloque.Load.Chat;
using Xunit;

namespace Colloque.Load.Tests;

public sealed class LedgerTests
{
    [Fact]
    public void What_comes_in_order_leaves_no_gap()
    {
        var received = From(41, 42, 43, 44);
        Assert.Equal((0, 0, 0, 44), (received.Gaps, received.Duplicated, received.OutOfOrder, received.Whole));
    }

    [Fact]
    public void A_number_left_out_is_a_gap_until_it_comes_and_then_it_was_out_of_order()
    {
        var received = From(41, 42, 44);
        Assert.Equal((1, 42), (received.Gaps, received.Whole));
        Assert.False(received.Has(43));

        received.Add(43);
        Assert.Equal((0, 1, 44), (received.Gaps, received.OutOfOrder, received.Whole));
    }

    [Fact]
    public void A_number_that_comes_again_is_counted_and_so_is_one_from_before_the_run()
    {
        var received = From(41, 42, 42, 41, 40);
        Assert.Equal((3, 0), (received.Duplicated, received.Gaps));
    }

    [Fact]
    public void Thousands_of_numbers_are_kept()
    {
        var received = From(0, [.. Enumerable.Range(1, 10_000).Select(i => (long)i)]);
        Assert.Equal((10_000, 0), (received.Whole, received.Gaps));
    }

    [Fact]
    public void The_second_ack_of_a_repeated_message_is_no_new_message_but_another_number_for_it_is_a_double()
    {
        var sent = new SentLog();
        var place = sent.Add(start: 5);
        Assert.True(sent.Acknowledge(place, 7));
        Assert.False(sent.Acknowledge(place, 7));
        Assert.Equal((1, 0), (sent.Acked, sent.Doubled));

        sent.See(place, 8);
        Assert.Equal(1, sent.Doubled);
    }

    [Fact]
    public void Only_what_was_not_acked_is_to_be_repeated()
    {
        var sent = new SentLog();
        for (var i = 0; i < 2000; i++)
            sent.Acknowledge(sent.Add(0), i + 1);
        var open = sent.Add(0);
        sent.Acknowledge(sent.Add(0), 9000);
        Assert.Equal([open], sent.Open());
        Assert.Equal(2001, sent.AckedNumbers().Count());
    }

    [Fact]
    public void A_message_id_says_its_client_and_place_and_is_known_by_its_own_run_alone()
    {
        var id = new byte[MessageId.Length];
        MessageId.Head(0xfeed0001, 199).CopyTo(id, 0);
        MessageId.WriteTail(1_234_567, id.AsSpan(24));

        Assert.True(Guid.TryParse(System.Text.Encoding.ASCII.GetString(id), out _));
        Assert.True(MessageId.TryRead(id, 0xfeed0001, out var client, out var place));
        Assert.Equal((199, 1_234_567), (client, place));
        Assert.False(MessageId.TryRead(id, 0xfeed0002, out _, out _));
        Assert.False(MessageId.TryRead("another's"u8, 0xfeed0001, out _, out _));
    }

    private static ReceivedLog From(long first, params long[] numbers)
    {
        var received = new ReceivedLog();
        received.StartAfter(first == 0 ? 0 : first - 1);
        foreach (var number in first == 0 ? numbers : numbers.Prepend(first))
            received.Add(number);
        return received;
    }
}
