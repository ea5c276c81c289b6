using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.FileProviders;
using Microsoft.Net.Http.Headers;

namespace Colloque.Server.Http;

/// <summary>Serves the client's files, compressed when built: those with a hash in their name for a year, the page itself never from a cache.</summary>
internal static class WebClient
{
    private static readonly (string Name, string Suffix)[] Encodings = [("br", ".br"), ("gzip", ".gz")];

    internal static void MapWebClient(this WebApplication app)
    {
        var root = Path.Combine(AppContext.BaseDirectory, "wwwroot");
        if (!Directory.Exists(root))
        {
            return;
        }

        var files = new PhysicalFileProvider(root);
        var types = new FileExtensionContentTypeProvider();
        // Only what no endpoint answers comes here, so that a wrong method or content type keeps its own status.
        app.Use(async (http, next) =>
        {
            if (http.GetEndpoint() is not null || !(HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method)))
            {
                await next(http);
                return;
            }

            // Any page address of the client is the same document; its own router does the rest.
            var path = IsPage(http.Request.Path) ? "/index.html" : http.Request.Path.Value!;
            var file = files.GetFileInfo(path);
            if (!file.Exists || file.IsDirectory || !types.TryGetContentType(path, out var type))
            {
                await next(http);
                return;
            }

            await SendAsync(http, files, file, path, type);
        });
    }

    private static async Task SendAsync(HttpContext http, PhysicalFileProvider files, IFileInfo file, string path, string type)
    {
        var headers = http.Response.Headers;
        http.Response.ContentType = type.StartsWith("text/", StringComparison.Ordinal) ? $"{type}; charset=utf-8" : type;
        headers.CacheControl = path.StartsWith("/assets/", StringComparison.Ordinal) ? "public, max-age=31536000, immutable" : "no-cache";
        headers.Vary = HeaderNames.AcceptEncoding;
        foreach (var (name, suffix) in Encodings)
        {
            if (Accepts(http.Request, name) && files.GetFileInfo(path + suffix) is { Exists: true } compressed)
            {
                headers.ContentEncoding = name;
                file = compressed;
                break;
            }
        }

        var tag = new EntityTagHeaderValue($"\"{file.LastModified.UtcTicks:x}-{file.Length:x}\"");
        headers.ETag = tag.ToString();
        if (http.Request.GetTypedHeaders().IfNoneMatch.Any(known => known.Compare(tag, useStrongComparison: false)))
        {
            http.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        http.Response.ContentLength = file.Length;
        if (HttpMethods.IsGet(http.Request.Method))
        {
            await http.Response.SendFileAsync(file, http.RequestAborted);
        }
    }

    private static bool Accepts(HttpRequest request, string encoding) =>
        request.GetTypedHeaders().AcceptEncoding.Any(e => e.Value.Equals(encoding, StringComparison.OrdinalIgnoreCase) && e.Quality is not 0);

    private static bool IsPage(PathString path) =>
        !Path.HasExtension(path.Value) && !path.StartsWithSegments("/api") && !path.StartsWithSegments("/socket.io") && !path.StartsWithSegments("/storage");
}
