using Colloque.Server.Operations;

namespace Colloque.Server.Contracts.Messaging;

/// <summary>Document 003's codes and names of members instead of the core's.</summary>
internal static class MessagingProblems
{
    /// <summary>Renders what the group's endpoints refuse in the document's words. To be put before all other filters.</summary>
    internal static RouteGroupBuilder WithDocumentsCodes(this RouteGroupBuilder group)
    {
        group.AddEndpointFilter(static async (context, next) =>
        {
            try
            {
                return await next(context);
            }
            catch (Refusal refusal)
            {
                var said = Of(refusal, context.HttpContext);
                context.HttpContext.RequestServices.GetRequiredService<MessagingNumbers>().Refused(said.Code);
                throw said;
            }
        });
        return group;
    }

    private static Refusal Of(Refusal refusal, HttpContext http) =>
        new(refusal.Kind, CodeOf(refusal, http), FieldOf(refusal.Field), refusal.RetryAfter) { Mark = refusal.Mark ?? new(refusal.Code, SubjectId: null) };

    private static string CodeOf(Refusal refusal, HttpContext http) => refusal switch
    {
        // Who had a session and sends it still has to sign in again; who had none is asked to.
        { Kind: RefusalKind.Unauthenticated } => http.Request.Headers.Authorization.Count > 0 ? "SESSION_EXPIRED" : "AUTH_REQUIRED",
        { Code: "forbidden" or "not_found" } => "CONTEXT_ACCESS_DENIED",
        { Kind: RefusalKind.TooMany } => "RATE_LIMIT_EXCEEDED",
        _ => refusal.Code,
    };

    private static string? FieldOf(string? field) => field switch
    {
        "text" => "content",
        "fileIds" or "fileId" or "filename" or "mimeType" or "sizeBytes" => "attachments",
        "intent" => "metadata.action",
        _ => field,
    };
}
