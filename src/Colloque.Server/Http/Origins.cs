namespace Colloque.Server.Http;

/// <summary>Where this server is reached.</summary>
public static class Origins
{
    /// <summary>Origins whose pages may open sockets: <c>PublicUrl</c> (behind a proxy, the request's own scheme is another) and <c>Http:AllowedOrigins</c>; none named, the own origin.</summary>
    public static List<string> Allowed(IConfiguration settings)
    {
        List<string> origins = [.. settings.GetSection("Http:AllowedOrigins").Get<string[]>() ?? []];
        if (Uri.TryCreate(settings["PublicUrl"], UriKind.Absolute, out var url))
        {
            origins.Add(url.GetLeftPart(UriPartial.Authority));
        }

        return origins;
    }

    /// <summary>The <c>PublicUrl</c> setting, or else the request's own scheme and host; no trailing slash.</summary>
    public static string Of(HttpContext http) =>
        http.RequestServices.GetRequiredService<IConfiguration>()["PublicUrl"] is { Length: > 0 } set ? set.TrimEnd('/') : $"{http.Request.Scheme}://{http.Request.Host}";
}
