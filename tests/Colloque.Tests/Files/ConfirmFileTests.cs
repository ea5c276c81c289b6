using Colloque.Consultations;
using Colloque.Conversations;
using Colloque.Files;
using Colloque.Testing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Colloque.Tests.Files;

public sealed class ConfirmFileTests(PostgresFixture postgres) : IAsyncLifetime
{
    private FilesClinic clinic = null!;

    public async ValueTask InitializeAsync() => clinic = await FilesClinic.OpenAsync(postgres);

    public ValueTask DisposeAsync() => clinic.DisposeAsync();

    [Fact]
    public async Task The_same_confirm_again_gives_the_same_message_and_announces_nothing()
    {
        var prepared = await clinic.UploadAsync(clinic.Patient, FilesClinic.Pdf());
        var first = await clinic.ConfirmAsync(clinic.Patient, prepared.FileId);
        var heard = clinic.Heard.All.Count;

        var again = await clinic.ConfirmAsync(clinic.Patient, prepared.FileId);
        var withAnotherId = await clinic.ConfirmAsync(clinic.Patient, prepared.FileId, "another-id");

        Assert.Equal((true, false, false), (first.Created, again.Created, withAnotherId.Created));
        Assert.Equal(first.Message.Id, again.Message.Id);
        Assert.Equal(first.Message.Id, withAnotherId.Message.Id);
        Assert.Equal(heard, clinic.Heard.All.Count);
    }

    [Fact]
    public async Task Many_confirms_at_once_make_one_message_and_announce_it_once()
    {
        var prepared = await clinic.UploadAsync(clinic.Patient, FilesClinic.Pdf());

        var all = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => clinic.ConfirmAsync(clinic.Patient, prepared.FileId)));

        Assert.Single(all, c => c.Created);
        Assert.Single(all.Select(c => c.Message.Id).Distinct());
        Assert.Single(clinic.Heard.All.OfType<MessageAppended>());
    }

    [Fact]
    public async Task A_repeat_after_a_crash_between_file_and_message_completes_it_once()
    {
        var prepared = await clinic.UploadAsync(clinic.Patient, FilesClinic.Pdf());
        await ConfirmRowAloneAsync(prepared.FileId);

        var repeated = await Task.WhenAll(clinic.ConfirmAsync(clinic.Patient, prepared.FileId), clinic.ConfirmAsync(clinic.Patient, prepared.FileId));
        var later = await clinic.ConfirmAsync(clinic.Patient, prepared.FileId);

        Assert.Single(repeated, c => c.Created);
        Assert.False(later.Created);
        Assert.Single(repeated.Append(later).Select(c => c.Message.Id).Distinct());
        Assert.Equal(1, later.Message.Seq);
        Assert.NotNull((await clinic.DownloadAsync(clinic.Practitioner, prepared.FileId)).DownloadUrl);
    }

    [Fact]
    public async Task The_message_bears_the_senders_own_id_and_the_measured_hash()
    {
        var body = FilesClinic.Pdf();
        var prepared = await clinic.UploadAsync(clinic.Patient, body);

        var confirmed = await clinic.ConfirmAsync(clinic.Patient, prepared.FileId, "mine-1");

        Assert.Equal("mine-1", confirmed.Message.ClientMsgId);
        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(body)), confirmed.Message.File!.Sha256);
    }

    [Fact]
    public async Task A_confirm_without_an_upload_is_told_so_and_may_be_repeated_after_it()
    {
        var body = FilesClinic.Pdf();
        var prepared = await clinic.PrepareAsync(clinic.Patient, new("a.pdf", "application/pdf", body.Length, null));

        await RefusesAsync(RefusalKind.Conflict, "upload_missing", () => clinic.ConfirmAsync(clinic.Patient, prepared.FileId));
        await clinic.PutAsync(prepared.UploadUrl, body, "application/pdf");

        Assert.True((await clinic.ConfirmAsync(clinic.Patient, prepared.FileId)).Created);
    }

    [Fact]
    public async Task A_content_of_another_type_is_refused_and_nothing_is_left_of_it()
    {
        var prepared = await clinic.UploadAsync(clinic.Patient, [.. "MZ"u8, .. new byte[500]]);

        await RefusesAsync(RefusalKind.Invalid, "content_mismatch", () => clinic.ConfirmAsync(clinic.Patient, prepared.FileId));

        await NothingIsLeftAsync(prepared);
    }

    [Fact]
    public async Task A_content_of_another_hash_is_refused_and_nothing_is_left_of_it()
    {
        var prepared = await clinic.UploadAsync(clinic.Patient, FilesClinic.Pdf(), sha256: new string('0', 64));

        await RefusesAsync(RefusalKind.Invalid, "content_mismatch", () => clinic.ConfirmAsync(clinic.Patient, prepared.FileId));

        await NothingIsLeftAsync(prepared);
    }

    [Fact]
    public async Task The_announced_hash_may_be_in_capitals()
    {
        var body = FilesClinic.Pdf();
        var prepared = await clinic.UploadAsync(clinic.Patient, body, sha256: Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(body)));

        Assert.True((await clinic.ConfirmAsync(clinic.Patient, prepared.FileId)).Created);
    }

    [Fact]
    public async Task An_upload_damaged_on_the_disk_is_refused_and_nothing_is_left_of_it()
    {
        var prepared = await clinic.UploadAsync(clinic.Patient, FilesClinic.Pdf());
        var path = clinic.Objects().Single();
        var bytes = await File.ReadAllBytesAsync(path);
        bytes[^1] ^= 1;
        await File.WriteAllBytesAsync(path, bytes);

        await RefusesAsync(RefusalKind.Invalid, "content_mismatch", () => clinic.ConfirmAsync(clinic.Patient, prepared.FileId));

        await NothingIsLeftAsync(prepared);
    }

    [Fact]
    public async Task After_the_close_nothing_is_prepared_or_confirmed_and_an_upload_under_way_is_removed()
    {
        var shown = await clinic.UploadAsync(clinic.Patient, FilesClinic.Pdf());
        await clinic.ConfirmAsync(clinic.Patient, shown.FileId);
        var late = await clinic.UploadAsync(clinic.Patient, FilesClinic.Pdf(300));
        await clinic.RunAsync<CloseConsultation, DateTimeOffset>(clinic.Practitioner, v => v.RunAsync(clinic.Consultation, default));

        await RefusesAsync(RefusalKind.Conflict, "consultation_closed", () => clinic.PrepareAsync(clinic.Patient, new("a.pdf", "application/pdf", 10, null)));
        await RefusesAsync(RefusalKind.Conflict, "consultation_closed", () => clinic.ConfirmAsync(clinic.Patient, late.FileId));

        Assert.Single(clinic.Objects());
        Assert.False((await clinic.ConfirmAsync(clinic.Patient, shown.FileId)).Created);
        Assert.NotNull(await clinic.DownloadAsync(clinic.Practitioner, shown.FileId));
    }

    [Fact]
    public async Task A_client_id_that_is_taken_refuses_the_file_and_leaves_nothing_of_it()
    {
        await clinic.Services.GetRequiredService<MessageLog>().AppendAsync(clinic.Patient, clinic.Consultation, new(Guid.CreateVersion7(), "taken", MessageKind.Text, "Bonjour"), default);
        var prepared = await clinic.UploadAsync(clinic.Patient, FilesClinic.Pdf());

        await RefusesAsync(RefusalKind.Conflict, "client_msg_id_reused", () => clinic.ConfirmAsync(clinic.Patient, prepared.FileId, "taken"));

        await NothingIsLeftAsync(prepared);
    }

    private static async Task RefusesAsync(RefusalKind kind, string code, Func<Task> act)
    {
        var refusal = await Assert.ThrowsAsync<Refusal>(act);
        Assert.Equal((kind, code), (refusal.Kind, refusal.Code));
    }

    /// <summary>What a crash leaves that comes after the file's commit and before the message's.</summary>
    private async Task ConfirmRowAloneAsync(Guid fileId)
    {
        var key = (await clinic.RunAsync<FileRows, StoredFile?>(clinic.Patient, r => r.FindAsync(clinic.Consultation, fileId, default)))!;
        await clinic.Services.GetRequiredService<ObjectStore>().ClaimAsync(key.ObjectKey, default);
        Assert.True(await clinic.RunAsync<FileRows, bool>(clinic.Patient, r => r.ConfirmAsync(key, new(key.Id, key.ObjectKey, [], key.SizeBytes), key.Sealed, Guid.CreateVersion7(), 0, clinic.Clock.Now, default)));
    }

    private async Task NothingIsLeftAsync(PreparedFile prepared)
    {
        Assert.Empty(clinic.Objects());
        Assert.Null(await clinic.RunAsync<FileRows, StoredFile?>(clinic.Patient, r => r.FindAsync(clinic.Consultation, prepared.FileId, default)));
        await RefusesAsync(RefusalKind.NotFound, "not_found", () => clinic.ConfirmAsync(clinic.Patient, prepared.FileId));
        Assert.DoesNotContain(clinic.Heard.All.OfType<MessageAppended>(), a => a.Message.Kind == MessageKind.File);
    }
}
