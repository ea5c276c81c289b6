namespace Colloque.Server.Http;

/// <summary>Where this server is reached.</summary>
public static class Origins
{
    /// <summary>The <c>PublicUrl</c> setting, or else the request's own scheme and host; no trailing slash.</summary>
    public static string Of(HttpContext http) =>
        http.RequestServices.GetRequiredService<IConfiguration>()["PublicUrl"] is { Length: > 0 } set ? set.TrimEnd('/') : $"{http.Request.Scheme}://{http.Request.Host}";
}
