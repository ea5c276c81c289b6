using Colloque.Storage;

namespace Colloque.Server.Http;

/// <summary><c>/healthz</c>: the process answers. <c>/readyz</c>: and its database too.</summary>
internal static class Health
{
    internal static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/healthz", static () => Results.Json(new HealthState("ok"), HttpJson.Default.HealthState)).WithTags("Operation").WithSummary("The process answers.").AllowEveryone();
        routes.MapGet("/readyz", static async (ColloqueDatabase database, CancellationToken cancellationToken) =>
        {
            await database.ExecuteAsync(null, "select 1", [], cancellationToken);
            return Results.Json(new HealthState("ready"), HttpJson.Default.HealthState);
        }).WithTags("Operation").WithSummary("The process and its database answer; 503 otherwise.").Produces<HealthState>().AllowEveryone();
    }
}

/// <summary>How it is.</summary>
internal sealed record HealthState(string Status);
