using System.IO.Pipelines;
using Colloque.Files;
using Colloque.Testing;
using Xunit;

namespace Colloque.Tests.Files;

public sealed class UploadGateTests(PostgresFixture postgres) : IAsyncLifetime
{
    private FilesClinic clinic = null!;

    public async ValueTask InitializeAsync() => clinic = await FilesClinic.OpenAsync(postgres);

    public ValueTask DisposeAsync() => clinic.DisposeAsync();

    [Fact]
    public async Task A_link_in_use_is_not_used_twice_at_once()
    {
        var prepared = await PrepareAsync();
        var (slow, first) = Begin(prepared);

        Assert.Equal("upload_under_way", (await Assert.ThrowsAsync<Refusal>(() => PutAsync(prepared))).Code);
        await EndAsync(slow, first);
        await PutAsync(prepared);
    }

    [Fact]
    public async Task One_person_uploads_four_files_at_once_and_others_are_not_held_up()
    {
        var under = new List<(Pipe, Task)>();
        for (var i = 0; i < UploadGate.MaxOfOnePerson; i++)
        {
            under.Add(Begin(await PrepareAsync()));
        }

        var fifth = await PrepareAsync();
        Assert.Equal(RefusalKind.TooMany, (await Assert.ThrowsAsync<Refusal>(() => PutAsync(fifth))).Kind);
        await clinic.UploadAsync(clinic.Practitioner, FilesClinic.Pdf());
        await EndAsync(under[0].Item1, under[0].Item2);
        await PutAsync(fifth);
        await Task.WhenAll(under.Skip(1).Select(u => EndAsync(u.Item1, u.Item2)));
    }

    [Fact]
    public async Task An_upload_that_ends_after_its_file_was_swept_is_refused_and_leaves_nothing()
    {
        var prepared = await PrepareAsync();
        var (slow, first) = Begin(prepared);
        // Written once it was read: the upload has looked for its file and found it.
        await slow.Writer.WriteAsync(new byte[1]);
        await TestDatabase.ExecuteAsync(clinic.Superuser, "delete from files");

        await slow.Writer.WriteAsync(new byte[99]);
        await slow.Writer.CompleteAsync();
        var refusal = await Assert.ThrowsAsync<Refusal>(() => first);

        Assert.Equal("link_invalid", refusal.Code);
        Assert.Empty(clinic.Objects());
    }

    private Task<PreparedFile> PrepareAsync() => clinic.PrepareAsync(clinic.Patient, new("a.pdf", "application/pdf", 100, null));

    private Task<string> PutAsync(PreparedFile prepared) => clinic.PutAsync(prepared.UploadUrl, FilesClinic.Pdf(100), "application/pdf");

    /// <summary>An upload whose body does not come yet. The gate is before the first wait of the verb: it has been passed when this returns.</summary>
    private (Pipe Body, Task Upload) Begin(PreparedFile prepared)
    {
        var body = new Pipe(new PipeOptions(pauseWriterThreshold: 1, resumeWriterThreshold: 1, useSynchronizationContext: false));
        return (body, clinic.PutAsync(prepared.UploadUrl, body.Reader.AsStream(), "application/pdf"));
    }

    private static async Task EndAsync(Pipe body, Task upload)
    {
        await body.Writer.WriteAsync(FilesClinic.Pdf(100));
        await body.Writer.CompleteAsync();
        await upload;
    }
}
