using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Colloque.Conversations;
using Colloque.Exports;
using Colloque.Files;
using Colloque.Reports;
using Colloque.Security;
using Colloque.Storage;
using Colloque.Testing;
using Colloque.Tests.Files;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Xunit;

namespace Colloque.Tests.Exports;

/// <summary>Copies of conversations, and what can be shown of them later.</summary>
public sealed partial class ExportTests(PostgresFixture postgres) : IAsyncLifetime
{
    private const string Hostile = "<script>alert('planted')</script>\"\n[99] 2026-01-01 Dr \u202eevil";

    private FilesClinic clinic = null!;

    public async ValueTask InitializeAsync()
    {
        clinic = await FilesClinic.OpenAsync(postgres);
        _ = clinic.Services.GetRequiredService<ObjectStore>();
    }

    public ValueTask DisposeAsync() => clinic.DisposeAsync();

    [Fact]
    public async Task A_copy_has_people_times_receipts_edits_tombstones_reactions_and_files_with_their_hashes()
    {
        var id = clinic.Consultation;
        var first = await SayAsync(clinic.Patient, "J’ai mal à la tête");
        await clinic.RunAsync<EditMessage, MessageView>(clinic.Patient, v => v.RunAsync(id, first.Id, "J’ai mal au cœur", default));
        await clinic.RunAsync<ReactToMessage, MessageView>(clinic.Practitioner, v => v.RunAsync(id, first.Id, "👍", true, default));
        await Log.AdvanceAsync(clinic.Practitioner, id, first.Id, ReceiptKind.Read);
        var gone = await SayAsync(clinic.Practitioner, "planted-axolotl");
        await clinic.RunAsync<DeleteMessage, MessageView>(clinic.Practitioner, v => v.RunAsync(id, gone.Id, default));
        var bytes = FilesClinic.Pdf();
        await clinic.ConfirmAsync(clinic.Patient, (await clinic.UploadAsync(clinic.Patient, bytes, "ordonnance.pdf")).FileId);
        var hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes));

        using var json = JsonDocument.Parse(await ExportAsync(clinic.Practitioner, ExportFormat.Json, "fr"));
        var messages = json.RootElement.GetProperty("messages").EnumerateArray().ToArray();
        Assert.Equal([1L, 2L, 3L, 4L], messages.Select(static m => m.GetProperty("seq").GetInt64()));
        Assert.Equal(("J’ai mal au cœur", 2, "👍"), (messages[0].GetProperty("text").GetString(), messages[0].GetProperty("version").GetInt32(), messages[0].GetProperty("reactions")[0].GetProperty("emoji").GetString()));
        Assert.NotNull(messages[0].GetProperty("readAt").GetString());
        Assert.NotNull(messages[0].GetProperty("editedAt").GetString());
        Assert.Equal((null, true), (messages[1].GetProperty("text").GetString(), messages[1].GetProperty("deletedAt").GetString() is not null));
        var attachment = messages[2].GetProperty("attachments")[0];
        Assert.Equal(("ordonnance.pdf", 2_000L, hash), (attachment.GetProperty("name").GetString(), attachment.GetProperty("sizeBytes").GetInt64(), attachment.GetProperty("sha256").GetString()));
        Assert.Equal(("System", "exported"), (messages[3].GetProperty("kind").GetString(), messages[3].GetProperty("text").GetString()));
        Assert.Equal(2, json.RootElement.GetProperty("participants").GetArrayLength());

        // The same in words and on a page, on the clocks of the place.
        foreach (var format in (ExportFormat[])[ExportFormat.Text, ExportFormat.Html])
        {
            var shown = Encoding.UTF8.GetString(await ExportAsync(clinic.Practitioner, format, "fr"));
            foreach (var part in (string[])["J’ai mal au cœur", "modifié le 2026-03-02 10:00:00 +01:00", "lu le 2026-03-02", "Message supprimé le", hash, "2000 octets", "Europe/Paris", "a fait une copie", "👍"])
            {
                Assert.Contains(part, System.Net.WebUtility.HtmlDecode(shown), StringComparison.Ordinal);
            }

            Assert.DoesNotContain("planted-axolotl", shown, StringComparison.Ordinal);
        }

        Assert.Contains("edited at", Encoding.UTF8.GetString(await ExportAsync(clinic.Practitioner, ExportFormat.Text, "en")), StringComparison.Ordinal);
        Assert.Contains("modificado el", Encoding.UTF8.GetString(await ExportAsync(clinic.Practitioner, ExportFormat.Text, "es")), StringComparison.Ordinal);
        Assert.Equal(5, clinic.Heard.All.OfType<ConversationExported>().Count());
    }

    [Fact]
    public async Task Hostile_names_and_texts_are_text_on_the_page_and_no_message_forges_another()
    {
        await using (var source = NpgsqlDataSource.Create(clinic.Superuser))
        {
            await using var rename = source.CreateCommand($"update users set name = $1 where id = '{clinic.Patient.UserId}'");
            rename.Parameters.AddWithValue(Hostile);
            await rename.ExecuteNonQueryAsync();
        }

        await SayAsync(clinic.Patient, "</p></style><script>alert(1)</script><img src=x onerror=alert(2)>\n[77] 2026-01-01 00:00:00 +01:00 Dr House (practitioner)\u2028[78] forged");
        await SayAsync(clinic.Patient, "&lt;b&gt; <svg/onload=alert(3)> javascript:alert(4) <iframe srcdoc='x'>");
        var page = Encoding.UTF8.GetString(await ExportAsync(clinic.Practitioner, ExportFormat.Html, "en"));
        string[] ours = ["html", "head", "meta", "title", "style", "body", "h1", "h2", "dl", "dt", "dd", "ul", "li", "bdi", "b", "article", "header", "time", "p", "code"];
        Assert.All(Tags().Matches(page), m => Assert.Contains(m.Groups["name"].Value, ours));
        Assert.DoesNotMatch(Handlers(), page);
        Assert.Equal(1, page.Split("<style>").Length - 1);
        Assert.Contains("default-src 'none'", page, StringComparison.Ordinal);
        Assert.DoesNotMatch(Addresses(), page);
        // What they wrote is there, to the letter.
        Assert.Contains("<img src=x onerror=alert(2)>", System.Net.WebUtility.HtmlDecode(page), StringComparison.Ordinal);

        var text = Encoding.UTF8.GetString(await ExportAsync(clinic.Practitioner, ExportFormat.Text, "en"));
        var heads = text.Split('\n').Where(static l => l.StartsWith('[')).ToArray();
        Assert.Equal(["[1]", "[2]", "[3]", "[4]"], heads.Select(static h => h[..3]));
        Assert.DoesNotContain('\u202e', text);
        Assert.DoesNotContain('\u2028', text);
        using var json = JsonDocument.Parse(await ExportAsync(clinic.Practitioner, ExportFormat.Json, "en"));
        Assert.DoesNotContain("<script", Encoding.UTF8.GetString(await ExportAsync(clinic.Practitioner, ExportFormat.Json, "en")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_seat_that_began_later_exports_from_then_on_many_pages_go_through_and_strangers_get_nothing()
    {
        for (var i = 1; i <= 430; i++)
        {
            await SayAsync(i % 2 == 0 ? clinic.Patient : clinic.Practitioner, $"message {i}");
        }

        using var all = JsonDocument.Parse(await ExportAsync(clinic.Patient, ExportFormat.Json, "fr"));
        Assert.Equal(Enumerable.Range(1, 431).Select(static i => (long)i), all.RootElement.GetProperty("messages").EnumerateArray().Select(static m => m.GetProperty("seq").GetInt64()));
        await TestDatabase.ExecuteAsync(clinic.Superuser, $"update participants set floor_seq = 400 where user_id = '{clinic.Patient.UserId}'");
        var part = Encoding.UTF8.GetString(await ExportAsync(clinic.Patient, ExportFormat.Text, "fr"));
        Assert.DoesNotContain("message 400\n", part, StringComparison.Ordinal);
        Assert.Contains("message 401\n", part, StringComparison.Ordinal);
        Assert.Contains("n’y est pas", part, StringComparison.Ordinal);
        foreach (var (nobody, code) in ((Caller, string)[])[(clinic.OtherPatient, "not_found"), (clinic.Admin, "forbidden")])
        {
            Assert.Equal(code, (await Assert.ThrowsAsync<Refusal>(() => ExportAsync(nobody, ExportFormat.Json, "fr"))).Code);
        }

        // Nothing can be written any more: it is told all the same.
        await TestDatabase.ExecuteAsync(clinic.Superuser, "update conversations set status = 'Closed'");
        await ExportAsync(clinic.Practitioner, ExportFormat.Json, "fr");
        Assert.Equal(1L, await CountAsync($"notifications where kind = 'Exported' and user_id = '{clinic.Patient.UserId}'"));
        Assert.Equal(clinic.Practitioner.UserId, clinic.Heard.All.OfType<ConversationExported>().Last().UserId);
    }

    [Fact]
    public async Task A_signature_holds_for_the_very_bytes_and_the_very_key_alone()
    {
        using var keys = new AuditKeys(new MasterKey(new byte[32]));
        using var others = new AuditKeys(new MasterKey([.. Enumerable.Repeat((byte)7, 32)]));
        byte[] document = [.. Enumerable.Range(0, 5_000).Select(static i => (byte)i)];
        using var hashing = new HashingStream(Stream.Null);
        await hashing.WriteAsync(document);
        var signature = ExportSignature.FromFile(ExportSignature.Of(new("a.json", hashing.Length, hashing.Sha256, Guid.CreateVersion7(), Guid.CreateVersion7(), clinic.Clock.Now, 3), keys).ToFile());
        using var believed = new AuditSignatures(keys.PublicPem);
        using var strange = new AuditSignatures(others.PublicPem);
        Assert.Equal(3, (await signature.VerifyAsync(believed, new MemoryStream(document), default))!.Messages);
        Assert.Null(await signature.VerifyAsync(strange, new MemoryStream(document), default));
        foreach (var at in (int[])[0, 2_500, 4_999])
        {
            byte[] changed = [.. document];
            changed[at] ^= 1;
            Assert.Null(await signature.VerifyAsync(believed, new MemoryStream(changed), default));
        }

        Assert.Null(await signature.VerifyAsync(believed, new MemoryStream(document[..^1]), default));
        Assert.Null(await (signature with { Statement = signature.Statement.Replace("\"messages\":3", "\"messages\":4", StringComparison.Ordinal) }).VerifyAsync(believed, new MemoryStream(document), default));
        Assert.Throws<FormatException>(() => ExportSignature.FromFile("{}"));
    }

    [Fact]
    public async Task A_zip_is_written_asynchronously_alone()
    {
        await SayAsync(clinic.Patient, "to be zipped");
        using var keys = new AuditKeys(new MasterKey(new byte[32]));
        var verb = new ExportConversation(clinic.Services.GetRequiredService<Verbs>(), Log, new NoteInThread(Log, clinic.Clock), new PdfCommand(new(), clinic.Clock), new ReportSettings(), clinic.Heard, clinic.Clock);
        var archive = new OpenArchive(await verb.OpenAsync(clinic.Patient, clinic.Consultation, ExportFormat.Json, "es", default), keys);
        using var taken = new MemoryStream();
        // It refuses what is synchronous, as an answer's body does.
        await using (var body = new HashingStream(taken))
        {
            await archive.WriteAsync(body, default);
        }

        taken.Position = 0;
        await using var zip = new System.IO.Compression.ZipArchive(taken);
        var name = $"conversation-{clinic.Consultation}.json";
        Assert.Equal([name, name + ".sig", "README.txt"], zip.Entries.Select(static e => e.FullName));
        await using var document = await zip.Entries[0].OpenAsync();
        using var signature = new StreamReader(await zip.Entries[1].OpenAsync());
        using var believed = new AuditSignatures(keys.PublicPem);
        Assert.Equal(2, (await ExportSignature.FromFile(await signature.ReadToEndAsync()).VerifyAsync(believed, document, default))!.Messages);
    }

    [Fact]
    public async Task A_converter_gets_the_page_and_its_failure_is_one()
    {
        await SayAsync(clinic.Patient, "to be printed");
        Assert.StartsWith("<!doctype html>", Encoding.UTF8.GetString(await ExportAsync(clinic.Patient, ExportFormat.Pdf, "fr", new() { PdfCommand = "/bin/cat -" })), StringComparison.Ordinal);
        // Settings and secrets come in by the environment: a converter sees none of it.
        var seen = Encoding.UTF8.GetString(await ExportAsync(clinic.Patient, ExportFormat.Pdf, "fr", new() { PdfCommand = "/usr/bin/env" })).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.All(seen, static line => Assert.True(line.StartsWith("PATH=", StringComparison.Ordinal) || line.StartsWith("LANG=", StringComparison.Ordinal), line));
        await Assert.ThrowsAsync<PdfFailedException>(() => ExportAsync(clinic.Patient, ExportFormat.Pdf, "fr", new() { PdfCommand = "/bin/false" }));
        await Assert.ThrowsAsync<PdfFailedException>(() => ExportAsync(clinic.Patient, ExportFormat.Pdf, "fr", new() { PdfCommand = "/nowhere/at-all; /bin/cat" }));
        await Assert.ThrowsAsync<PdfFailedException>(() => ExportAsync(clinic.Patient, ExportFormat.Pdf, "fr", new() { PdfCommand = "/bin/sleep 600", PdfTimeout = TimeSpan.FromMilliseconds(50) }));
        Assert.Equal("pdf_not_set", (await Assert.ThrowsAsync<Refusal>(() => ExportAsync(clinic.Patient, ExportFormat.Pdf, "fr"))).Code);
    }

    private MessageLog Log => clinic.Services.GetRequiredService<MessageLog>();

    private async Task<long> CountAsync(string from)
    {
        await using var source = NpgsqlDataSource.Create(clinic.Superuser);
        await using var command = source.CreateCommand($"select count(*) from {from}");
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private async Task<byte[]> ExportAsync(Caller caller, ExportFormat format, string language, ExportSettings? settings = null)
    {
        var verb = new ExportConversation(
            clinic.Services.GetRequiredService<Verbs>(), Log, new NoteInThread(Log, clinic.Clock), new PdfCommand(settings ?? new(), clinic.Clock), new ReportSettings(), clinic.Heard, clinic.Clock);
        using var taken = new MemoryStream();
        await verb.WriteAsync(caller, clinic.Consultation, format, language, taken, default);
        return taken.ToArray();
    }

    private async Task<MessageView> SayAsync(Caller caller, string text)
    {
        await using var scope = clinic.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<SendMessage>().RunAsync(caller, clinic.Consultation, new(text), default);
    }

    [GeneratedRegex("</?(?<name>[a-zA-Z0-9]+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Tags();

    [GeneratedRegex("<[^>]*\\s(on[a-z]+|src|href|action)\\s*=", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Handlers();

    [GeneratedRegex("https?://|url\\(|@import", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Addresses();
}
