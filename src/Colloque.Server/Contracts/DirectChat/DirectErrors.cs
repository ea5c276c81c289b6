using Colloque.Server.Http;

namespace Colloque.Server.Contracts.DirectChat;

/// <summary>Document 004's errors: its envelope, 400 where the others say 422, and its own names of fields.</summary>
internal static class DirectErrors
{
    internal static ErrorDialect Dialect { get; } = new(Speaks, WriteAsync);

    /// <summary>
    /// Whose a path is, also where no route was found. Document 001 has <c>/api/chat/{uuid}/…</c>, <c>/api/chat/{anything}/messages</c> and <c>/upload</c>, and <c>/api/chat/messages/{uuid}/read</c>;
    /// all else under <c>/api/chat</c> is document 004's.
    /// </summary>
    internal static bool Speaks(PathString path)
    {
        if (!path.StartsWithSegments("/api/chat", StringComparison.OrdinalIgnoreCase, out var rest))
        {
            return path.StartsWithSegments("/assets/chat_files", StringComparison.OrdinalIgnoreCase);
        }

        return (rest.Value ?? "").ToLowerInvariant().Split('/', StringSplitOptions.RemoveEmptyEntries) switch
        {
            ["messages", var id, ..] => !Guid.TryParse(id, out _),
            [_, "messages" or "upload"] => false,
            [var first, ..] => !Guid.TryParse(first, out _),
            [] => true,
        };
    }

    private static Task WriteAsync(HttpContext http, Problem problem)
    {
        http.Response.StatusCode = problem.Status == 422 ? 400 : problem.Status;
        var field = problem.Errors?.Keys.FirstOrDefault();
        return http.Response.WriteAsJsonAsync(
            new DirectError(false, problem.Detail, problem.Code, field is null ? null : FieldOf(field), problem.TraceId), DirectJson.Default.DirectError, "application/json; charset=utf-8");
    }

    private static string FieldOf(string field) => field switch
    {
        "text" => "message_text",
        "clientMsgId" => "client_msg_id",
        "chatId" => "chat_id",
        "practitioner" => "doctor_id",
        "patient" => "patient_id",
        "messageId" => "message_id",
        "filename" or "mimeType" or "sizeBytes" or "fileId" or "fileIds" => "file",
        _ => field,
    };
}
