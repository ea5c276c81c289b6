using Colloque.Consultations;
using Colloque.Conversations;
using Colloque.Security;
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

    [Fact]
    public async Task A_practitioner_without_an_organization_sends_and_gets_files_of_their_own_visits()
    {
        var freelance = new Caller(Guid.Empty, Guid.CreateVersion7(), Role.Practitioner, Guid.CreateVersion7());
        await TestDatabase.ExecuteAsync(clinic.Superuser, $"insert into users (id, email, name, role, created_at) values ('{freelance.UserId}', 'f@example', 'Freelance', 'Practitioner', now())");
        var visit = await clinic.RunAsync<RecordConsultation, Guid>(
            clinic.Patient,
            v => v.RunAsync(new(clinic.Patient.UserId, freelance.UserId, ConsultationStatus.InProgress, ConsultationFormat.Video, clinic.Clock.GetUtcNow().AddHours(2), 30), default));
        foreach (var (sender, reader) in new[] { (freelance, clinic.Patient), (clinic.Patient, freelance) })
        {
            var body = FilesClinic.Pdf(70_000);
            var prepared = await clinic.PrepareAsync(sender, new("ordonnance.pdf", "application/pdf", body.Length, null), visit);
            await clinic.PutAsync(prepared.UploadUrl, body, "application/pdf");
            Assert.True((await clinic.ConfirmAsync(sender, prepared.FileId, conversation: visit)).Created);
            Assert.Equal(body, (await clinic.GetAsync((await clinic.DownloadAsync(reader, prepared.FileId, visit)).DownloadUrl)).Content);
            await Assert.ThrowsAsync<Refusal>(() => clinic.DownloadAsync(clinic.Practitioner, prepared.FileId, visit));
        }
    }
}
