namespace Colloque.Server.Http;

/// <summary><c>/docs</c>: the API as a page to read and try.</summary>
internal static class ApiPage
{
    internal static void MapApiPage(this WebApplication app)
    {
        // The page's library styles its own elements; nothing else of the product may.
        app.UseWhen(static http => http.Request.Path.StartsWithSegments("/docs"), static branch => branch.Use(static (http, next) =>
        {
            http.Response.Headers.ContentSecurityPolicy =
                "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; frame-ancestors 'none'";
            return next(http);
        }));
        app.UseSwaggerUI(static o =>
        {
            o.RoutePrefix = "docs";
            o.DocumentTitle = "Colloque API";
            o.SwaggerEndpoint("/openapi/v1.json", "Colloque");
        });
    }
}
