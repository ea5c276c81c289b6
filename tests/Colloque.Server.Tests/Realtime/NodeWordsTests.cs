using System.Security.Cryptography;
using Colloque.Security;
using Colloque.Server.Realtime;
using Xunit;

namespace Colloque.Server.Tests.Realtime;

/// <summary>What nodes say to each other arrives whole and in order, or not at all; and says nothing to who has no key.</summary>
public sealed class NodeWordsTests
{
    [Fact]
    public void An_envelope_of_any_size_arrives_whole_and_pieces_that_do_not_belong_together_are_let_go()
    {
        var node = Guid.CreateVersion7();
        foreach (var size in (int[])[1, 5_849, 5_850, 5_851, 70_000, 900_000])
        {
            var record = RandomNumberGenerator.GetBytes(size);
            var pieces = NodeFrames.Cut(new(node, 7, record));
            Assert.All(pieces, static p => Assert.True(p.Length < 8_000));
            var frames = new NodeFrames();
            NodeFrame? whole = null;
            foreach (var piece in pieces)
            {
                Assert.Null(whole);
                // Another's in between.
                Assert.NotNull(frames.Take(NodeFrames.Cut(new(Guid.CreateVersion7(), 1, [1]))[0]));
                whole = frames.Take(piece);
            }

            Assert.Equal((node, 7L), (whole!.Value.Node, whole.Value.Number));
            Assert.Equal(record, whole.Value.Record);
            Assert.All(pieces.Skip(1), p => Assert.Null(frames.Take(p)));
        }

        var three = NodeFrames.Cut(new(node, 8, new byte[15_000]));
        var gap = new NodeFrames();
        Assert.All((string[])[three[0], three[2], "", "a b c d e", $"{node:N} 9 0 1 %", $"{node:N} 9 0 9999 AA", $"{node:N} -9 0 1 AA", "planted words"], p => Assert.Null(gap.Take(p)));
    }

    [Fact]
    public void Nobody_without_the_key_reads_a_word_changes_one_or_says_it_as_another_or_again()
    {
        var (key, node) = (RandomNumberGenerator.GetBytes(32), Guid.CreateVersion7());
        var envelope = new NodeEnvelope(new(2026, 3, 1, 9, 0, 0, TimeSpan.Zero), 12, Asks: true, ["planted one"u8.ToArray(), [], "two"u8.ToArray()]);
        using var master = new MasterKey([.. key]);
        using var same = new MasterKey([.. key]);
        using var other = new MasterKey(RandomNumberGenerator.GetBytes(32));
        var record = new NodeSeal(master).Seal(node, 3, envelope.ToBytes());
        Assert.Equal(-1, record.AsSpan().IndexOf("planted"u8));

        var opened = NodeEnvelope.Of(new NodeSeal(same).Open(node, 3, record)!);
        Assert.Equal((envelope.At, 12L, true), (opened.At, opened.Last, opened.Asks));
        Assert.Equal(envelope.Words, opened.Words);
        Assert.Null(new NodeSeal(other).Open(node, 3, record));
        Assert.Null(new NodeSeal(same).Open(node, 4, record));
        Assert.Null(new NodeSeal(same).Open(Guid.CreateVersion7(), 3, record));
        record[^1] ^= 1;
        Assert.Null(new NodeSeal(same).Open(node, 3, record));
    }
}
