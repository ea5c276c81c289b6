using Colloque.Accounts;
using Colloque.Audit;
using Colloque.Security;
using Colloque.Server.Http;
using Colloque.Storage;
using Colloque.Teleconsultation;

namespace Colloque.Server.Contracts.Teleconsultation;

/// <summary>Links into one visit: who makes them (<c>/api/consultations/{id}/join-links</c>), and who comes by them (<c>/api/join</c>).</summary>
internal static class JoinLinksApi
{
    private static readonly JoinLinkJson Json = JoinLinkJson.Default;

    internal static void MapJoinLinks(this IEndpointRouteBuilder routes)
    {
        var visit = routes.MapGroup("/api/consultations/{id}").RequireCaller().WithTags("Join links").Audited("join_link", clinical: true);
        visit.MapPost("join-links", InviteAsync).WithSummary("A link by which somebody without an account comes into this visit.").Accepts<InviteGuestBody>("application/json")
            .Produces<JoinLinkAnswer>(201).Allow(Access.Clinical);
        visit.MapGet("join-links", ListAsync).WithSummary("Who was invited, newest first.").Produces<JoinLinkList>().Allow(Access.Clinical);
        visit.MapDelete("join-links/{linkId}", RevokeAsync).WithSummary("Takes a link back; whoever came by it is out.").Produces(204).Allow(Access.Clinical);
        visit.MapGet("guests", GuestsAsync).WithSummary("Who else is, or was, in this visit.").Produces<GuestList>().Allow(Access.InVisit);

        var door = routes.MapGroup("/api/join").WithTags("Join links").Audited("join_link");
        door.MapPost("", FaceAsync).WithSummary("What a link leads to.").Accepts<JoinTokenBody>("application/json").Produces<JoinFace>().AllowEveryone().NotAudited();
        door.MapPost("code", CodeAsync).WithSummary("Sends the code that a link asks for, by mail.").Accepts<JoinTokenBody>("application/json").Produces<JoinCodeSent>(202).AllowEveryone();
        door.MapPost("enter", EnterAsync).WithSummary("Comes in; answers with a token for that one visit.").Accepts<EnterBody>("application/json").Produces<GuestToken>().AllowEveryone()
            .Audited("join_link", AuditAction.Login, clinical: true);
        var inside = door.MapGroup("").RequireCaller();
        inside.MapPost("renew", RenewAsync).WithSummary("A guest's next token.").Accepts<RenewBody>("application/json").Produces<RenewedToken>().Allow(Role.Guest).NotAudited();
        inside.MapPost("leave", LeaveAsync).WithSummary("The guest goes.").Produces(204).Allow(Role.Guest).Audited("join_link", AuditAction.Logout, clinical: true);
    }

    private static async Task<IResult> InviteAsync(string id, HttpContext http, Verbs verbs)
    {
        var visit = Ids.Parse(id, "id");
        var body = await JsonBody.ReadAsync(http, Json.InviteGuestBody);
        var guest = new GuestInvitation(JoinLinkWords.ToRole(body.Role), body.Name, body.Email, body.RequireCode ?? false, body.Language);
        var link = await verbs.RunAsync(http.Caller(), (InviteGuest verb) => verb.RunAsync(visit, guest, http.RequestAborted), http.RequestAborted);
        return Results.Json(JoinLinkWords.Of(link), Json.JoinLinkAnswer, statusCode: 201);
    }

    private static async Task<IResult> ListAsync(string id, HttpContext http, Verbs verbs)
    {
        var visit = Ids.Parse(id, "id");
        var links = await verbs.RunAsync(http.Caller(), (ListJoinLinks verb) => verb.RunAsync(visit, http.RequestAborted), http.RequestAborted);
        return Results.Json(new JoinLinkList([.. links.Select(JoinLinkWords.Of)]), Json.JoinLinkList);
    }

    private static async Task<IResult> RevokeAsync(string id, string linkId, HttpContext http, Verbs verbs)
    {
        var (visit, link) = (Ids.Parse(id, "id"), Ids.Parse(linkId, "linkId"));
        http.Audit().ResourceId = link;
        await verbs.RunAsync(http.Caller(), (RevokeJoinLink verb) => verb.RunAsync(visit, link, http.RequestAborted), http.RequestAborted);
        return Results.NoContent();
    }

    private static async Task<IResult> GuestsAsync(string id, HttpContext http, Verbs verbs)
    {
        var visit = Ids.Parse(id, "id");
        var guests = await verbs.RunAsync(http.Caller(), (ListGuests verb) => verb.RunAsync(visit, http.RequestAborted), http.RequestAborted);
        return Results.Json(new GuestList([.. guests.Select(JoinLinkWords.Of)]), Json.GuestList);
    }

    private static async Task<IResult> FaceAsync(HttpContext http, Verbs verbs)
    {
        Count(http);
        var body = await JsonBody.ReadAsync(http, Json.JoinTokenBody);
        var caller = await CallerBinding.IfKnownAsync(http);
        var face = await verbs.RunAsync(caller, (SeeJoinLink verb) => verb.RunAsync(body.Token, http.RequestAborted), http.RequestAborted);
        return Results.Json(JoinLinkWords.Of(face, caller), Json.JoinFace);
    }

    private static async Task<IResult> CodeAsync(HttpContext http, Verbs verbs)
    {
        Count(http);
        var body = await JsonBody.ReadAsync(http, Json.JoinTokenBody);
        var expires = await verbs.RunAsync(null, (SendJoinCode verb) => verb.RunAsync(body.Token, http.RequestAborted), http.RequestAborted);
        return Results.Json(new JoinCodeSent(expires.UtcDateTime), Json.JoinCodeSent, statusCode: 202);
    }

    private static async Task<IResult> EnterAsync(HttpContext http, Verbs verbs, AccessTokens tokens)
    {
        Count(http);
        var body = await JsonBody.ReadAsync(http, Json.EnterBody);
        var outcome = await verbs.RunAsync(null, (EnterAsGuest verb) => verb.RunAsync(body.Token, body.Name, body.Code, http.RequestAborted), http.RequestAborted);
        if (outcome.Guest is not { } guest)
        {
            throw outcome.No!;
        }

        // Who comes in now is in the audit under the id that they act under.
        http.Items[typeof(Caller)] = guest.Caller;
        http.Audit().ResourceId = guest.ConsultationId;
        var token = tokens.IssueUntil(guest.Caller, guest.Version, guest.Until);
        return Results.Json(
            new GuestToken(token.Text, token.ExpiresAt.UtcDateTime, guest.ConsultationId, new(guest.Caller.UserId, guest.Name, JoinLinkWords.Of(guest.Role))), Json.GuestToken);
    }

    private static async Task<IResult> RenewAsync(HttpContext http, Verbs verbs, AccessTokens tokens)
    {
        var caller = http.Caller();
        var body = await JsonBody.ReadAsync(http, Json.RenewBody);
        var visit = Ids.Parse(body.ConsultationId, "consultationId");
        var (version, until) = await verbs.RunAsync(caller, (SeeVisitAsGuest verb) => verb.RenewAsync(visit, http.RequestAborted), http.RequestAborted);
        var token = tokens.IssueUntil(caller, version, until);
        return Results.Json(new RenewedToken(token.Text, token.ExpiresAt.UtcDateTime), Json.RenewedToken);
    }

    private static async Task<IResult> LeaveAsync(HttpContext http, Verbs verbs)
    {
        await verbs.RunAsync(http.Caller(), (LeaveAsGuest verb) => verb.RunAsync(http.RequestAborted), http.RequestAborted);
        return Results.NoContent();
    }

    private static void Count(HttpContext http) =>
        http.RequestServices.GetRequiredService<RateLimits>().Take(Limit.JoinNetwork, new Origin(http.Connection.RemoteIpAddress, null).NetworkKey);
}
