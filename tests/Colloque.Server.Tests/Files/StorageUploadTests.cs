using System.Net;
using Colloque.Files;
using Colloque.Testing;
using Colloque.Tests.Files;
using Xunit;

namespace Colloque.Server.Tests.Files;

public sealed class StorageUploadTests(PostgresFixture postgres) : IAsyncLifetime
{
    private StorageDoor door = null!;

    public async ValueTask InitializeAsync() => door = await StorageDoor.OpenAsync(postgres);

    public ValueTask DisposeAsync() => door.DisposeAsync();

    [Fact]
    public async Task An_upload_of_the_greatest_size_is_taken_and_gets_a_tag()
    {
        var body = FilesClinic.Pdf((int)FileAnnouncement.MaxSize);
        var prepared = await door.PrepareAsync(body.Length);

        using var response = await door.PutAsync(prepared.UploadUrl, body);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Matches("^\"[0-9a-f]{16}\"$", response.Headers.ETag!.Tag);
        Assert.True((await door.Clinic.ConfirmAsync(door.Clinic.Patient, prepared.FileId)).Created);
    }

    [Fact]
    public async Task More_bytes_than_announced_are_413_before_they_are_read()
    {
        var prepared = await door.PrepareAsync(1_000);

        await StorageDoor.RefusesAsync(await door.PutAsync(prepared.UploadUrl, FilesClinic.Pdf(1_001)), HttpStatusCode.RequestEntityTooLarge, "body_too_large");
        Assert.Empty(door.Clinic.Objects());
    }

    [Fact]
    public async Task More_bytes_than_announced_in_chunks_are_413_too()
    {
        var prepared = await door.PrepareAsync(1_000);
        using var request = new HttpRequestMessage(HttpMethod.Put, prepared.UploadUrl) { Content = new ByteArrayContent(FilesClinic.Pdf(5_000)) };
        request.Headers.TransferEncodingChunked = true;
        request.Content.Headers.ContentType = new("application/pdf");

        await StorageDoor.RefusesAsync(await door.Http.SendAsync(request), HttpStatusCode.RequestEntityTooLarge, "body_too_large");
        Assert.Empty(door.Clinic.Objects());
    }

    [Fact]
    public async Task Fewer_bytes_than_announced_and_none_are_422()
    {
        var prepared = await door.PrepareAsync(1_000);

        await StorageDoor.RefusesAsync(await door.PutAsync(prepared.UploadUrl, FilesClinic.Pdf(999)), HttpStatusCode.UnprocessableEntity, "size_mismatch");
        await StorageDoor.RefusesAsync(await door.PutAsync(prepared.UploadUrl, []), HttpStatusCode.UnprocessableEntity, "size_mismatch");
        Assert.Empty(door.Clinic.Objects());
    }

    [Theory]
    [InlineData("text/html")]
    [InlineData("image/png")]
    [InlineData(null)]
    public async Task Another_type_than_announced_is_422(string? type)
    {
        var prepared = await door.PrepareAsync(1_000);

        await StorageDoor.RefusesAsync(await door.PutAsync(prepared.UploadUrl, FilesClinic.Pdf(1_000), type), HttpStatusCode.UnprocessableEntity, "type_mismatch");
    }

    [Fact]
    public async Task A_changed_or_expired_or_missing_signature_is_403()
    {
        var prepared = await door.PrepareAsync(1_000);
        var url = prepared.UploadUrl;

        foreach (var forged in (string[])[url[..^1], url + "A", url.Replace("/files/", "/other/", StringComparison.Ordinal), url.Split('?')[0], url.Replace("expires=", "expires=9", StringComparison.Ordinal), url + "&expires=9"])
        {
            await StorageDoor.RefusesAsync(await door.PutAsync(forged, FilesClinic.Pdf(1_000)), HttpStatusCode.Forbidden, "link_invalid");
        }

        await StorageDoor.RefusesAsync(await door.GetAsync(url), HttpStatusCode.Forbidden, "link_invalid");
        door.Clinic.Clock.Now += TimeSpan.FromMinutes(5);
        await StorageDoor.RefusesAsync(await door.PutAsync(url, FilesClinic.Pdf(1_000)), HttpStatusCode.Forbidden, "link_invalid");
        Assert.Empty(door.Clinic.Objects());
    }

    [Fact]
    public async Task A_link_is_spent_once_its_file_is_confirmed()
    {
        var prepared = await door.PrepareAsync(1_000);
        await door.PutAsync(prepared.UploadUrl, FilesClinic.Pdf(1_000));
        await door.PutAsync(prepared.UploadUrl, FilesClinic.Pdf(1_000));
        await door.Clinic.ConfirmAsync(door.Clinic.Patient, prepared.FileId);

        await StorageDoor.RefusesAsync(await door.PutAsync(prepared.UploadUrl, FilesClinic.Pdf(1_000)), HttpStatusCode.Forbidden, "link_invalid");
    }

    [Fact]
    public async Task A_link_in_use_is_not_used_twice_at_once()
    {
        var prepared = await door.PrepareAsync(100);
        using var slow = new SlowBody(100);
        using var request = new HttpRequestMessage(HttpMethod.Put, prepared.UploadUrl) { Content = slow };
        var first = door.Http.SendAsync(request);
        await slow.Begun;

        // The door may not have read the first one's head yet: until it has, the second is simply the first.
        HttpResponseMessage second;
        do
        {
            second = await door.PutAsync(prepared.UploadUrl, FilesClinic.Pdf(100));
        }
        while (second.StatusCode == HttpStatusCode.OK);
        await StorageDoor.RefusesAsync(second, HttpStatusCode.Conflict, "upload_under_way");
        slow.Finish();

        Assert.Equal(HttpStatusCode.OK, (await first).StatusCode);
    }
}
