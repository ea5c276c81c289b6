using System.IO.Compression;
using System.Text;
using Colloque.Security;

namespace Colloque.Exports;

/// <summary>Takes a copy away: the document, its signature and a page of explanation, in one ZIP. It takes proving oneself again.</summary>
public sealed class ExportArchive(TakeCopy copy, AuditKeys keys)
{
    /// <summary>All that may be refused. Not to be run inside a unit of work.</summary>
    /// <param name="caller">Whose seat it is.</param>
    /// <param name="conversationId">Which.</param>
    /// <param name="format">As what; it speaks the language of the caller's profile.</param>
    /// <param name="proof">That it is still they.</param>
    /// <param name="address">Where this server is reached.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="Refusal">As <see cref="TakeCopy"/>.</exception>
    public async Task<OpenArchive> OpenAsync(Caller caller, Guid conversationId, ExportFormat format, ExportProof proof, string address, CancellationToken cancellationToken) =>
        new(await copy.OpenAsync(caller, conversationId, format, proof, address, cancellationToken), keys);
}

/// <summary>A ZIP that is still to be written.</summary>
public sealed class OpenArchive
{
    private readonly ConversationExport export;
    private readonly AuditKeys keys;

    internal OpenArchive(ConversationExport export, AuditKeys keys) => (this.export, this.keys) = (export, keys);

    /// <summary>The patient whose conversation it is.</summary>
    public Guid PatientId => export.Header.View.Patient.UserId;

    /// <summary>What the ZIP is called.</summary>
    public string FileName => $"conversation-{export.Header.View.Id}.zip";

    /// <summary>Writes it as it is made; nothing of it waits on a disk.</summary>
    /// <exception cref="PdfFailedException">The converter failed, or took too long.</exception>
    public async Task WriteAsync(Stream stream, CancellationToken cancellationToken)
    {
        await using var body = new GatheringStream(stream);
        await WriteEntriesAsync(body, cancellationToken);
        await body.FlushAsync(cancellationToken);
    }

    private async Task WriteEntriesAsync(Stream stream, CancellationToken cancellationToken)
    {
        var name = $"conversation-{export.Header.View.Id}.{ExportFormats.WordOf(export.Format)}";
        await using var zip = await ZipArchive.CreateAsync(stream, ZipArchiveMode.Create, leaveOpen: true, Encoding.UTF8, cancellationToken);
        ExportStatement statement;
        await using (var entry = await OpenAsync(zip, name, cancellationToken))
        {
            await using var hashing = new HashingStream(entry);
            await export.WriteAsync(hashing, cancellationToken);
            statement = new(name, hashing.Length, hashing.Sha256, export.Header.View.Id, export.Header.ReaderId, export.Header.At, export.Messages);
        }

        await AddAsync(zip, name + ".sig", ExportSignature.Of(statement, keys).ToFile(), cancellationToken);
        await AddAsync(zip, "README.txt", ExportWords.In(export.Header.Language).Readme(name, name + ".sig"), cancellationToken);
    }

    private async Task AddAsync(ZipArchive zip, string name, string text, CancellationToken cancellationToken)
    {
        await using var entry = await OpenAsync(zip, name, cancellationToken);
        await entry.WriteAsync(Encoding.UTF8.GetBytes(text), cancellationToken);
    }

    private async Task<Stream> OpenAsync(ZipArchive zip, string name, CancellationToken cancellationToken)
    {
        var entry = zip.CreateEntry(name, CompressionLevel.Fastest);
        entry.LastWriteTime = export.Header.At;
        return await entry.OpenAsync(cancellationToken);
    }
}
