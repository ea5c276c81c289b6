using System.Text.Json.Serialization;
using Colloque.Consultations;
using Colloque.Server.Http;
using Colloque.Security;
using Colloque.Storage;

namespace Colloque.Server.Contracts.Platform;

/// <summary>Document 001's consultations module: <c>/api/consultations</c>.</summary>
internal static class ConsultationsApi
{
    internal static void MapPlatformConsultations(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/consultations").RequireCaller().WithTags("Consultations");
        group.MapGet("mine", MineAsync).WithSummary("One's own consultations, newest planned start first.").Produces<MyConsultationPage>().Allow(Access.Clinical);
    }

    private static async Task<IResult> MineAsync(string? status, string? cursor, string? limit, HttpContext http, Verbs verbs)
    {
        var caller = http.Caller();
        var only = PlatformWords.ToStatus(status);
        var most = Limits.Parse(limit, 50, 100);
        var (items, next) = await verbs.RunAsync(caller, (ListMyConsultations verb) => verb.RunAsync(only, cursor, most, http.RequestAborted), http.RequestAborted);
        return Results.Json(new MyConsultationPage([.. items.Select(Of)], new(next)), PlatformJson.Default.MyConsultationPage);
    }

    private static MyConsultation Of(ConsultationView c) => new(
        c.Id, PlatformWords.Of(c.Status), PlatformWords.Of(c.Format), c.ScheduledAt.UtcDateTime, c.DurationMinutes, c.StartedAt?.UtcDateTime, c.ClosedAt?.UtcDateTime,
        new(c.Practitioner.Id, c.Practitioner.Name, c.Practitioner.Title, c.Practitioner.Specialty), new(c.Patient.Id, c.Patient.Name),
        c.UnreadCount, c.LastMessageAt?.UtcDateTime, c.Queue is not null);
}

/// <summary>A practitioner in a list.</summary>
public sealed record PlatformPractitioner(Guid Id, string Name, string? Title, string? Specialty);

/// <summary>A patient in a list.</summary>
public sealed record PlatformPatient(Guid Id, string Name);

/// <summary>One of one's own consultations.</summary>
public sealed record MyConsultation(
    Guid Id, string Status, string Format, DateTime ScheduledAt, int Duration, DateTime? StartedAt, DateTime? EndedAt, PlatformPractitioner Practitioner,
    PlatformPatient Patient, int UnreadCount, DateTime? LastMessageAt, bool Waiting);

/// <summary>A page of them.</summary>
public sealed record MyConsultationPage(IReadOnlyList<MyConsultation> Items, PageInfo PageInfo);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, AllowDuplicateProperties = false)]
[JsonSerializable(typeof(MyConsultationPage))]
internal sealed partial class PlatformJson : JsonSerializerContext;
