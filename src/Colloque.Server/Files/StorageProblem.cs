using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Colloque.Server.Files;

/// <summary>Says no at the storage door: RFC 9457 with the code alone, since whoever stands there has shown no name and no language.</summary>
internal static class StorageProblem
{
    internal static ProblemHttpResult Of(Refusal refusal, HttpContext context)
    {
        if (refusal.RetryAfter is { } wait)
        {
            context.Response.Headers.RetryAfter = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        }

        return Of(StatusOf(refusal), refusal.Code);
    }

    internal static ProblemHttpResult Of(int status, string code) =>
        TypedResults.Problem(statusCode: status, extensions: new Dictionary<string, object?> { ["code"] = code });

    private static int StatusOf(Refusal refusal) => refusal.Kind switch
    {
        RefusalKind.Invalid when refusal.Code == "body_too_large" => StatusCodes.Status413PayloadTooLarge,
        RefusalKind.Invalid => StatusCodes.Status422UnprocessableEntity,
        RefusalKind.Unauthenticated => StatusCodes.Status401Unauthorized,
        RefusalKind.Forbidden => StatusCodes.Status403Forbidden,
        RefusalKind.NotFound => StatusCodes.Status404NotFound,
        RefusalKind.Conflict => StatusCodes.Status409Conflict,
        RefusalKind.TooMany => StatusCodes.Status429TooManyRequests,
        _ => StatusCodes.Status503ServiceUnavailable,
    };
}
