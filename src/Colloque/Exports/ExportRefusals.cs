namespace Colloque.Exports;

/// <summary>Every way exports say no, beyond the common ones of <see cref="Refusal"/>.</summary>
internal static class ExportRefusals
{
    /// <summary>422: no converter is set.</summary>
    internal static Refusal NoPdf() => Refusal.Invalid("format", "pdf_not_set");
}

/// <summary>The converter did not do its work: the answer has begun by then, and breaks off.</summary>
public sealed class PdfFailedException(string message) : Exception(message);
