using Colloque.Conversations;
using Colloque.Testing;
using Xunit;

namespace Colloque.Tests.Files;

public sealed class FileRoundTripTests(PostgresFixture postgres) : IAsyncLifetime
{
    private FilesClinic clinic = null!;

    public async ValueTask InitializeAsync() => clinic = await FilesClinic.OpenAsync(postgres);

    public ValueTask DisposeAsync() => clinic.DisposeAsync();

    [Fact]
    public async Task What_one_side_uploads_the_other_downloads()
    {
        var body = FilesClinic.Pdf(2_500_000);
        var prepared = await clinic.UploadAsync(clinic.Patient, body, "analyse de sang.pdf");

        var confirmed = await clinic.ConfirmAsync(clinic.Patient, prepared.FileId);

        Assert.True(confirmed.Created);
        Assert.Equal(MessageKind.File, confirmed.Message.Kind);
        Assert.Equal(1, confirmed.Message.Seq);
        Assert.Equal("analyse de sang.pdf", confirmed.Message.File!.Name);
        Assert.Equal(body.Length, confirmed.Message.File.SizeBytes);
        var download = await clinic.DownloadAsync(clinic.Practitioner, prepared.FileId);
        var (content, file) = await clinic.GetAsync(download.DownloadUrl);
        Assert.Equal(body, content);
        Assert.Equal("analyse de sang.pdf", file.Name);
        Assert.Equal("application/pdf", file.MimeType);
    }
}
