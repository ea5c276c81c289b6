using Colloque.Scheduling;
using Colloque.Security;
using Colloque.Server.Http;
using Colloque.Storage;

namespace Colloque.Server.Contracts.Platform;

/// <summary>Document 001's availability module: <c>/api/availability</c>, and the same under <c>/api/practitioners/me</c> where the document names both.</summary>
internal static class AvailabilityApi
{
    internal static void MapAvailability(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/availability").RequireCaller().WithTags("Availability").Audited("availability");
        MapRules(group, "");
        group.MapPut("{id}", ChangeAsync).WithSummary("Changes a rule of one's own; what is absent stays.").Accepts<AvailabilityBody>("application/json").Produces<AvailabilityAnswer>()
            .Allow(Role.Practitioner);
        group.MapDelete("{id}", RemoveAsync).WithSummary("Removes a rule of one's own; visits that are booked stay.").Produces(StatusCodes.Status204NoContent).Allow(Role.Practitioner);
        group.MapGet("settings", SettingsAsync).WithSummary("How one works: zone, lengths, notice, horizon, confirmation.").Produces<AvailabilitySettings>().Allow(Role.Practitioner);
        group.MapPut("settings", ChangeSettingsAsync).WithSummary("Changes how one works; what is absent stays.").Accepts<AvailabilitySettings>("application/json")
            .Produces<AvailabilitySettings>().Allow(Role.Practitioner);
        group.MapGet("slots", SlotsAsync).WithSummary("When a practitioner can be seen; one's own without practitionerId, with includeTaken all of them.").Produces<SlotAnswers>()
            .Allow(Access.Clinical);
        var people = routes.MapGroup("/api/practitioners").RequireCaller().WithTags("Availability").Audited("availability");
        MapRules(people, "me/availability");
        people.MapGet("{id}/availability", SlotsOfAsync).WithSummary("When a practitioner can be seen.").Produces<SlotAnswers>().Allow(Access.All);
    }

    private static void MapRules(RouteGroupBuilder group, string path)
    {
        group.MapGet(path, ListAsync).WithSummary("One's own rules: weekly hours, and exceptions by date.").Produces<AvailabilityRules>().Allow(Role.Practitioner);
        group.MapPost(path, AddAsync).WithSummary("Adds weekly hours, a closed date or extra hours.").Accepts<AvailabilityBody>("application/json")
            .Produces<AvailabilityAnswer>(StatusCodes.Status201Created).Allow(Role.Practitioner);
    }

    private static async Task<IResult> ListAsync(HttpContext http, Verbs verbs)
    {
        var (settings, rules) = await verbs.RunAsync(http.Caller(), (ListAvailability verb) => verb.RunAsync(http.RequestAborted), http.RequestAborted);
        return Results.Json(new AvailabilityRules([.. rules.Select(r => AvailabilityWords.Of(r, settings))]), AvailabilityJson.Default.AvailabilityRules);
    }

    private static async Task<IResult> AddAsync(HttpContext http, Verbs verbs)
    {
        var answer = await SaveAsync(null, http, verbs);
        http.Audit().ResourceId = answer.Id;
        return Results.Json(answer, AvailabilityJson.Default.AvailabilityAnswer, statusCode: StatusCodes.Status201Created);
    }

    private static async Task<IResult> ChangeAsync(string id, HttpContext http, Verbs verbs) =>
        Results.Json(await SaveAsync(Ids.Parse(id, "id"), http, verbs), AvailabilityJson.Default.AvailabilityAnswer);

    private static async Task<AvailabilityAnswer> SaveAsync(Guid? id, HttpContext http, Verbs verbs)
    {
        var caller = http.Caller();
        var draft = AvailabilityWords.ToDraft(await JsonBody.ReadAsync(http, AvailabilityJson.Default.AvailabilityBody));
        var (rule, settings) = await verbs.RunAsync(caller, (SaveAvailability verb) => verb.RunAsync(id, draft, http.RequestAborted), http.RequestAborted);
        return AvailabilityWords.Of(rule, settings);
    }

    private static async Task<IResult> RemoveAsync(string id, HttpContext http, Verbs verbs)
    {
        var rule = Ids.Parse(id, "id");
        await verbs.RunAsync(http.Caller(), (RemoveAvailability verb) => verb.RunAsync(rule, http.RequestAborted), http.RequestAborted);
        return Results.NoContent();
    }

    private static async Task<IResult> SettingsAsync(HttpContext http, Verbs verbs)
    {
        var (settings, _) = await verbs.RunAsync(http.Caller(), (ListAvailability verb) => verb.RunAsync(http.RequestAborted), http.RequestAborted);
        return Results.Json(AvailabilityWords.Of(settings), AvailabilityJson.Default.AvailabilitySettings);
    }

    private static async Task<IResult> ChangeSettingsAsync(HttpContext http, Verbs verbs)
    {
        var caller = http.Caller();
        var change = AvailabilityWords.ToChange(await JsonBody.ReadAsync(http, AvailabilityJson.Default.AvailabilitySettings));
        var settings = await verbs.RunAsync(caller, (ChangePracticeSettings verb) => verb.RunAsync(change, http.RequestAborted), http.RequestAborted);
        return Results.Json(AvailabilityWords.Of(settings), AvailabilityJson.Default.AvailabilitySettings);
    }

    private static Task<IResult> SlotsAsync(
        string? practitionerId, string? from, string? to, string? timeZone, string? includeTaken, HttpContext http, Verbs verbs, TimeProvider time) =>
        AnswerAsync(
            practitionerId is null ? null : Ids.Parse(practitionerId, "practitionerId"), new(from, to, timeZone),
            includeTaken switch { null or "false" => false, "true" => true, _ => throw Refusal.Invalid("includeTaken") }, http, verbs, time);

    private static Task<IResult> SlotsOfAsync(string id, string? from, string? to, string? timeZone, HttpContext http, Verbs verbs, TimeProvider time) =>
        AnswerAsync(Ids.Parse(id, "id"), new(from, to, timeZone), includeTaken: false, http, verbs, time);

    private static async Task<IResult> AnswerAsync(Guid? whom, SlotRange asked, bool includeTaken, HttpContext http, Verbs verbs, TimeProvider time)
    {
        var range = asked.Parse();
        var now = time.GetUtcNow();
        var list = await verbs.RunAsync(
            http.Caller(Limit.SlotSearch), (ListSlots verb) => verb.RunAsync(whom, settings => range.In(settings, now), includeTaken, http.RequestAborted), http.RequestAborted);
        var zone = range.TimeZone ?? list.Settings.TimeZone;
        return Results.Json(new SlotAnswers(zone, list.Settings.TimeZone, [.. list.Items.Select(s => AvailabilityWords.Of(s, zone))]), AvailabilityJson.Default.SlotAnswers);
    }
}
