using System.Net;
using Colloque.Testing;
using Colloque.Tests.Files;
using Xunit;

namespace Colloque.Server.Tests.Files;

public sealed class StorageDownloadTests(OpenDoor open) : IClassFixture<OpenDoor>
{
    private readonly byte[] body = FilesClinic.Pdf(1_500_000);

    private StorageDoor Door => open.Door;

    [Fact]
    public async Task A_download_is_an_attachment_that_no_browser_runs_sniffs_or_keeps()
    {
        using var response = await Door.GetAsync(await Door.ShowAsync(body));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(body, await response.Content.ReadAsByteArrayAsync());
        Assert.Equal("application/pdf", response.Content.Headers.ContentType!.ToString());
        Assert.Equal("attachment", response.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Equal("nosniff", Header(response, "X-Content-Type-Options"));
        Assert.Equal("sandbox; default-src 'none'", Header(response, "Content-Security-Policy"));
        Assert.Equal("no-store, private", string.Join(", ", Header(response, "Cache-Control").Split(", ").Order()));
        Assert.Equal("no-referrer", Header(response, "Referrer-Policy"));
        Assert.Equal("bytes", Header(response, "Accept-Ranges"));
        Assert.NotNull(response.Headers.ETag);
        Assert.False(response.Headers.ETag.IsWeak);
    }

    [Theory]
    [InlineData("Résultats d'analyse.pdf", "UTF-8''R%C3%A9sultats%20d%27analyse.pdf")]
    [InlineData("تحليل.pdf", "UTF-8''%D8%AA%D8%AD%D9%84%D9%8A%D9%84.pdf")]
    [InlineData("a\"; filename=x.pdf", "UTF-8''a%22%3B%20filename%3Dx.pdf")]
    public async Task A_name_travels_in_the_form_of_rfc_8187_and_breaks_no_header(string name, string encoded)
    {
        using var response = await Door.GetAsync(await Door.ShowAsync(FilesClinic.Pdf(), name));

        var header = response.Content.Headers.GetValues("Content-Disposition").Single();
        Assert.StartsWith("attachment; filename=", header, StringComparison.Ordinal);
        Assert.EndsWith("filename*=" + encoded, header, StringComparison.Ordinal);
        Assert.All(header, c => Assert.InRange(c, ' ', '~'));
    }

    [Theory]
    [InlineData("bytes=0-0", 0, 1)]
    [InlineData("bytes=100-199", 100, 100)]
    [InlineData("bytes=1048570-1048590", 1_048_570, 21)]
    [InlineData("bytes=1499990-", 1_499_990, 10)]
    [InlineData("bytes=1499990-9999999", 1_499_990, 10)]
    [InlineData("bytes=-500", 1_499_500, 500)]
    public async Task A_range_is_answered_with_206_and_just_that_part(string range, int from, int length)
    {
        using var response = await Door.GetAsync(await Door.ShowAsync(body), range);

        Assert.Equal(HttpStatusCode.PartialContent, response.StatusCode);
        Assert.Equal(body.AsSpan(from, length).ToArray(), await response.Content.ReadAsByteArrayAsync());
        Assert.Equal($"bytes {from}-{from + length - 1}/1500000", response.Content.Headers.ContentRange!.ToString());
    }

    [Fact]
    public async Task A_range_beyond_the_end_is_416_with_the_size()
    {
        using var response = await Door.GetAsync(await Door.ShowAsync(body), "bytes=1500000-");

        Assert.Equal(HttpStatusCode.RequestedRangeNotSatisfiable, response.StatusCode);
        Assert.Equal("bytes */1500000", response.Content.Headers.ContentRange!.ToString());
    }

    [Theory]
    [InlineData("bytes=x")]
    [InlineData("bytes=5-1")]
    [InlineData("lines=1-2")]
    [InlineData("bytes=0-1,5-6")]
    public async Task What_is_no_single_range_gets_the_whole(string range)
    {
        using var response = await Door.GetAsync(await Door.ShowAsync(body), range);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(body.Length, (await response.Content.ReadAsByteArrayAsync()).Length);
    }

    [Fact]
    public async Task A_range_of_another_writing_gets_the_whole()
    {
        var url = await Door.ShowAsync(body);
        using var head = await Door.GetAsync(url, method: HttpMethod.Head);

        using var same = await Door.GetAsync(url, "bytes=0-9", ifRange: head.Headers.ETag!.Tag);
        using var other = await Door.GetAsync(url, "bytes=0-9", ifRange: "\"0000000000000000\"");

        Assert.Equal(HttpStatusCode.PartialContent, same.StatusCode);
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
    }

    [Fact]
    public async Task Head_tells_the_size_and_nothing_else()
    {
        using var response = await Door.GetAsync(await Door.ShowAsync(body), method: HttpMethod.Head);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(body.Length, response.Content.Headers.ContentLength);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task A_link_works_for_five_minutes_for_reading_alone()
    {
        var url = await Door.ShowAsync(body);

        await StorageDoor.RefusesAsync(await Door.PutAsync(url, body), HttpStatusCode.Forbidden, "link_invalid");
        Door.Clinic.Clock.Now += TimeSpan.FromMinutes(5);
        await StorageDoor.RefusesAsync(await Door.GetAsync(url), HttpStatusCode.Forbidden, "link_invalid");
    }

    [Fact]
    public async Task An_object_that_was_changed_on_the_disk_is_broken_off_before_the_changed_part()
    {
        var before = Door.Clinic.Objects();
        var url = await Door.ShowAsync(body);
        var path = Door.Clinic.Objects().Except(before).Single();
        var bytes = await File.ReadAllBytesAsync(path);
        bytes[^1] ^= 1;
        await File.WriteAllBytesAsync(path, bytes);

        await Assert.ThrowsAsync<HttpRequestException>(() => Door.GetAsync(url));
    }

    private static string Header(HttpResponseMessage response, string name) => string.Join(", ", response.Headers.TryGetValues(name, out var values) ? values : []);
}
