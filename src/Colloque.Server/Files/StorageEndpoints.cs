using Colloque.Files;
using Colloque.Server.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;

namespace Colloque.Server.Files;

/// <summary>
/// The embedded store's door, S3-like: <c>PUT</c>, <c>GET</c> and <c>HEAD /storage/{bucket}/{objectKey}</c> with a presigned query and
/// no token. Whatever comes out is an attachment that no browser runs, frames, sniffs or keeps.
/// </summary>
public static class StorageEndpoints
{
    /// <summary>Maps the door. Open to everyone: the signature is the right.</summary>
    public static IEndpointRouteBuilder MapStorage(this IEndpointRouteBuilder endpoints)
    {
        var door = endpoints.MapGroup("/storage/{bucket}/{folder}/{name}").AllowEveryone().NotAudited().ExcludeFromDescription().AddEndpointFilter(HardenAsync);
        door.MapPut("", PutAsync).WithMetadata(new RequestSizeLimitAttribute(FileAnnouncement.MaxSize));
        door.MapMethods("", [HttpMethods.Get, HttpMethods.Head], GetAsync);
        return endpoints;
    }

    private static async Task<Ok> PutAsync([AsParameters] StorageLink link, HttpRequest request, HttpResponse response, ReceiveUpload verb, CancellationToken cancellationToken)
    {
        var tag = await verb.RunAsync(link.Claim("PUT"), request.ContentLength, request.ContentType, request.Body, cancellationToken);
        response.Headers.ETag = $"\"{tag}\"";
        return TypedResults.Ok();
    }

    private static async Task<FileStreamHttpResult> GetAsync([AsParameters] StorageLink link, HttpRequest request, OpenStoredFile verb, CancellationToken cancellationToken)
    {
        // A unit that is not known is to be ignored (RFC 9110, 14.2); the framework takes every unit for bytes.
        if (request.GetTypedHeaders().Range is { } range && !range.Unit.Equals("bytes", StringComparison.OrdinalIgnoreCase))
        {
            request.Headers.Range = default;
        }

        var file = await verb.RunAsync(link.Claim("GET"), cancellationToken);
        // Answers Range and If-Range (RFC 9110, 14), and writes the name as RFC 6266 and 8187 say.
        return TypedResults.Stream(file.Content, file.MimeType, file.Name, entityTag: new EntityTagHeaderValue($"\"{file.Tag}\""), enableRangeProcessing: true);
    }

    /// <summary>What every file that leaves here says to a browser; refusals are written below it.</summary>
    internal static async ValueTask<object?> HardenAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var headers = context.HttpContext.Response.Headers;
        headers.CacheControl = "private, no-store";
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = "sandbox; default-src 'none'";
        // The address is the right: it must not travel on.
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        try
        {
            return await next(context);
        }
        catch (Refusal refusal)
        {
            if (refusal.Code == FileRefusals.BodyTooLargeCode)
            {
                // As Kestrel says it of a body over the limit of its own.
                throw new BadHttpRequestException("Too large.", StatusCodes.Status413PayloadTooLarge, refusal);
            }

            // Written here, not where other routes' refusals are: an exception that leaves takes the headers above with it.
            await Problems.WriteAsync(context.HttpContext, refusal);
            return Results.Empty;
        }
    }
}

/// <summary>A presigned address, in its parts.</summary>
internal sealed record StorageLink(
    [FromRoute] string Bucket, [FromRoute] string Folder, [FromRoute] string Name, [FromQuery] string? Expires, [FromQuery] string? Ticket, [FromQuery] string? Signature)
{
    internal StorageRequest Claim(string method) => new(method, Bucket, $"{Folder}/{Name}", Expires, Ticket, Signature);
}
