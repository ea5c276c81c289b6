using Colloque.Accounts;
using Colloque.Files;
using Colloque.Security;
using Colloque.Server.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;

namespace Colloque.Server.Contracts.Platform;

/// <summary>Pictures of people and organizations: set and removed by whose they are, seen by whoever knows their name.</summary>
internal static class PicturesApi
{
    // A form has some lines around its file.
    private const int MaxBody = SetPicture.MaxBytes + (64 * 1024);

    internal static void MapPictures(this IEndpointRouteBuilder routes)
    {
        Map(routes, "/api/employees/me", "avatar", PictureKind.Avatar, Role.Patient);
        Map(routes, "/api/employees/me", "cover", PictureKind.Cover, Role.Patient);
        Map(routes, "/api/practitioners/me", "avatar", PictureKind.Avatar, Role.Practitioner);
        Map(routes, "/api/practitioners/me", "cover", PictureKind.Cover, Role.Practitioner);
        Map(routes, "/api/users/me", "avatar", PictureKind.Avatar, Access.All);
        MapOfOrganization(routes, "logo", PictureKind.Logo);
        MapOfOrganization(routes, "cover", PictureKind.Cover);
        routes.MapMethods("/pictures/{name}", [HttpMethods.Get, HttpMethods.Head], GetAsync).WithTags("Pictures").WithSummary("A picture, to whoever knows its name.")
            .WithMetadata(new ProducesResponseTypeMetadata(200, typeof(Stream), ["image/jpeg", "image/png", "image/gif", "image/webp"])).AllowEveryone().NotAudited();
    }

    private static void Map(IEndpointRouteBuilder routes, string whose, string what, PictureKind kind, params Role[] roles) =>
        Map(routes, whose, what, kind, ofOrganization: false, roles);

    private static void MapOfOrganization(IEndpointRouteBuilder routes, string what, PictureKind kind) => Map(routes, "/api/companies/me", what, kind, ofOrganization: true, Role.OrganizationAdmin);

    private static void Map(IEndpointRouteBuilder routes, string whose, string what, PictureKind kind, bool ofOrganization, params Role[] roles)
    {
        var group = routes.MapGroup(whose).RequireCaller().WithTags("Pictures").Audited("picture").Allow(roles);
        group.MapPost($"upload-{what}", (HttpContext http, SetPicture verb) => SetAsync(http, verb, kind, ofOrganization)).WithSummary($"Sets the {what}: a form with one file, or the picture itself.")
            .Accepts<IFormFile>("multipart/form-data", "image/jpeg", "image/png", "image/gif", "image/webp").Produces<PictureAnswer>().WithMetadata(new RequestSizeLimitAttribute(MaxBody));
        group.MapDelete(what, (HttpContext http, RemovePicture verb) => RemoveAsync(http, verb, kind, ofOrganization)).WithSummary($"Removes the {what}.").Produces(204);
    }

    private static async Task<IResult> SetAsync(HttpContext http, SetPicture verb, PictureKind kind, bool ofOrganization)
    {
        var caller = http.Caller(Limit.PictureUpload);
        var url = await Multipart.ReadAsync(async () => await verb.RunAsync(caller, kind, ofOrganization, await BodyAsync(http), http.RequestAborted));
        return Results.Json(new PictureAnswer(url), PracticeJson.Default.PictureAnswer);
    }

    private static async Task<IResult> RemoveAsync(HttpContext http, RemovePicture verb, PictureKind kind, bool ofOrganization)
    {
        await verb.RunAsync(http.Caller(), kind, ofOrganization, http.RequestAborted);
        return Results.NoContent();
    }

    /// <summary>The form's first file, or the body itself; what it is, its content tells.</summary>
    private static async Task<Stream> BodyAsync(HttpContext http)
    {
        if (http.Request.ContentType is { } type && type.StartsWith("image/", StringComparison.OrdinalIgnoreCase))
        {
            return http.Request.Body;
        }

        await foreach (var part in Multipart.PartsAsync(http, http.RequestAborted))
        {
            return part.Filename is null ? throw Refusal.Invalid(part.Name, "unknown_member") : part.Body;
        }

        throw Refusal.Invalid("file", "required");
    }

    private static async Task<IResult> GetAsync(string name, HttpContext http, OpenPicture verb, RateLimits limits)
    {
        limits.Take(Limit.PictureNetwork, new Origin(http.Connection.RemoteIpAddress, null).NetworkKey);
        var picture = await verb.RunAsync(name, http.RequestAborted);
        var headers = http.Response.Headers;
        // Another picture has another name.
        headers.CacheControl = "public, max-age=31536000, immutable";
        headers.ContentSecurityPolicy = "sandbox; default-src 'none'";
        headers["Cross-Origin-Resource-Policy"] = "cross-origin";
        return TypedResults.Stream(picture.Content, picture.MimeType, entityTag: new EntityTagHeaderValue($"\"{picture.Tag}\""), enableRangeProcessing: true);
    }
}
