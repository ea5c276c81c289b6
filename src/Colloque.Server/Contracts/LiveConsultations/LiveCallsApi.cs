using Colloque.Calls;
using Colloque.Server.Calls;
using Colloque.Server.Http;
using Colloque.Storage;

namespace Colloque.Server.Contracts.LiveConsultations;

/// <summary>Calls over HTTP, for pages that have just been opened: the live one of a visit, and those that ring.</summary>
internal static class LiveCallsApi
{
    internal static void MapLiveCalls(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api").RequireCaller().WithTags("Calls");
        group.MapGet("consultations/{id}/call", static async (string id, HttpContext http, Verbs verbs, CallSwitch calls) =>
            {
                var consultation = Ids.Parse(id, "id");
                var call = await verbs.RunAsync(http.Caller(), (SeeCall verb) => verb.RunAsync(consultation, http.RequestAborted), http.RequestAborted);
                return Results.Json(new LiveCallAnswer(call is null ? null : LiveCall.Of(calls.PictureOf(call))), LiveCallsJson.Default.LiveCallAnswer);
            })
            .WithSummary("The live call of a consultation; null: there is none.").Produces<LiveCallAnswer>().Allow(Access.InVisit).Audited("consultation", clinical: true);
        group.MapGet("calls/ringing", static async (HttpContext http, Verbs verbs, CallSwitch calls) =>
            {
                var ringing = await verbs.RunAsync(http.Caller(), (ListRingingCalls verb) => verb.RunAsync(http.RequestAborted), http.RequestAborted);
                return Results.Json(new RingingCallList([.. ringing.Select(r => new CallRinging(LiveCall.Of(calls.PictureOf(r.Call)), r.Silent))]), LiveCallsJson.Default.RingingCallList);
            })
            .WithSummary("The calls that ring for the caller now.").Produces<RingingCallList>().Allow(Access.InVisit).NotAudited();
    }
}
