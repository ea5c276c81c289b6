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
        // Any page address of the client is the same document; its own router does the rest. What looks like an API or a file is not one.
        app.MapFallback("/{**path:nonfile}", async http =>
        {
            if (http.Request.Path.StartsWithSegments("/api") || http.Request.Path.StartsWithSegments("/socket.io") || http.Request.Path.StartsWithSegments("/storage"))
            {
                throw Refusal.NotFound();
            }

            http.Response.Headers.CacheControl = "no-cache";
            http.Response.ContentType = "text/html; charset=utf-8";
            await http.Response.SendFileAsync(files.GetFileInfo("index.html"), http.RequestAborted);
        }).ExcludeFromDescription();
    }
}
