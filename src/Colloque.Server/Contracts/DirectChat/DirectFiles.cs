using Colloque.Audit;
using Colloque.Files;
using Colloque.Security;
using Colloque.Server.Files;
using Colloque.Server.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;

namespace Colloque.Server.Contracts.DirectChat;

/// <summary>Document 004's files: <c>/assets/chat_files/{name}</c>. The signature is the right; without it no file is there for anybody.</summary>
internal static class DirectFiles
{
    internal static void MapDirectFiles(this IEndpointRouteBuilder routes) =>
        routes.MapGroup(ChatFileLinks.Path).AddEndpointFilter(StorageEndpoints.HardenAsync)
            .MapMethods("{name}", [HttpMethods.Get, HttpMethods.Head], GetAsync).AllowEveryone().Audited("file", AuditAction.Read, clinical: true).ExcludeFromDescription();

    private static async Task<FileStreamHttpResult> GetAsync(
        string name, [FromQuery] string? expires, [FromQuery] string? ticket, [FromQuery] string? signature, HttpContext http, OpenChatFile open)
    {
        var (file, caller, id) = await open.RunAsync(new(name, expires, ticket, signature), http.RequestAborted);
        // The link was made for one person: the audit says who, as if they had sent their token.
        http.Items[typeof(Caller)] = caller;
        http.Audit().ResourceId = id;
        return TypedResults.Stream(file.Content, file.MimeType, file.Name, entityTag: new EntityTagHeaderValue($"\"{file.Tag}\""), enableRangeProcessing: true);
    }
}
