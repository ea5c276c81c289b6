namespace Colloque.Files;

/// <summary>Refuses documents that do something by themselves, or that unpack to far more than they are.</summary>
internal static class ActiveContent
{
    /// <param name="type">What the content is, by its own marks.</param>
    /// <param name="content">Read as often as it takes, through a small buffer.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="Refusal">422 <c>active_content</c>, <c>unpacks_too_large</c> or <c>content_mismatch</c>.</exception>
    internal static async Task RefuseAsync(FileType type, Stream content, CancellationToken cancellationToken)
    {
        if (type == FileType.Pdf)
        {
            await PdfCheck.RunAsync(content, cancellationToken);
        }
        else if (type == FileType.Docx && await WordPackage.PartsAsync(content, cancellationToken) is { } parts)
        {
            await PackageCheck.RunAsync(content, parts, cancellationToken);
        }
        else if (type == FileType.Doc && await WordBinary.ActsAsync(content, cancellationToken))
        {
            throw FileRefusals.ActiveContent();
        }
    }
}
