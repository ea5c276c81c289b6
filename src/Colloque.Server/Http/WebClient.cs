using Microsoft.Extensions.FileProviders;

namespace Colloque.Server.Http;

/// <summary>Serves the client's files: those with a hash in their name for a year, the page itself never from a cache.</summary>
internal static class WebClient
{
    internal static void MapWebClient(this WebApplication app)
    {
        var root = Path.Combine(AppContext.BaseDirectory, "wwwroot");
        if (!Directory.Exists(root))
        {
            return;
        }

        var files = new PhysicalFileProvider(root);
        app.UseStaticFiles(new StaticFileOptions
        {
            FileProvider = files,
            OnPrepareResponse = static c => c.Context.Response.Headers.CacheControl =
                c.Context.Request.Path.StartsWithSegments("/assets") ? "public, max-age=31536000, immutable" : "no-cache",
        });
        // Any page address of the client is the same document; its own router does the rest. Only what no endpoint answers comes here,
        // so that a wrong method or content type keeps its own status.
        app.Use(async (http, next) =>
        {
            if (http.GetEndpoint() is not null || !(HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method)) || !IsPage(http.Request.Path))
            {
                await next(http);
                return;
            }

            http.Response.Headers.CacheControl = "no-cache";
            http.Response.ContentType = "text/html; charset=utf-8";
            await http.Response.SendFileAsync(files.GetFileInfo("index.html"), http.RequestAborted);
        });
    }

    private static bool IsPage(PathString path) =>
        !Path.HasExtension(path.Value) && !path.StartsWithSegments("/api") && !path.StartsWithSegments("/socket.io") && !path.StartsWithSegments("/storage");
}
