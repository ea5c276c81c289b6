using Colloque.Files;
using Colloque.Testing;
using Xunit;

namespace Colloque.Tests.Files;

public sealed class SweepFilesTests(PostgresFixture postgres) : IAsyncLifetime
{
    private FilesClinic clinic = null!;

    public async ValueTask InitializeAsync() => clinic = await FilesClinic.OpenAsync(postgres);

    public ValueTask DisposeAsync() => clinic.DisposeAsync();

    [Fact]
    public async Task What_nobody_confirmed_within_a_day_goes_and_what_was_confirmed_stays_for_ever()
    {
        var shown = await clinic.UploadAsync(clinic.Patient, FilesClinic.Pdf());
        await clinic.ConfirmAsync(clinic.Patient, shown.FileId);
        var forgotten = await clinic.UploadAsync(clinic.Patient, FilesClinic.Pdf(300));

        clinic.Clock.Now += SweepFiles.Age;
        Assert.Equal(0, await SweepAsync());
        clinic.Clock.Now += TimeSpan.FromSeconds(1);
        Assert.Equal(1, await SweepAsync());
        clinic.Clock.Now += TimeSpan.FromDays(3_650);
        Assert.Equal(0, await SweepAsync());

        Assert.Single(clinic.Objects());
        Assert.NotNull(await clinic.DownloadAsync(clinic.Practitioner, shown.FileId));
        Assert.Equal(RefusalKind.NotFound, (await Assert.ThrowsAsync<Refusal>(() => clinic.ConfirmAsync(clinic.Patient, forgotten.FileId))).Kind);
    }

    [Fact]
    public async Task A_clock_that_jumps_removes_a_hundred_at_a_time()
    {
        await TestDatabase.ExecuteAsync(
            clinic.Superuser,
            $"""
            insert into files (id, tenant_id, conversation_id, uploader_id, status, mime_type, size_bytes, sealed, object_key, created_at)
            select gen_random_uuid(), c.tenant_id, c.id, '{clinic.Patient.UserId}', 'Prepared', 'application/pdf', 1, '', left(k, 2) || '/' || k, '2026-03-02'
            from conversations c, lateral (select md5(n::text) k from generate_series(1, 230) n) keys
            """);
        clinic.Clock.Now += TimeSpan.FromDays(365);

        Assert.Equal((100, 100, 30, 0), (await SweepAsync(), await SweepAsync(), await SweepAsync(), await SweepAsync()));
    }

    [Fact]
    public async Task One_person_has_twenty_uploads_open_in_a_conversation_and_given_up_ones_make_room()
    {
        for (var i = 0; i < PrepareFile.MaxOpenInConversation; i++)
        {
            await PrepareAsync();
        }

        var refusal = await Assert.ThrowsAsync<Refusal>(PrepareAsync);
        Assert.Equal((RefusalKind.TooMany, TimeSpan.FromMinutes(5)), (refusal.Kind, refusal.RetryAfter));
        clinic.Clock.Now += TimeSpan.FromMinutes(5);
        await PrepareAsync();
        var another = await clinic.BookAsync(clinic.Patient);
        await clinic.PrepareAsync(clinic.Patient, new("a.pdf", "application/pdf", 10, null), another);
    }

    [Fact]
    public async Task Prepares_at_once_do_not_pass_the_limit_together()
    {
        var all = await Task.WhenAll(Enumerable.Range(0, 26).Select(async _ =>
        {
            try
            {
                await PrepareAsync();
                return 1;
            }
            catch (Refusal refusal) when (refusal.Kind == RefusalKind.TooMany)
            {
                return 0;
            }
        }));

        Assert.Equal(PrepareFile.MaxOpenInConversation, all.Sum());
    }

    private Task<PreparedFile> PrepareAsync() => clinic.PrepareAsync(clinic.Patient, new("a.pdf", "application/pdf", 10, null));

    private Task<int> SweepAsync() => clinic.RunAsync<SweepFiles, int>(null, v => v.RunAsync(default));
}
