using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Colloque.Server.Contracts.Platform;

/// <summary>A spreadsheet as it comes: the body itself (<c>text/csv</c>), or the part <c>file</c> of a form. Streamed; nothing is kept on the way.</summary>
internal static class CsvBody
{
    /// <summary>Bytes of a list, at most.</summary>
    internal const long MaxBytes = 64 * 1024 * 1024;

    private const int MaxBoundary = 100;

    /// <exception cref="Refusal">422 <c>file</c>: a form without that part.</exception>
    /// <exception cref="BadHttpRequestException">415: another type.</exception>
    internal static async Task<Stream> OpenAsync(HttpContext http)
    {
        if (!MediaTypeHeaderValue.TryParse(http.Request.ContentType, out var type))
        {
            throw NotCsv();
        }

        if (type.MediaType.Equals("text/csv", StringComparison.OrdinalIgnoreCase))
        {
            return http.Request.Body;
        }

        var boundary = HeaderUtilities.RemoveQuotes(type.Boundary).Value;
        if (!type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase) || boundary is not { Length: > 0 and <= MaxBoundary })
        {
            throw NotCsv();
        }

        return await FilePartAsync(new MultipartReader(boundary, http.Request.Body), http.RequestAborted);
    }

    private static async Task<Stream> FilePartAsync(MultipartReader form, CancellationToken cancellationToken)
    {
        try
        {
            while (await form.ReadNextSectionAsync(cancellationToken) is { } section)
            {
                if (ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition) && HeaderUtilities.RemoveQuotes(disposition.Name).Equals("file", StringComparison.Ordinal))
                {
                    return section.Body;
                }
            }
        }
        catch (InvalidDataException)
        {
            throw Refusal.Invalid("file", "malformed_form");
        }
        catch (IOException e) when (e is not BadHttpRequestException)
        {
            // The form ends in the middle of a part.
            throw Refusal.Invalid("file", "malformed_form");
        }

        throw Refusal.Invalid("file", "required");
    }

    private static BadHttpRequestException NotCsv() => new("Not CSV.", StatusCodes.Status415UnsupportedMediaType);
}
