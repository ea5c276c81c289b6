using Colloque.Conversations;
using Colloque.Files;
using Colloque.Security;
using Colloque.Testing;
using Xunit;

namespace Colloque.Tests.Files;

public sealed class FileAccessTests(PostgresFixture postgres) : IAsyncLifetime
{
    private FilesClinic clinic = null!;

    public async ValueTask InitializeAsync() => clinic = await FilesClinic.OpenAsync(postgres);

    public ValueTask DisposeAsync() => clinic.DisposeAsync();

    [Fact]
    public async Task A_stranger_gets_the_same_404_for_what_exists_and_what_does_not()
    {
        var prepared = await ShowAsync();

        foreach (var fileId in (Guid[])[prepared.FileId, Guid.CreateVersion7()])
        {
            await RefusesAsync(RefusalKind.NotFound, () => clinic.PrepareAsync(clinic.OtherPatient, new("a.pdf", "application/pdf", 10, null)));
            await RefusesAsync(RefusalKind.NotFound, () => clinic.ConfirmAsync(clinic.OtherPatient, fileId));
            await RefusesAsync(RefusalKind.NotFound, () => clinic.DownloadAsync(clinic.OtherPatient, fileId));
        }
    }

    [Fact]
    public async Task A_file_is_not_found_through_another_conversation_of_the_same_practitioner()
    {
        var prepared = await clinic.UploadAsync(clinic.Practitioner, FilesClinic.Pdf());
        var other = await clinic.BookAsync(clinic.OtherPatient);

        await RefusesAsync(RefusalKind.NotFound, () => clinic.ConfirmAsync(clinic.Practitioner, prepared.FileId, conversation: other));
        await clinic.ConfirmAsync(clinic.Practitioner, prepared.FileId);
        await RefusesAsync(RefusalKind.NotFound, () => clinic.DownloadAsync(clinic.Practitioner, prepared.FileId, other));
        await RefusesAsync(RefusalKind.NotFound, () => clinic.ConfirmAsync(clinic.Practitioner, prepared.FileId, conversation: other));
    }

    [Fact]
    public async Task The_other_side_neither_confirms_a_file_nor_sees_it_before()
    {
        var prepared = await clinic.UploadAsync(clinic.Patient, FilesClinic.Pdf());

        await RefusesAsync(RefusalKind.NotFound, () => clinic.ConfirmAsync(clinic.Practitioner, prepared.FileId));
        await RefusesAsync(RefusalKind.NotFound, () => clinic.DownloadAsync(clinic.Practitioner, prepared.FileId));
        await RefusesAsync(RefusalKind.NotFound, () => clinic.DownloadAsync(clinic.Patient, prepared.FileId));
        await clinic.ConfirmAsync(clinic.Patient, prepared.FileId);
        await RefusesAsync(RefusalKind.NotFound, () => clinic.ConfirmAsync(clinic.Practitioner, prepared.FileId));
    }

    [Fact]
    public async Task An_administrator_gets_403_before_anything_is_looked_up()
    {
        var prepared = await ShowAsync();

        await RefusesAsync(RefusalKind.Forbidden, () => clinic.PrepareAsync(clinic.Admin, new(null, null, null, null)));
        await RefusesAsync(RefusalKind.Forbidden, () => clinic.ConfirmAsync(clinic.Admin, prepared.FileId));
        await RefusesAsync(RefusalKind.Forbidden, () => clinic.DownloadAsync(clinic.Admin, prepared.FileId));
    }

    [Fact]
    public async Task A_confirmed_file_takes_no_more_bytes()
    {
        var prepared = await ShowAsync();

        await RefusesAsync(RefusalKind.Forbidden, () => clinic.PutAsync(prepared.UploadUrl, FilesClinic.Pdf(), "application/pdf"));
        Assert.Single(clinic.Objects());
    }

    [Fact]
    public async Task A_link_dies_with_the_seat_of_the_one_it_was_made_for()
    {
        var prepared = await ShowAsync();
        var mine = await clinic.DownloadAsync(clinic.Patient, prepared.FileId);
        var theirs = await clinic.DownloadAsync(clinic.Practitioner, prepared.FileId);
        await TestDatabase.ExecuteAsync(clinic.Superuser, $"update participants set left_at = now() where user_id = '{clinic.Patient.UserId}'");

        await RefusesAsync(RefusalKind.NotFound, () => clinic.GetAsync(mine.DownloadUrl));
        Assert.NotEmpty((await clinic.GetAsync(theirs.DownloadUrl)).Content);
    }

    [Fact]
    public async Task A_deleted_message_takes_its_file_out_of_reach_with_the_links_already_given()
    {
        var prepared = await ShowAsync();
        var link = await clinic.DownloadAsync(clinic.Practitioner, prepared.FileId);
        var message = (await clinic.ConfirmAsync(clinic.Patient, prepared.FileId)).Message;
        await clinic.RunAsync<DeleteMessage, MessageView>(clinic.Patient, v => v.RunAsync(clinic.Consultation, message.Id, default));

        await RefusesAsync(RefusalKind.NotFound, () => clinic.DownloadAsync(clinic.Practitioner, prepared.FileId));
        await RefusesAsync(RefusalKind.NotFound, () => clinic.GetAsync(link.DownloadUrl));
    }

    [Fact]
    public async Task A_damaged_object_is_told_as_unavailable_and_not_as_absent()
    {
        var prepared = await ShowAsync();
        var link = await clinic.DownloadAsync(clinic.Patient, prepared.FileId);
        File.Delete(clinic.Objects().Single());

        await RefusesAsync(RefusalKind.Unavailable, () => clinic.GetAsync(link.DownloadUrl));
    }

    [Fact]
    public async Task Neither_name_nor_hash_nor_content_is_anywhere_on_the_disk_or_in_the_table()
    {
        var prepared = await clinic.UploadAsync(clinic.Patient, [.. "%PDF-1.7 planted-content"u8, .. new byte[200]], "planted-name.pdf");
        await clinic.ConfirmAsync(clinic.Patient, prepared.FileId);

        await TestDatabase.ExecuteAsync(
            clinic.Superuser,
            "do $$ begin if exists (select from files f where f::text ~ encode('planted', 'hex') or f::text ~ 'planted') then raise 'a name in the clear'; end if; end $$");
        Assert.DoesNotContain(clinic.Objects(), path => File.ReadAllBytes(path).AsSpan().IndexOf("planted"u8) >= 0);
    }

    private static async Task RefusesAsync(RefusalKind kind, Func<Task> act) => Assert.Equal(kind, (await Assert.ThrowsAsync<Refusal>(act)).Kind);

    private async Task<PreparedFile> ShowAsync()
    {
        var prepared = await clinic.UploadAsync(clinic.Patient, FilesClinic.Pdf());
        await clinic.ConfirmAsync(clinic.Patient, prepared.FileId);
        return prepared;
    }
}
