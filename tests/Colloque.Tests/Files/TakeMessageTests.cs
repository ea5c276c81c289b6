using Colloque.Conversations;
using Colloque.Files;
using Colloque.Records;
using Colloque.Testing;
using Colloque.Tests.Conversations;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Xunit;

namespace Colloque.Tests.Files;

/// <summary>A message and its files in one body, and reports of exams.</summary>
public sealed class TakeMessageTests(PostgresFixture postgres)
{
    [Fact]
    public async Task A_message_and_its_files_are_taken_whole_or_not_at_all_and_once()
    {
        await using var clinic = await FilesClinic.OpenAsync(postgres);
        var sent = await TakeAsync(clinic, new("both", "k-1"), File("image/png"), File("application/pdf"));
        Assert.Equal((2, "both"), (sent.Files.Count, sent.Text));
        Assert.Equal(sent.Id, (await TakeAsync(clinic, new("both", "k-1"), File("image/png"), File("application/pdf"))).Id);
        await MessageLogTests.RefusedAsync("client_msg_id_reused", () => TakeAsync(clinic, new("both", "k-1"), File("application/pdf")));
        Assert.Equal(2L, await CountAsync(clinic));

        await MessageLogTests.RefusedAsync("too_many_files", () => TakeAsync(clinic, new("six"), [.. Enumerable.Repeat(0, 6).Select(static _ => File("image/png"))]));
        await MessageLogTests.RefusedAsync("unsupported_type", () => TakeAsync(clinic, new("x"), File("image/png"), File("image/png") with { MimeType = "text/html" }));
        await MessageLogTests.RefusedAsync("content_mismatch", () => TakeAsync(clinic, new("x"), File("image/png"), new("a.png", "image/png", new MemoryStream([1, 2, 3]))));
        await MessageLogTests.RefusedAsync("too_long", () => TakeAsync(clinic, new(new('x', MessageText.MaxLength + 1)), File("image/png")));
        // Somebody who goes away in the middle.
        await Assert.ThrowsAsync<IOException>(() => TakeAsync(clinic, new("x"), File("image/png"), new("b.png", "image/png", new Broken())));
        Assert.Equal(2L, await CountAsync(clinic));
        Assert.Equal(1L, await ScalarAsync(clinic, "select count(*) from messages"));
    }

    [Fact]
    public async Task A_report_that_an_exam_names_is_of_its_conversation_and_is_not_taken_back()
    {
        await using var clinic = await FilesClinic.OpenAsync(postgres);
        var body = new RecordBody(null, new("ECG", new(2020, 1, 1), [], "normal", null));
        var exam = (await clinic.RunAsync(clinic.Practitioner, (WriteRecord verb) => verb.RunAsync(new(clinic.Patient.UserId, null, body), default))).Record;
        var elsewhere = await TakeAsync(clinic, new("in the visit"), File("application/pdf"));
        await MessageLogTests.RefusedAsync("no_such_file", () => clinic.RunAsync(
            clinic.Practitioner, (CorrectRecord verb) => verb.RunAsync(exam.Id, new(null, body.Exam! with { ReportFileId = elsewhere.Files[0].Id }), null, default)));

        var file = File("application/pdf");
        await using var scope = clinic.Services.CreateAsyncScope();
        var attached = await scope.ServiceProvider.GetRequiredService<AttachReport>().RunAsync(clinic.Practitioner, exam.Id, file.Filename, file.MimeType, file.Body, default);
        Assert.Equal((2, file.Filename), (attached.Current.Version, attached.Current.Report?.Name));
        var log = clinic.Services.GetRequiredService<MessageLog>();
        var shown = Assert.Single((await log.BeforeAsync(clinic.Patient, exam.Id, long.MaxValue, 10, default)).Messages);
        await MessageLogTests.RefusedAsync("file_is_report", () => clinic.RunAsync(clinic.Practitioner, (DeleteMessage verb) => verb.RunAsync(exam.Id, shown.Id, default)));
        await clinic.RunAsync(clinic.Practitioner, (CorrectRecord verb) => verb.RunAsync(exam.Id, body, null, default));
        // Nor once another version names none: the earlier one stays readable.
        await MessageLogTests.RefusedAsync("file_is_report", () => clinic.RunAsync(clinic.Practitioner, (DeleteMessage verb) => verb.RunAsync(exam.Id, shown.Id, default)));
        await MessageLogTests.RefusedAsync("not_found", () => scope.ServiceProvider.GetRequiredService<AttachReport>().RunAsync(
            clinic.Practitioner, clinic.Consultation, file.Filename, file.MimeType, new MemoryStream(), default));
    }

    private static IncomingFile File(string type) =>
        new(Samples.ByType[type].Name, type, new MemoryStream(type == "image/png" ? PictureSamples.PngOf(8, 8) : Samples.ByType[type].Content));

    private static async Task<MessageView> TakeAsync(FilesClinic clinic, MessageRequest request, params IncomingFile[] files)
    {
        await using var scope = clinic.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<TakeMessage>().RunAsync(
            clinic.Patient,
            async tray =>
            {
                foreach (var file in files)
                {
                    await tray.ReceiveAsync(file.Filename, file.MimeType, file.Body, default);
                }

                return (clinic.Consultation, request);
            },
            default);
    }

    private static Task<long> CountAsync(FilesClinic clinic) => ScalarAsync(clinic, "select count(*) from files");

    private static async Task<long> ScalarAsync(FilesClinic clinic, string sql)
    {
        await using var source = NpgsqlDataSource.Create(clinic.Superuser);
        await using var command = source.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private sealed record IncomingFile(string? Filename, string? MimeType, Stream Body);

    /// <summary>A body that breaks off.</summary>
    private sealed class Broken : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => throw new IOException("gone");
    }
}
