using Colloque.Files;
using Xunit;

namespace Colloque.Tests.Files;

/// <summary>Alone on its threads: it counts the bytes that are allocated.</summary>
[CollectionDefinition("alone", DisableParallelization = true)]
public sealed class Alone;

[Collection("alone")]
public sealed class UploadToDiskTests : IDisposable
{
    private readonly Disk disk = new();

    public void Dispose() => disk.Dispose();

    [Fact]
    public async Task One_byte_more_than_announced_is_refused_and_leaves_nothing()
    {
        var refusal = await Assert.ThrowsAsync<Refusal>(() => disk.Store.ReceiveAsync(Disk.Announce(Disk.Frame), new MemoryStream(Disk.Bytes(Disk.Frame + 1)), default));

        Assert.Equal("body_too_large", refusal.Code);
        Assert.Empty(disk.AllFiles());
    }

    [Fact]
    public async Task An_endless_body_is_read_one_byte_too_far_and_no_further()
    {
        var body = new Zeros(long.MaxValue);

        await Assert.ThrowsAsync<Refusal>(() => disk.Store.ReceiveAsync(Disk.Announce(1_000), body, default));

        Assert.Equal(1_001, body.Position);
    }

    [Fact]
    public async Task Fewer_bytes_than_announced_are_refused_and_leave_nothing()
    {
        var refusal = await Assert.ThrowsAsync<Refusal>(() => disk.Store.ReceiveAsync(Disk.Announce(1_000), new MemoryStream(Disk.Bytes(999)), default));

        Assert.Equal("size_mismatch", refusal.Code);
        Assert.Empty(disk.AllFiles());
    }

    [Fact]
    public async Task A_sender_who_breaks_off_leaves_nothing()
    {
        await Assert.ThrowsAsync<IOException>(() => disk.Store.ReceiveAsync(Disk.Announce(3 * Disk.Frame), new Zeros(2 * Disk.Frame, breaksOff: true), default));

        Assert.Empty(disk.AllFiles());
    }

    [Fact]
    public async Task Ten_megabytes_pass_through_a_memory_of_one_frame()
    {
        const int Size = 10 * Disk.Frame;
        // The first time fills the pool of buffers.
        await RoundTripAsync(Size);
        var before = GC.GetTotalAllocatedBytes(precise: true);

        await RoundTripAsync(Size);

        Assert.InRange(GC.GetTotalAllocatedBytes(precise: true) - before, 0, 256 * 1024);
    }

    [Fact]
    public async Task What_was_claimed_no_later_upload_replaces()
    {
        var stored = Disk.Announce(3);
        await disk.Store.ReceiveAsync(stored, new MemoryStream("one"u8.ToArray()), default);
        Assert.True(await disk.Store.ClaimAsync(stored.Key, default));
        await disk.Store.ReceiveAsync(stored, new MemoryStream("two"u8.ToArray()), default);

        Assert.True(await disk.Store.ClaimAsync(stored.Key, default));
        Assert.Equal("one"u8.ToArray(), await disk.GetAsync(stored));
    }

    [Fact]
    public async Task Until_then_the_last_upload_counts_and_each_writing_has_a_tag_of_its_own()
    {
        var stored = Disk.Announce(3);
        var first = await disk.Store.ReceiveAsync(stored, new MemoryStream("one"u8.ToArray()), default);
        var second = await disk.Store.ReceiveAsync(stored, new MemoryStream("two"u8.ToArray()), default);
        await disk.Store.ClaimAsync(stored.Key, default);

        Assert.NotEqual(first, second);
        Assert.Equal("two"u8.ToArray(), await disk.GetAsync(stored));
    }

    [Fact]
    public async Task Nothing_can_be_claimed_where_nothing_was_uploaded() => Assert.False(await disk.Store.ClaimAsync(Disk.Announce(3).Key, default));

    [Theory]
    [InlineData("../../etc/passwd")]
    [InlineData("ab/../0123456789abcdef0123456789abcd")]
    [InlineData("ab/ab23456789abcdef0123456789abcde")]
    [InlineData("ab/AB23456789abcdef0123456789abcdef")]
    [InlineData("ab/cd23456789abcdef0123456789abcdef")]
    [InlineData("ab/ab23456789abcdef0123456789abcdef/")]
    [InlineData("")]
    public async Task What_is_no_object_key_never_becomes_a_path(string key)
    {
        Assert.False(StoredObject.IsKey(key));
        await Assert.ThrowsAsync<ArgumentException>(() => disk.Store.ClaimAsync(key, default));
        await Assert.ThrowsAsync<ArgumentException>(() => disk.Store.RemoveAsync(key, default));
    }

    [Fact]
    public async Task Uploads_that_no_file_waits_for_go_when_they_are_old()
    {
        var stored = Disk.Announce(3);
        await disk.Store.ReceiveAsync(stored, new MemoryStream("one"u8.ToArray()), default);
        var kept = await disk.PutAsync("two"u8.ToArray());
        var age = File.GetLastWriteTimeUtc(disk.AllFiles()[0]);

        Assert.Equal(0, await disk.Store.RemoveStaleAsync(new DateTimeOffset(age).AddDays(-1), most: 10, default));
        Assert.Equal(1, await disk.Store.RemoveStaleAsync(new DateTimeOffset(age).AddDays(1), most: 10, default));
        Assert.False(await disk.Store.ClaimAsync(stored.Key, default));
        Assert.Equal("two"u8.ToArray(), await disk.GetAsync(kept));
    }

    private async Task RoundTripAsync(int size)
    {
        var stored = Disk.Announce(size);
        await disk.Store.ReceiveAsync(stored, new Zeros(size), default);
        await disk.Store.ClaimAsync(stored.Key, default);
        await using var content = (await disk.Store.OpenAsync(stored, default))!;
        Assert.Equal(size, await content.CountAsync());
    }
}
