using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Colloque.Server.Http;

/// <summary>Reads a body strictly: JSON of at most 64 KiB; an unknown, repeated or ill-typed member is refused by its name, so that nobody sets by mass assignment what the record does not have.</summary>
public static class JsonBody
{
    /// <summary>Bytes of a body.</summary>
    public const int MaxBytes = 64 * 1024;

    /// <summary>The body as a record.</summary>
    /// <param name="http">The request.</param>
    /// <param name="type">Of a context with unmapped and duplicate members disallowed.</param>
    /// <exception cref="Refusal">422, naming the member (<c>$</c> for the whole).</exception>
    /// <exception cref="BadHttpRequestException">413, 415.</exception>
    public static async Task<T> ReadAsync<T>(HttpContext http, JsonTypeInfo<T> type)
    {
        if (!http.Request.HasJsonContentType())
        {
            throw new BadHttpRequestException("Not JSON.", StatusCodes.Status415UnsupportedMediaType);
        }

        if (http.Request.ContentLength > MaxBytes)
        {
            throw new BadHttpRequestException("Too large.", StatusCodes.Status413PayloadTooLarge);
        }

        if (http.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = MaxBytes;
        }

        try
        {
            return await JsonSerializer.DeserializeAsync(http.Request.Body, type, http.RequestAborted) ?? throw Refusal.Invalid("$", "required");
        }
        catch (JsonException e)
        {
            throw Refusal.Invalid(Field(e), e.Path is null or "$" or "" ? "malformed_json" : "invalid");
        }
    }

    /// <summary>The member at fault; an unknown one is named in the message only, between quotes.</summary>
    private static string Field(JsonException e)
    {
        var path = e.Path is { Length: > 2 } p && p.StartsWith("$.", StringComparison.Ordinal) ? p[2..] : "$";
        return path.Length <= 100 ? path : "$";
    }
}
