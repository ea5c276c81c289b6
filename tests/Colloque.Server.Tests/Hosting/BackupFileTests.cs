using System.Security.Cryptography;
using Colloque.Security;
using Colloque.Server.Hosting;
using Xunit;

namespace Colloque.Server.Tests.Hosting;

/// <summary>The bytes of a backup: what opens them, and that nothing else does. ASVS 11.3.4, 14.2.4.</summary>
public sealed class BackupFileTests
{
    private const string Secret = "a secret of at least sixteen characters";
    private const int Frame = 1 << 20;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(Frame - 1)]
    [InlineData(Frame)]
    [InlineData(Frame + 1)]
    [InlineData((2 * Frame) + 7)]
    public async Task What_was_sealed_opens(int size)
    {
        var plain = RandomNumberGenerator.GetBytes(size);

        Assert.Equal(plain, await OpenAsync(await SealAsync(plain)));
    }

    [Fact]
    public async Task Another_secret_or_the_other_kind_of_file_does_not_open()
    {
        var file = await SealAsync("content"u8.ToArray());

        await Assert.ThrowsAsync<UnreadableBackupException>(() => OpenAsync(file, "another secret of sixteen characters"));
        await Assert.ThrowsAsync<UnreadableBackupException>(() => OpenAsync(file, Secret, BackupKind.Keys));
    }

    [Fact]
    public async Task Every_byte_that_is_changed_shows()
    {
        var file = await SealAsync("content of a small file"u8.ToArray());
        for (var i = 0; i < file.Length; i += i < 40 ? 5 : 9)
        {
            var changed = (byte[])file.Clone();
            changed[i] ^= 1;
            await Assert.ThrowsAsync<UnreadableBackupException>(() => OpenAsync(changed));
        }
    }

    [Fact]
    public async Task A_file_that_was_cut_off_even_between_frames_shows()
    {
        var file = await SealAsync(new byte[(2 * Frame) + 7]);
        const int Start = 16 + 16 + 8;
        foreach (var length in (int[])[0, 10, Start, Start + 5, Start + Frame + 16, Start + (2 * (Frame + 16)), file.Length - 1])
        {
            await Assert.ThrowsAsync<UnreadableBackupException>(() => OpenAsync(file[..length]));
        }

        await Assert.ThrowsAsync<UnreadableBackupException>(() => OpenAsync([.. file, 0]));
    }

    [Fact]
    public async Task Pieces_come_back_by_name_and_in_order()
    {
        var large = RandomNumberGenerator.GetBytes(700_000);
        var archived = new MemoryStream();
        var writer = new BackupArchiveWriter(archived);
        await writer.AddAsync("empty", [], CancellationToken.None);
        await writer.AddAsync("files/é", large, CancellationToken.None);
        await writer.AddAsync("last", "word"u8.ToArray(), CancellationToken.None);
        await writer.EndAsync(CancellationToken.None);

        using var reader = new BackupArchiveReader(new MemoryStream(archived.ToArray()));
        Assert.Empty(await reader.NextAsync("empty", CancellationToken.None));
        Assert.Equal(large, await reader.NextAsync("files/é", CancellationToken.None));
        // A piece that nobody reads is passed over.
        Assert.Equal("last", (await reader.NextAsync(CancellationToken.None))!.Value.Name);
        Assert.Null(await reader.NextAsync(CancellationToken.None));

        using var cut = new BackupArchiveReader(new MemoryStream(archived.ToArray()[..1_000]));
        await cut.NextAsync(CancellationToken.None);
        await cut.NextAsync(CancellationToken.None);
        await Assert.ThrowsAsync<UnreadableBackupException>(() => cut.NextAsync(CancellationToken.None));
    }

    private static async Task<byte[]> SealAsync(byte[] plain)
    {
        var file = new MemoryStream();
        await using var sealing = await BackupCipher.SealAsync(file, Secret, BackupKind.Content, CancellationToken.None);
        foreach (var part in plain.Chunk(300_000))
        {
            await sealing.WriteAsync(part);
        }

        await sealing.CompleteAsync(CancellationToken.None);
        return file.ToArray();
    }

    private static async Task<byte[]> OpenAsync(byte[] file, string secret = Secret, BackupKind kind = BackupKind.Content)
    {
        await using var opened = await BackupCipher.OpenAsync(new MemoryStream(file), secret, kind, CancellationToken.None);
        var plain = new MemoryStream();
        await opened.CopyToAsync(plain);
        return plain.ToArray();
    }
}
