using System.Security.Cryptography;
using Colloque.Conversations;
using Colloque.Files;
using Colloque.Testing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Colloque.Tests.Files;

/// <summary>What of a file is kept, and that nothing of it is once its message is deleted.</summary>
public sealed class KeptFilesTests(PostgresFixture postgres) : IAsyncLifetime
{
    private FilesClinic clinic = null!;

    public async ValueTask InitializeAsync() => clinic = await FilesClinic.OpenAsync(postgres);

    public ValueTask DisposeAsync() => clinic.DisposeAsync();

    [Fact]
    public async Task A_picture_is_kept_without_what_it_tells_of_its_maker_and_its_hash_is_of_what_is_kept()
    {
        foreach (var (type, content) in PictureSamples.Talkative)
        {
            var name = "photo." + FileType.Of(type)!.Extensions[0];
            var sent = await clinic.UploadAsync(clinic.Patient, content, name, type, Convert.ToHexStringLower(SHA256.HashData(content)));

            var file = (await clinic.ConfirmAsync(clinic.Patient, sent.FileId)).Message.File!;

            var (kept, opened) = await clinic.GetAsync((await clinic.DownloadAsync(clinic.Practitioner, sent.FileId)).DownloadUrl);
            Assert.Equal(PictureCleaning.Run(content).Content, kept);
            Assert.Equal((Convert.ToHexStringLower(SHA256.HashData(kept)), (long)kept.Length, name), (file.Sha256!, file.SizeBytes, opened.Name));
        }

        // What was sent went, and what was noted on the way to its row is spared.
        Assert.Equal(4, clinic.Objects().Length);
        clinic.Clock.Now += TimeSpan.FromDays(1);
        await SweepAsync();
        Assert.Equal(4, clinic.Objects().Length);
        var wrong = await clinic.UploadAsync(clinic.Patient, PictureSamples.TalkativeJpeg(1), "a.jpg", "image/jpeg", new string('0', 64));
        Assert.Equal("content_mismatch", (await Assert.ThrowsAsync<Refusal>(() => clinic.ConfirmAsync(clinic.Patient, wrong.FileId))).Code);
        Assert.Equal(4, clinic.Objects().Length);
    }

    [Fact]
    public async Task A_deleted_message_takes_its_files_with_it_name_key_and_bytes_also_after_a_crash()
    {
        var body = FilesClinic.Pdf(3_000);
        var sent = await clinic.UploadAsync(clinic.Patient, body, "planted-7c2e.pdf");
        var message = (await clinic.ConfirmAsync(clinic.Patient, sent.FileId)).Message;
        var link = (await clinic.DownloadAsync(clinic.Practitioner, sent.FileId)).DownloadUrl;
        Assert.Equal(body, (await clinic.GetAsync(link)).Content);

        var deleted = await clinic.RunAsync<DeleteMessage, MessageView>(clinic.Patient, v => v.RunAsync(clinic.Consultation, message.Id, default));

        Assert.Empty(deleted.Files);
        Assert.Equal(0L, await CountAsync("files"));
        Assert.Equal(RefusalKind.NotFound, (await Assert.ThrowsAsync<Refusal>(() => clinic.GetAsync(link))).Kind);
        Assert.Equal(RefusalKind.NotFound, (await Assert.ThrowsAsync<Refusal>(() => clinic.DownloadAsync(clinic.Practitioner, sent.FileId))).Kind);
        // The process may end here: what is to go is noted where the row was.
        Assert.Single(clinic.Objects());
        Assert.Equal(1, await SweepAsync());
        Assert.Empty(clinic.Objects());
        Assert.Equal((0, 0L), (await SweepAsync(), await CountAsync("doomed_objects")));
        var page = await clinic.Services.GetRequiredService<MessageLog>().OneAsync(clinic.Practitioner, clinic.Consultation, message.Id, default);
        Assert.NotNull(page.DeletedAt);
        Assert.Empty(page.Files);
    }

    [Fact]
    public async Task Who_keeps_as_much_as_they_may_announces_no_more_until_something_goes()
    {
        await TestDatabase.ExecuteAsync(
            clinic.Superuser,
            $"""
            insert into files (id, tenant_id, conversation_id, uploader_id, status, mime_type, size_bytes, sealed, object_key, created_at)
            select gen_random_uuid(), c.tenant_id, c.id, '{clinic.Practitioner.UserId}', 'Confirmed', 'application/pdf', {new FileQuotas().PersonBytes - 100}, '', '00/' || repeat('0', 32), now() from conversations c limit 1
            """);

        Assert.Equal("quota_reached", (await Assert.ThrowsAsync<Refusal>(() => clinic.PrepareAsync(clinic.Practitioner, new("a.pdf", "application/pdf", 101, null)))).Code);
        await clinic.PrepareAsync(clinic.Practitioner, new("a.pdf", "application/pdf", 100, null));
        await clinic.PrepareAsync(clinic.Patient, new("a.pdf", "application/pdf", 10_000, null));
    }

    private async Task<long> CountAsync(string table)
    {
        await using var source = Npgsql.NpgsqlDataSource.Create(clinic.Superuser);
        await using var command = source.CreateCommand($"select count(*) from {table}");
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private Task<int> SweepAsync() => clinic.RunAsync<SweepDoomedObjects, int>(null, v => v.RunAsync(default));
}
