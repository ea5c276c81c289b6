using Colloque.Accounts;
using Colloque.Consultations;
using Colloque.Security;
using Colloque.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colloque.Calendars;

/// <summary>Shows calendars: a person's whole one behind its address, or one visit to one of its people.</summary>
public sealed class ShowCalendar(ColloqueDb db, CallerScope scope, PublicAddress address, TimeProvider time)
{
    private static readonly TimeSpan Past = TimeSpan.FromDays(60);
    private static readonly TimeSpan Ahead = TimeSpan.FromDays(400);

    /// <summary>The visits of the last 60 and the next 400 days, called off ones too: calendars take them out. One query; nobody is signed in.</summary>
    /// <exception cref="Refusal">404: no such address, or no longer.</exception>
    public async Task<string> OfFeedAsync(string? token, CancellationToken cancellationToken)
    {
        var hash = OpaqueToken.Parse(token)?.Hash ?? throw Refusal.NotFound();
        var now = time.GetMoment();
        var rows = await db.Database.SqlQuery<FeedRow>(
            $"""
            select owner_id "OwnerId", role "Role", language "Language", time_zone "TimeZone", id "Id", status "Status", scheduled_at "ScheduledAt", duration_minutes "DurationMinutes",
              moves "Moves", changed_at "ChangedAt" from calendar_of_feed({hash}, {now - Past}, {now + Ahead})
            """).ToListAsync(cancellationToken);
        // A feed without a visit is one row of its owner alone.
        return rows.Count == 0
            ? throw Refusal.NotFound()
            : CalendarText.Write([.. rows.Where(static r => r.Id is not null).Select(r => r.ToVisit(address))], rows[0].Language, rows[0].TimeZone ?? "UTC");
    }

    /// <summary>One visit. One query.</summary>
    /// <exception cref="Refusal">403 administrators; 404.</exception>
    public async Task<string> OfVisitAsync(Guid id, CancellationToken cancellationToken)
    {
        var caller = scope.Required.RequireClinical();
        var rows = await db.Database.SqlQuery<VisitRow>(
            $"""
            select c.status "Status", c.scheduled_at "ScheduledAt", c.duration_minutes "DurationMinutes", c.time_zone "TimeZone", e.moves "Moves", greatest(c.created_at, e.at) "ChangedAt"
              from consultations c cross join lateral (select count(*) filter (where type in ('Rescheduled', 'Cancelled'))::integer as moves, max(at) as at
                from consultation_events where consultation_id = c.id) e where c.id = {id}
            """).ToListAsync(cancellationToken);
        return rows is [var row]
            ? CalendarText.Write([new(id, Enum.Parse<ConsultationStatus>(row.Status), row.ScheduledAt, row.DurationMinutes, row.Moves, row.ChangedAt, Page(address, caller.Role, id))], "en", row.TimeZone)
            : throw Refusal.NotFound();
    }

    private static string Page(PublicAddress address, Role role, Guid id) => $"{address.Text}/{(role == Role.Patient ? "patient/visits" : "professional/consultations")}/{id}";

    private sealed record VisitRow(string Status, DateTimeOffset ScheduledAt, int DurationMinutes, string TimeZone, int Moves, DateTimeOffset ChangedAt);

    private sealed record FeedRow(
        Guid OwnerId, string Role, string Language, string? TimeZone, Guid? Id, string? Status, DateTimeOffset? ScheduledAt, int? DurationMinutes, int Moves, DateTimeOffset? ChangedAt)
    {
        internal CalendarVisit ToVisit(PublicAddress address) => new(
            Id!.Value, Enum.Parse<ConsultationStatus>(Status!), ScheduledAt!.Value, DurationMinutes!.Value, Moves, ChangedAt!.Value, Page(address, Enum.Parse<Role>(Role), Id.Value));
    }
}
