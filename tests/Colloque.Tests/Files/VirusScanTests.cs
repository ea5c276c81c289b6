using System.Text;
using Colloque.Conversations;
using Colloque.Testing;
using Xunit;

namespace Colloque.Tests.Files;

/// <summary>ASVS 5.4.3: what is uploaded is scanned before anybody is shown it.</summary>
public sealed class VirusScanTests(PostgresFixture postgres)
{
    [Fact]
    public async Task What_clamd_knows_is_removed_what_it_does_not_is_shown_and_without_it_nothing_is()
    {
        await using var clamd = await ClamdProcess.StartAsync();
        await using var clinic = await FilesClinic.OpenAsync(postgres, clamd.Socket);
        byte[] infected = [.. FilesClinic.Pdf(3_000_000), .. Encoding.ASCII.GetBytes(ClamdProcess.Planted)];

        var bad = await clinic.UploadAsync(clinic.Patient, infected);
        var good = await clinic.UploadAsync(clinic.Patient, FilesClinic.Pdf(3_000_000));
        await RefusesAsync(RefusalKind.Invalid, "infected", () => clinic.ConfirmAsync(clinic.Patient, bad.FileId));
        Assert.Single(clinic.Objects());
        await RefusesAsync(RefusalKind.NotFound, "not_found", () => clinic.ConfirmAsync(clinic.Patient, bad.FileId));
        Assert.True((await clinic.ConfirmAsync(clinic.Patient, good.FileId)).Created);

        // Closed on failure: it waits, unseen and whole, for a clamd that answers.
        var waiting = await clinic.UploadAsync(clinic.Patient, FilesClinic.Pdf(2_000));
        await clamd.StopAsync();
        await RefusesAsync(RefusalKind.Unavailable, "scan_unavailable", () => clinic.ConfirmAsync(clinic.Patient, waiting.FileId));
        await RefusesAsync(RefusalKind.NotFound, "not_found", () => clinic.DownloadAsync(clinic.Practitioner, waiting.FileId));
        Assert.Single(clinic.Heard.All.OfType<MessageAppended>());
        Assert.Equal(2, clinic.Objects().Length);
    }

    private static async Task RefusesAsync(RefusalKind kind, string code, Func<Task> act)
    {
        var refusal = await Assert.ThrowsAsync<Refusal>(act);
        Assert.Equal((kind, code), (refusal.Kind, refusal.Code));
    }
}
