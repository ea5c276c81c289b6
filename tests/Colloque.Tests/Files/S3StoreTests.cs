using System.Text;
using Colloque.Conversations;
using Colloque.Files;
using Colloque.Security;
using Colloque.Testing;
using Xunit;

namespace Colloque.Tests.Files;

/// <summary>A bucket does what the disk does, against a store that is not ours.</summary>
public sealed class S3StoreTests(PostgresFixture postgres) : IAsyncLifetime
{
    private SwiftProcess swift = null!;

    public async ValueTask InitializeAsync() => swift = await SwiftProcess.StartAsync();

    public ValueTask DisposeAsync() => swift.DisposeAsync();

    [Fact]
    public async Task A_file_goes_through_a_bucket_that_never_holds_a_word_of_it_and_leaves_it_with_its_message()
    {
        await using var clinic = await FilesClinic.OpenAsync(postgres, bucket: swift.Settings);
        byte[] body = [.. FilesClinic.Pdf((2 * Disk.Frame) + 500), .. "planted-word-51b7"u8];
        var sent = await clinic.UploadAsync(clinic.Patient, body);
        Assert.StartsWith("incoming/", Assert.Single(await swift.ObjectsAsync()).Key, StringComparison.Ordinal);

        var message = (await clinic.ConfirmAsync(clinic.Patient, sent.FileId)).Message;

        var (key, stored) = Assert.Single(await swift.ObjectsAsync());
        Assert.Equal("objects/" + sent.ObjectKey, key);
        Assert.DoesNotContain("planted-word", Encoding.Latin1.GetString(stored), StringComparison.Ordinal);
        Assert.StartsWith(FilesClinic.BaseUrl, sent.UploadUrl, StringComparison.Ordinal);
        Assert.Equal(body, (await clinic.GetAsync((await clinic.DownloadAsync(clinic.Practitioner, sent.FileId)).DownloadUrl)).Content);

        await clinic.RunAsync<DeleteMessage, MessageView>(clinic.Patient, v => v.RunAsync(clinic.Consultation, message.Id, default));
        Assert.Equal(1, await clinic.RunAsync<SweepDoomedObjects, int>(null, v => v.RunAsync(default)));
        Assert.Empty(await swift.ObjectsAsync());
    }

    [Fact]
    public async Task A_range_reads_its_frames_a_claim_is_for_good_and_what_is_not_there_is_not_there()
    {
        var folder = Path.Combine(Path.GetTempPath(), $"colloque-s3-{Guid.CreateVersion7():N}");
        using var store = new S3Store(swift.Settings, folder);
        var content = Disk.Bytes((2 * Disk.Frame) + 7);
        var stored = Disk.Announce(content.Length);
        Assert.False(await store.ClaimAsync(stored.Key, default));
        Assert.Null(await store.OpenAsync(stored, default));

        var writing = await store.ReceiveAsync(stored, new MemoryStream(content), default);
        Assert.True(await store.ClaimAsync(stored.Key, default));
        await store.ReceiveAsync(stored, new MemoryStream(new byte[content.Length]), default);
        Assert.True(await store.ClaimAsync(stored.Key, default));

        await using (var opened = (await store.OpenAsync(stored with { Writing = writing }, default))!)
        {
            foreach (var at in new[] { 0, Disk.Frame - 1, Disk.Frame, (2 * Disk.Frame) - 1, 2 * Disk.Frame })
            {
                var part = new byte[Math.Min(7, content.Length - at)];
                opened.Position = at;
                await opened.ReadExactlyAsync(part);
                Assert.Equal(content[at..(at + part.Length)], part);
            }
        }

        await Assert.ThrowsAsync<UnreadableObjectException>(() => store.OpenAsync(stored with { Writing = "another" }, default));
        Assert.Equal(0, await store.RemoveStaleAsync(DateTimeOffset.UnixEpoch, 10, default));
        Assert.Equal(1, await store.RemoveStaleAsync(DateTimeOffset.UnixEpoch.AddYears(500), 10, default));
        await store.RemoveAsync(stored.Key, default);
        await store.RemoveAsync(stored.Key, default);
        Assert.Empty(await swift.ObjectsAsync());
        Assert.Empty(Directory.GetFiles(folder));
        using var elsewhere = new S3Store(new S3Settings { Endpoint = swift.Settings.Endpoint, Bucket = "colloque", AccessKey = "tests:tester", SecretKey = "wrong" }, folder);
        Assert.Equal(RefusalKind.Unavailable, (await Assert.ThrowsAsync<Refusal>(() => elsewhere.ReceiveAsync(stored, new MemoryStream(content), default))).Kind);
        Directory.Delete(folder, recursive: true);
    }
}
