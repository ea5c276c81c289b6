using System.Text.Json;
using System.Text.Json.Serialization;
using Colloque.Audit;
using Colloque.Exports;
using Colloque.Security;
using Colloque.Server.Http;

namespace Colloque.Server.Contracts.Platform;

/// <summary>What to take, and the proof that it is still the same person who asks.</summary>
/// <param name="Format"><c>json</c>, <c>txt</c>, <c>html</c> or, where a converter is set, <c>pdf</c>.</param>
/// <param name="Password">One's password, where one has one.</param>
/// <param name="Code">Of one's authenticator, where one has one; or a recovery code.</param>
/// <param name="Ceremony">Instead of both: as <c>POST /api/auth/passkeys/sign-in/options</c> gave it.</param>
/// <param name="Credential">With it, what <c>PublicKeyCredential.toJSON()</c> gives.</param>
public sealed record ExportBody(string? Format, string? Password, string? Code, string? Ceremony, JsonElement Credential)
{
    /// <summary>Never the proof, whatever prints this.</summary>
    public override string ToString() => nameof(ExportBody);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, AllowDuplicateProperties = false)]
[JsonSerializable(typeof(ExportBody))]
internal sealed partial class ExportsJson : JsonSerializerContext;

/// <summary>Copies of conversations, to take away.</summary>
internal static class ExportsApi
{
    internal static void MapExports(this IEndpointRouteBuilder routes) =>
        routes.MapGroup("/api/conversations/{id}/export").RequireCaller().WithTags("Conversations").Audited("conversation", AuditAction.Export, clinical: true).Allow(Access.Clinical)
            .MapPost("", ExportAsync).WithSummary("A signed copy, as a ZIP. Asks for password, code or passkey again; the others are told.").Accepts<ExportBody>("application/json")
            .WithMetadata(new ProducesResponseTypeMetadata(200, typeof(Stream), ["application/zip"]));

    private static async Task<IResult> ExportAsync(string id, HttpContext http, ExportArchive export)
    {
        var caller = http.Caller(Limit.Export);
        var conversation = Ids.Parse(id, "id");
        var body = await JsonBody.ReadAsync(http, ExportsJson.Default.ExportBody);
        var archive = await export.OpenAsync(caller, conversation, ExportFormats.Parse(body.Format), ExportProofs.Of(new ProofBody(body.Password, body.Code, body.Ceremony, body.Credential)), Origins.Of(http), http.RequestAborted);
        http.Audit().SubjectId = archive.PatientId;
        return Results.Stream(stream => archive.WriteAsync(stream, http.RequestAborted), "application/zip", archive.FileName);
    }
}
