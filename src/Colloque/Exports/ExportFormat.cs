namespace Colloque.Exports;

/// <summary>As what a conversation leaves.</summary>
public enum ExportFormat
{
    /// <summary>For programs.</summary>
    Json,

    /// <summary>For any eyes.</summary>
    Text,

    /// <summary>For browsers and printers: one file that fetches nothing.</summary>
    Html,

    /// <summary>What the installation's converter makes of the page, where one is set.</summary>
    Pdf,
}

/// <summary>What the formats are called.</summary>
public static class ExportFormats
{
    /// <summary>A format by its word: <c>json</c>, <c>txt</c>, <c>html</c>, <c>pdf</c>.</summary>
    /// <exception cref="Refusal">422 <c>format</c>.</exception>
    public static ExportFormat Parse(string? word) => word switch
    {
        "json" => ExportFormat.Json,
        "txt" => ExportFormat.Text,
        "html" => ExportFormat.Html,
        "pdf" => ExportFormat.Pdf,
        null => throw Refusal.Invalid("format", "required"),
        _ => throw Refusal.Invalid("format"),
    };

    /// <summary>The word, which is also how a file's name ends.</summary>
    public static string WordOf(ExportFormat format) => format switch
    {
        ExportFormat.Json => "json",
        ExportFormat.Text => "txt",
        ExportFormat.Html => "html",
        _ => "pdf",
    };

    /// <summary>The media type.</summary>
    public static string TypeOf(ExportFormat format) => format switch
    {
        ExportFormat.Json => "application/json",
        ExportFormat.Text => "text/plain; charset=utf-8",
        ExportFormat.Html => "text/html; charset=utf-8",
        _ => "application/pdf",
    };
}
