using System.Text;
using Colloque.Files;
using Colloque.Security;
using Colloque.Storage;
using Colloque.Testing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Xunit;

namespace Colloque.Tests.Files;

/// <summary>A person's files are theirs; a practitioner's papers are shown to the platform's administrators too, and nothing of either lies open. ASVS 5.3.1, 8.2.2, 11.3.2.</summary>
public sealed class PersonFileTests(PostgresFixture postgres)
{
    [Fact]
    public async Task A_private_file_and_its_key_are_seen_by_nobody_else_whatever_their_role()
    {
        await using var clinic = await FilesClinic.OpenAsync(postgres);
        await TakeAsync(clinic, clinic.Patient, PersonFileKind.Private, FilesClinic.Pdf());
        Assert.Equal((1L, 1L), await VisibleAsync(clinic, clinic.Patient));

        foreach (var caller in Others(clinic).Append(Platform).Append(clinic.Patient with { UserId = clinic.OtherPatient.UserId }))
        {
            Assert.Equal((0L, 0L), await VisibleAsync(clinic, caller));
        }
    }

    [Fact]
    public async Task A_paper_and_its_key_are_seen_by_the_platforms_administrator_once_it_is_confirmed_and_never_changed_by_them()
    {
        await using var clinic = await FilesClinic.OpenAsync(postgres);
        var prepared = await PrepareAsync(clinic, clinic.Practitioner, PersonFileKind.Diploma);
        Assert.Equal((0L, 0L), await VisibleAsync(clinic, Platform));
        await clinic.PutAsync(prepared.UploadUrl, FilesClinic.Pdf(), "application/pdf");
        await ConfirmAsync(clinic, clinic.Practitioner, prepared.FileId);

        Assert.Equal((1L, 1L), await VisibleAsync(clinic, Platform));
        foreach (var caller in Others(clinic).Append(Platform with { Role = Role.SuperAdmin }))
        {
            Assert.Equal((0L, 0L), await VisibleAsync(clinic, caller));
        }

        var database = clinic.Services.GetRequiredService<ColloqueDatabase>();
        await database.ExecuteAsync(Platform, "delete from person_files", [], default);
        await database.ExecuteAsync(Platform, "update person_files set status = 'Prepared'", [], default);
        var forged = $"insert into keys.data_keys (id, tenant_id, tenant_key_id, owner_id, epoch, wrapped, commitment, created_at) select gen_random_uuid(), tenant_id, tenant_key_id, owner_id, 2, wrapped, commitment, now() from keys.data_keys";
        await Assert.ThrowsAsync<PostgresException>(() => database.ExecuteAsync(Platform, forged, [], default));
        Assert.Equal((1L, 1L), await VisibleAsync(clinic, clinic.Practitioner));
    }

    [Fact]
    public async Task Removed_the_file_leaves_neither_row_nor_key_nor_bytes()
    {
        await using var clinic = await FilesClinic.OpenAsync(postgres);
        var file = await TakeAsync(clinic, clinic.Patient, PersonFileKind.Private, FilesClinic.Pdf());
        Assert.Single(clinic.Objects());

        await Get<RemovePersonFile>(clinic).RunAsync(clinic.Patient, file.Id, paper: false, default);

        Assert.Empty(clinic.Objects());
        Assert.Equal((0L, 0L), await VisibleAsync(clinic, clinic.Patient));
        Assert.Equal(0L, await ScalarAsync(clinic, $"select count(*) from keys.data_keys where owner_id = '{file.Id}'"));
    }

    [Fact]
    public async Task Neither_the_store_nor_the_database_shows_a_name_or_a_word_of_it()
    {
        await using var clinic = await FilesClinic.OpenAsync(postgres);
        byte[] content = [.. FilesClinic.Pdf(200), .. "planted-quetzal"u8];
        await TakeAsync(clinic, clinic.Practitioner, PersonFileKind.Identity, content, "planted-quetzal.pdf");

        foreach (var file in clinic.Objects())
        {
            Assert.DoesNotContain("planted-quetzal", Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file)), StringComparison.Ordinal);
        }

        Assert.Equal(0L, await ScalarAsync(clinic, "select count(*) from person_files f where f::text like '%planted%' or position('planted'::bytea in f.sealed) > 0"));
    }

    [Theory]
    [InlineData(10)]
    [InlineData((1 << 20) - 1)]
    [InlineData(1 << 20)]
    [InlineData((1 << 20) + 1)]
    [InlineData(2 << 20)]
    [InlineData(10 * 1024 * 1024)]
    public async Task A_file_whose_size_nobody_announced_comes_back_whole(int size)
    {
        await using var clinic = await FilesClinic.OpenAsync(postgres);
        var content = FilesClinic.Pdf(size);

        var file = await TakeAsync(clinic, clinic.Patient, PersonFileKind.Private, content);

        Assert.Equal(size, file.SizeBytes);
        Assert.Equal(content, (await clinic.GetAsync(await LinkAsync(clinic, clinic.Patient, file.Id))).Content);
    }

    [Fact]
    public async Task A_picture_among_ones_files_tells_nothing_of_its_maker_and_its_first_bytes_are_gone()
    {
        await using var clinic = await FilesClinic.OpenAsync(postgres);
        foreach (var (type, content) in PictureSamples.Talkative)
        {
            var name = "card." + (type == "image/jpeg" ? "jpg" : type[6..]);
            var file = await Get<TakePersonFile>(clinic).RunAsync(clinic.Practitioner, PersonFileKind.Private, name, type, new MemoryStream(content), default);
            var kept = (await clinic.GetAsync(await LinkAsync(clinic, clinic.Practitioner, file.Id))).Content;
            Assert.DoesNotContain(PictureSamples.Planted, Encoding.Latin1.GetString(kept), StringComparison.Ordinal);
            Assert.Equal((kept.Length, Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(kept))), ((int)file.SizeBytes, file.Sha256));
        }

        Assert.Equal(PictureSamples.Talkative.Count(), clinic.Objects().Length);
    }

    [Fact]
    public async Task One_byte_more_than_ten_megabytes_leaves_nothing()
    {
        await using var clinic = await FilesClinic.OpenAsync(postgres);

        var refusal = await Assert.ThrowsAsync<Refusal>(() => TakeAsync(clinic, clinic.Patient, PersonFileKind.Private, FilesClinic.Pdf((10 * 1024 * 1024) + 1)));

        Assert.Equal(FileRefusals.BodyTooLargeCode, refusal.Code);
        Assert.Empty(clinic.Objects());
        Assert.Equal((0L, 0L), await VisibleAsync(clinic, clinic.Patient));
    }

    [Fact]
    public async Task A_confirm_after_a_crash_that_left_the_bytes_claimed_is_a_confirm()
    {
        await using var clinic = await FilesClinic.OpenAsync(postgres);
        var prepared = await PrepareAsync(clinic, clinic.Practitioner, PersonFileKind.Licence);
        await clinic.PutAsync(prepared.UploadUrl, FilesClinic.Pdf(), "application/pdf");
        await clinic.Services.GetRequiredService<ObjectStore>().ClaimAsync(prepared.ObjectKey, default);

        var once = await ConfirmAsync(clinic, clinic.Practitioner, prepared.FileId);
        var twice = await ConfirmAsync(clinic, clinic.Practitioner, prepared.FileId);

        Assert.Equal(once, twice);
        Assert.NotNull(once.Sha256);
    }

    [Fact]
    public async Task A_link_dies_with_its_file_and_an_upload_link_with_the_confirmation()
    {
        await using var clinic = await FilesClinic.OpenAsync(postgres);
        var prepared = await PrepareAsync(clinic, clinic.Practitioner, PersonFileKind.Diploma);
        await clinic.PutAsync(prepared.UploadUrl, FilesClinic.Pdf(), "application/pdf");
        await ConfirmAsync(clinic, clinic.Practitioner, prepared.FileId);
        Assert.Equal("link_invalid", (await Assert.ThrowsAsync<Refusal>(() => clinic.PutAsync(prepared.UploadUrl, FilesClinic.Pdf(), "application/pdf"))).Code);

        var link = (await clinic.RunAsync<OpenPersonFile, (PersonFileView File, FileDownload Link)>(Platform, v => v.RunAsync(clinic.Practitioner.UserId, prepared.FileId, FilesClinic.BaseUrl, default))).Link.DownloadUrl;
        Assert.Equal(FilesClinic.Pdf(), (await clinic.GetAsync(link)).Content);
        await Get<RemovePersonFile>(clinic).RunAsync(clinic.Practitioner, prepared.FileId, paper: true, default);
        Assert.Equal(RefusalKind.NotFound, (await Assert.ThrowsAsync<Refusal>(() => clinic.GetAsync(link))).Kind);
    }

    [Fact]
    public async Task At_most_twenty_uploads_are_open_and_given_up_ones_make_room()
    {
        await using var clinic = await FilesClinic.OpenAsync(postgres);
        for (var i = 0; i < PreparePersonFile.MaxOpen; i++)
        {
            await PrepareAsync(clinic, clinic.Practitioner, PersonFileKind.Diploma);
        }

        Assert.Equal(RefusalKind.TooMany, (await Assert.ThrowsAsync<Refusal>(() => PrepareAsync(clinic, clinic.Practitioner, PersonFileKind.Diploma))).Kind);
        clinic.Clock.Now += TimeSpan.FromMinutes(6);
        await PrepareAsync(clinic, clinic.Practitioner, PersonFileKind.Diploma);
        Assert.Equal(1L, await ScalarAsync(clinic, "select count(*) from person_files"));
    }

    [Fact]
    public async Task What_nobody_confirms_in_a_day_is_swept_with_its_key()
    {
        await using var clinic = await FilesClinic.OpenAsync(postgres);
        var prepared = await PrepareAsync(clinic, clinic.Practitioner, PersonFileKind.Diploma);
        await clinic.PutAsync(prepared.UploadUrl, FilesClinic.Pdf(), "application/pdf");
        await TakeAsync(clinic, clinic.Practitioner, PersonFileKind.Insurance, FilesClinic.Pdf());
        clinic.Clock.Now += TimeSpan.FromHours(25);

        await clinic.RunAsync<SweepFiles, int>(null, v => v.RunAsync(default));

        Assert.Single(clinic.Objects());
        Assert.Equal((1L, 1L), await VisibleAsync(clinic, clinic.Practitioner));
    }

    [Fact]
    public async Task Papers_are_a_practitioners_and_are_read_not_heard()
    {
        await using var clinic = await FilesClinic.OpenAsync(postgres);
        Assert.Equal(RefusalKind.Forbidden, (await Assert.ThrowsAsync<Refusal>(() => PrepareAsync(clinic, clinic.Patient, PersonFileKind.Diploma))).Kind);
        Assert.Equal("mimeType", (await Assert.ThrowsAsync<Refusal>(() => PrepareAsync(clinic, clinic.Practitioner, PersonFileKind.Diploma, new("voice.ogg", "audio/ogg", 10, null)))).Field);
    }

    private static Caller Platform { get; } = new(Guid.Empty, Guid.CreateVersion7(), Role.PlatformAdmin, Guid.CreateVersion7());

    private static IEnumerable<Caller> Others(FilesClinic clinic) => [clinic.OtherPatient, clinic.Admin, Platform with { Role = Role.SuperAdmin }];

    private static T Get<T>(FilesClinic clinic)
        where T : notnull => clinic.Services.CreateScope().ServiceProvider.GetRequiredService<T>();

    private static Task<PersonFileView> TakeAsync(FilesClinic clinic, Caller caller, PersonFileKind kind, byte[] content, string name = "scan.pdf") =>
        Get<TakePersonFile>(clinic).RunAsync(caller, kind, name, "application/pdf", new MemoryStream(content), default);

    private static Task<PreparedFile> PrepareAsync(FilesClinic clinic, Caller caller, PersonFileKind kind, FileAnnouncement? announcement = null) =>
        clinic.RunAsync<PreparePersonFile, PreparedFile>(caller, v => v.RunAsync(kind, announcement ?? new("scan.pdf", "application/pdf", FilesClinic.Pdf().Length, null), FilesClinic.BaseUrl, default));

    private static Task<PersonFileView> ConfirmAsync(FilesClinic clinic, Caller caller, Guid fileId) => Get<ConfirmPersonFile>(clinic).RunAsync(caller, fileId, default);

    private static async Task<string> LinkAsync(FilesClinic clinic, Caller caller, Guid fileId) =>
        (await clinic.RunAsync<OpenPersonFile, (PersonFileView File, FileDownload Link)>(caller, v => v.RunAsync(null, fileId, FilesClinic.BaseUrl, default))).Link.DownloadUrl;

    /// <summary>Files and people's keys that a caller sees.</summary>
    private static async Task<(long Files, long Keys)> VisibleAsync(FilesClinic clinic, Caller caller)
    {
        var seen = (0L, 0L);
        await clinic.Services.GetRequiredService<ColloqueDatabase>().ReadAsync(
            caller, "select (select count(*) from person_files), (select count(*) from keys.data_keys where tenant_id = no_tenant_id())", [], r => seen = (r.GetInt64(0), r.GetInt64(1)), default);
        return seen;
    }

    private static async Task<long> ScalarAsync(FilesClinic clinic, string sql)
    {
        await using var source = NpgsqlDataSource.Create(clinic.Superuser);
        await using var command = source.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
