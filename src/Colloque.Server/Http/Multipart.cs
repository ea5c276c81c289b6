using System.Runtime.CompilerServices;
using Colloque.Files;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Colloque.Server.Http;

/// <summary>A part of a form.</summary>
/// <param name="Name">The field's.</param>
/// <param name="Filename">Of a file; null for a plain field.</param>
/// <param name="ContentType">As the client says; null where it does not.</param>
/// <param name="Body">To be read before the next part is asked for, from the network as it comes.</param>
internal sealed record FormPart(string Name, string? Filename, string? ContentType, Stream Body)
{
    private const int MaxField = 200;

    /// <summary>A plain field's text, of 200 bytes at most.</summary>
    /// <exception cref="Refusal">422, naming the field: too long.</exception>
    internal Task<string> TextAsync(CancellationToken cancellationToken) => TextAsync(MaxField, cancellationToken);

    /// <summary>A plain field's text.</summary>
    /// <param name="most">Bytes that it may have.</param>
    /// <param name="cancellationToken">The client is gone.</param>
    /// <exception cref="Refusal">422, naming the field: too long.</exception>
    internal async Task<string> TextAsync(int most, CancellationToken cancellationToken)
    {
        var bytes = new byte[most + 1];
        var read = await Body.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken);
        return read <= most ? System.Text.Encoding.UTF8.GetString(bytes, 0, read) : throw Refusal.Invalid(Name, "too_long");
    }
}

/// <summary>Reads a form part by part, as it arrives: nothing is kept, neither in memory nor on the disk.</summary>
internal static class Multipart
{
    private const int MaxBoundary = 100;
    private const int MaxParts = 20;

    /// <summary>Whether the body is a form with files.</summary>
    internal static bool Is(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type) && type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase);

    /// <summary>The form's parts, in order.</summary>
    /// <exception cref="Refusal">422 <c>$</c>: not a form, or too many parts.</exception>
    /// <exception cref="BadHttpRequestException">413, 415.</exception>
    internal static async IAsyncEnumerable<FormPart> PartsAsync(HttpContext http, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (!Is(http.Request))
        {
            throw new BadHttpRequestException("Not a form.", StatusCodes.Status415UnsupportedMediaType);
        }

        var boundary = HeaderUtilities.RemoveQuotes(MediaTypeHeaderValue.Parse(http.Request.ContentType).Boundary).Value;
        if (boundary is not { Length: > 0 and <= MaxBoundary })
        {
            throw Malformed();
        }

        var reader = new MultipartReader(boundary, http.Request.Body) { HeadersCountLimit = 16, HeadersLengthLimit = 8 * 1024 };
        for (var count = 0; await reader.ReadNextSectionAsync(cancellationToken) is { } section; count++)
        {
            if (count == MaxParts || !ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition) || HeaderUtilities.RemoveQuotes(disposition.Name).Value is not { } name)
            {
                throw Malformed();
            }

            var filename = disposition.FileNameStar.HasValue ? disposition.FileNameStar : HeaderUtilities.RemoveQuotes(disposition.FileName);
            yield return new(name, filename.HasValue ? filename.Value : null, section.ContentType, section.Body);
        }
    }

    /// <summary>Runs what reads a form: a body that breaks off or is none becomes a refusal.</summary>
    /// <exception cref="Refusal">422 <c>$</c>.</exception>
    internal static async Task<T> ReadAsync<T>(Func<Task<T>> read)
    {
        try
        {
            return await read();
        }
        catch (Refusal refusal) when (refusal.Code == FileRefusals.BodyTooLargeCode)
        {
            // As the server says it of a body over the limit of its own.
            throw new BadHttpRequestException("Too large.", StatusCodes.Status413PayloadTooLarge, refusal);
        }
        catch (Exception e) when (e is InvalidDataException || (e is IOException and not BadHttpRequestException))
        {
            throw Malformed();
        }
    }

    private static Refusal Malformed() => Refusal.Invalid("$", "malformed_form");
}
