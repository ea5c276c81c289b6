using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Diagnostics;

namespace Colloque.Server.Http;

/// <summary>RFC 9457 problem details, with a stable code and, on 422, the sentences by field.</summary>
/// <param name="Type"><c>urn:colloque:problem:{code}</c>.</param>
/// <param name="Title">What the kind means, in the caller's language.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Detail">What this one means, in the caller's language; never content.</param>
/// <param name="Code">Stable, snake case.</param>
/// <param name="TraceId">Finds the request in the log.</param>
/// <param name="Errors">By member of the input.</param>
public sealed record Problem(
    string Type,
    string Title,
    int Status,
    string Detail,
    string Code,
    string TraceId,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyDictionary<string, string[]>? Errors);

/// <summary>Another shape of errors, for the requests of a contract that has its own: by path, for what fails before a route is found is answered too.</summary>
/// <param name="Speaks">Whether a path is the contract's.</param>
/// <param name="WriteAsync">Writes the body, and the status where it is another.</param>
public sealed record ErrorDialect(Func<PathString, bool> Speaks, Func<HttpContext, Problem, Task> WriteAsync);

/// <summary>The HTTP mapper of refusals: every no of every route leaves here.</summary>
public static partial class Problems
{
    /// <summary>The status of a kind.</summary>
    public static int StatusOf(RefusalKind kind) => kind switch
    {
        RefusalKind.Unauthenticated => 401,
        RefusalKind.Forbidden => 403,
        RefusalKind.NotFound => 404,
        RefusalKind.Conflict => 409,
        RefusalKind.Invalid => 422,
        RefusalKind.TooMany => 429,
        _ => 503,
    };

    /// <summary>The common code of a kind.</summary>
    public static string CodeOf(RefusalKind kind) => kind switch
    {
        RefusalKind.Unauthenticated => "unauthenticated",
        RefusalKind.Forbidden => "forbidden",
        RefusalKind.NotFound => "not_found",
        RefusalKind.Conflict => "conflict",
        RefusalKind.Invalid => "invalid",
        RefusalKind.TooMany => "too_many_requests",
        _ => "unavailable",
    };

    /// <summary>Turns refusals, unreadable requests and unforeseen errors into problem details, and empty error answers too.</summary>
    public static void UseProblems(this WebApplication app)
    {
        app.UseExceptionHandler(new ExceptionHandlerOptions { ExceptionHandler = HandleAsync, SuppressDiagnosticsCallback = static _ => true });
        app.UseStatusCodePages(static context => WriteAsync(context.HttpContext, context.HttpContext.Response.StatusCode, null));
    }

    /// <summary>Writes a refusal.</summary>
    public static Task WriteAsync(HttpContext http, Refusal refusal)
    {
        if (refusal.RetryAfter is { } wait)
        {
            http.Response.Headers.RetryAfter = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        }

        return WriteAsync(http, StatusOf(refusal.Kind), refusal);
    }

    private static Task HandleAsync(HttpContext http)
    {
        switch (http.Features.Get<IExceptionHandlerFeature>()?.Error)
        {
            case Refusal refusal:
                return WriteAsync(http, refusal);
            case BadHttpRequestException bad:
                return WriteAsync(http, bad.StatusCode == 400 ? 422 : bad.StatusCode, null);
            case OperationCanceledException when http.RequestAborted.IsCancellationRequested:
                return Task.CompletedTask;
            case { } error:
                // The type and the place, never the message: it may quote what a person wrote.
                LogUnforeseen(http.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger("Colloque.Http"), error.GetType().FullName ?? "", http.TraceIdentifier, Place(error));
                return WriteAsync(http, 500, null);
            default:
                return WriteAsync(http, 500, null);
        }
    }

    private static async Task WriteAsync(HttpContext http, int status, Refusal? refusal)
    {
        var language = Sentences.Language(http.Request.Headers.AcceptLanguage);
        var kind = refusal?.Kind ?? KindOf(status);
        var code = refusal?.Code ?? CommonCode(status);
        var detail = Sentences.Of(code, kind, language);
        var errors = refusal?.Field is { } field ? new Dictionary<string, string[]>(StringComparer.Ordinal) { [field] = [detail] } : null;
        var problem = new Problem($"urn:colloque:problem:{code}", Sentences.Of(CommonCode(status), kind, language), status, detail, code, http.TraceIdentifier, errors);
        http.Response.StatusCode = status;
        http.Response.Headers.CacheControl = "no-store";
        if (status == 401)
        {
            http.Response.Headers.WWWAuthenticate = "Bearer";
        }

        foreach (var dialect in http.RequestServices.GetServices<ErrorDialect>())
        {
            if (dialect.Speaks(http.Request.Path))
            {
                await dialect.WriteAsync(http, problem);
                return;
            }
        }

        await http.Response.WriteAsJsonAsync(problem, HttpJson.Default.Problem, "application/problem+json");
    }

    private static RefusalKind KindOf(int status) => status switch
    {
        401 => RefusalKind.Unauthenticated,
        403 => RefusalKind.Forbidden,
        404 or 405 => RefusalKind.NotFound,
        409 => RefusalKind.Conflict,
        429 => RefusalKind.TooMany,
        >= 400 and < 500 => RefusalKind.Invalid,
        _ => RefusalKind.Unavailable,
    };

    private static string CommonCode(int status) => status switch
    {
        401 => "unauthenticated",
        403 => "forbidden",
        404 => "not_found",
        405 => "method_not_allowed",
        409 => "conflict",
        413 => "body_too_large",
        415 => "unsupported_media_type",
        429 => "too_many_requests",
        500 => "internal",
        503 => "unavailable",
        _ => "invalid",
    };

    private static string Place(Exception error) => new StackTrace(error).GetFrames() is [var first, ..] && first.GetMethod() is { } method ? $"{method.DeclaringType?.FullName}.{method.Name}" : "";

    [LoggerMessage(10, LogLevel.Error, "{Kind} in request {TraceId} at {Place}")]
    private static partial void LogUnforeseen(ILogger logger, string kind, string traceId, string place);
}
