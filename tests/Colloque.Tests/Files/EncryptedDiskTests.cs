using System.Runtime.Versioning;
using System.Text;
using Colloque.Files;
using Colloque.Security;
using Xunit;

namespace Colloque.Tests.Files;

public sealed class EncryptedDiskTests : IDisposable
{
    private readonly Disk disk = new();

    public void Dispose() => disk.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(Disk.Frame - 1)]
    [InlineData(Disk.Frame)]
    [InlineData(Disk.Frame + 1)]
    [InlineData((3 * Disk.Frame) + 17)]
    public async Task An_object_of_any_size_comes_back_as_it_went_in(int size)
    {
        var content = Disk.Bytes(size);

        Assert.Equal(content, await disk.GetAsync(await disk.PutAsync(content)));
    }

    [Fact]
    public async Task Nothing_on_the_disk_shows_the_content()
    {
        var content = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("sertraline 50 mg ", 1_000)));
        await disk.PutAsync(content);

        foreach (var file in disk.AllFiles())
        {
            Assert.Equal(-1, (await File.ReadAllBytesAsync(file)).AsSpan().IndexOf("sertraline"u8));
        }
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task Only_the_account_of_the_server_reads_an_object()
    {
        var stored = await disk.PutAsync(Disk.Bytes(10));

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(disk.PathOf(stored)));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.GetDirectoryName(disk.PathOf(stored))!));
    }

    [Fact]
    public async Task A_flip_of_any_byte_of_the_object_is_noticed()
    {
        var content = Disk.Bytes(40);
        var stored = await disk.PutAsync(content);
        var length = (int)new FileInfo(disk.PathOf(stored)).Length;
        for (var i = 0; i < length; i++)
        {
            await disk.DamageAsync(stored, bytes => Flip(bytes, i));
            await Assert.ThrowsAsync<UnreadableObjectException>(() => disk.GetAsync(stored));
            await disk.DamageAsync(stored, bytes => Flip(bytes, i));
        }

        Assert.Equal(content, await disk.GetAsync(stored));
    }

    [Theory]
    [InlineData("one byte less")]
    [InlineData("one byte more")]
    [InlineData("the last frame gone")]
    [InlineData("the first frame gone")]
    [InlineData("two frames swapped")]
    [InlineData("a frame twice")]
    [InlineData("nothing")]
    public async Task An_object_that_was_cut_or_shuffled_is_refused(string how)
    {
        var stored = await disk.PutAsync(Disk.Bytes(3 * Disk.Frame));
        await disk.DamageAsync(stored, b => how switch
        {
            "one byte less" => b[..^1],
            "one byte more" => [.. b, 0],
            "the last frame gone" => b[..^Disk.Sealed],
            "the first frame gone" => [.. b[..Disk.Header], .. b[(Disk.Header + Disk.Sealed)..]],
            "two frames swapped" => [.. b[..Disk.Header], .. FrameOf(b, 1), .. FrameOf(b, 0), .. FrameOf(b, 2)],
            "a frame twice" => [.. b[..Disk.Header], .. FrameOf(b, 0), .. FrameOf(b, 0), .. FrameOf(b, 2)],
            _ => [],
        });

        await Assert.ThrowsAsync<UnreadableObjectException>(() => disk.GetAsync(stored));
    }

    [Fact]
    public async Task A_shorter_announcement_does_not_make_a_cut_object_whole()
    {
        // Who can cut the file at a frame and change the announced size still has no frame that says it is the last.
        var stored = await disk.PutAsync(Disk.Bytes(3 * Disk.Frame));
        await disk.DamageAsync(stored, b => b[..^Disk.Sealed]);

        await Assert.ThrowsAsync<UnreadableObjectException>(() => disk.GetAsync(stored with { Size = 2 * Disk.Frame }));
    }

    [Fact]
    public async Task An_object_moved_to_another_place_or_file_or_key_is_refused()
    {
        var stored = await disk.PutAsync(Disk.Bytes(100));
        var other = await disk.PutAsync(Disk.Bytes(100));
        File.Copy(disk.PathOf(stored), disk.PathOf(other), overwrite: true);

        await Assert.ThrowsAsync<UnreadableObjectException>(() => disk.GetAsync(other));
        await Assert.ThrowsAsync<UnreadableObjectException>(() => disk.GetAsync(other with { Secret = stored.Secret }));
        await Assert.ThrowsAsync<UnreadableObjectException>(() => disk.GetAsync(stored with { FileId = other.FileId }));
        await Assert.ThrowsAsync<UnreadableObjectException>(() => disk.GetAsync(stored with { Secret = other.Secret }));
    }

    [Fact]
    public async Task A_part_is_read_without_the_frames_before_it()
    {
        var content = Disk.Bytes((2 * Disk.Frame) + 500);
        var stored = await disk.PutAsync(content);
        await disk.DamageAsync(stored, b => Flip(b, Disk.Header + 5));

        await using var stream = (await disk.Store.OpenAsync(stored, default))!;
        stream.Seek(-600, SeekOrigin.End);
        var part = new byte[600];
        await stream.ReadExactlyAsync(part);
        Assert.Equal(content[^600..], part);
        stream.Position = 10;
        await Assert.ThrowsAsync<UnreadableObjectException>(async () => await stream.ReadExactlyAsync(part));
    }

    private static byte[] FrameOf(byte[] bytes, int number) => bytes.AsSpan(Disk.Header + (number * Disk.Sealed), Disk.Sealed).ToArray();

    private static byte[] Flip(byte[] bytes, int at)
    {
        bytes[at] ^= 1;
        return bytes;
    }
}
