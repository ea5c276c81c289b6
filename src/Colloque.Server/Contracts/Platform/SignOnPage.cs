using System.Net;
using Colloque.Server.Http;

namespace Colloque.Server.Contracts.Platform;

/// <summary>What a person sees when signing on with a provider fails: the sentence, and the way back. Nobody reads JSON.</summary>
internal static class SignOnPage
{
    /// <summary>Browsers that ask for a page get one; everything else gets the problem.</summary>
    internal static async ValueTask<object?> ShowRefusalsAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        try
        {
            return await next(context);
        }
        catch (Refusal refusal) when (http.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase))
        {
            var language = Sentences.Language(http.Request.Headers.AcceptLanguage);
            http.Response.Headers.CacheControl = "no-store";
            return Results.Text(Page(Sentences.Of(refusal.Code, refusal.Kind, language), language), "text/html; charset=utf-8", statusCode: Problems.StatusOf(refusal.Kind));
        }
    }

    private static string Page(string sentence, string language)
    {
        var (title, back) = language switch
        {
            "fr" => ("Connexion impossible", "Revenir à la connexion"),
            "es" => ("No se ha podido iniciar sesión", "Volver al inicio de sesión"),
            _ => ("Signing in did not work", "Back to the sign-in page"),
        };
        return $"""
            <!doctype html>
            <html lang="{language}">
            <head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{WebUtility.HtmlEncode(title)}</title></head>
            <body><main><h1>{WebUtility.HtmlEncode(title)}</h1><p>{WebUtility.HtmlEncode(sentence)}</p><p><a href="/">{WebUtility.HtmlEncode(back)}</a></p></main></body>
            </html>
            """;
    }
}
