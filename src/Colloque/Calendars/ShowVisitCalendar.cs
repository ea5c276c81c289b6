using Colloque.Accounts;
using Colloque.Consultations;
using Colloque.Security;
using Colloque.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colloque.Calendars;

/// <summary>Shows one visit to one of its two people, as a calendar takes it.</summary>
public sealed class ShowVisitCalendar(ColloqueDb db, CallerScope scope, PublicAddress address)
{
    /// <summary>One visit. One query.</summary>
    /// <exception cref="Refusal">403 administrators; 404.</exception>
    public async Task<string> RunAsync(Guid id, CancellationToken cancellationToken)
    {
        var caller = scope.Required.RequireClinical();
        var rows = await db.Database.SqlQuery<VisitRow>(
            $"""
            select c.status "Status", c.scheduled_at "ScheduledAt", c.duration_minutes "DurationMinutes", c.time_zone "TimeZone", e.moves "Moves", greatest(c.created_at, e.at) "ChangedAt"
              from consultations c cross join lateral (select count(*) filter (where type in ('Rescheduled', 'Cancelled'))::integer as moves, max(at) as at
                from consultation_events where consultation_id = c.id) e where c.id = {id}
            """).ToListAsync(cancellationToken);
        return rows is [var row]
            ? CalendarText.Write([new(id, Enum.Parse<ConsultationStatus>(row.Status), row.ScheduledAt, row.DurationMinutes, row.Moves, row.ChangedAt, VisitPage.Of(address, caller.Role == Role.Patient, id))], "en", row.TimeZone)
            : throw Refusal.NotFound();
    }

    private sealed record VisitRow(string Status, DateTimeOffset ScheduledAt, int DurationMinutes, string TimeZone, int Moves, DateTimeOffset ChangedAt);
}

/// <summary>Where the people of a visit see it.</summary>
internal static class VisitPage
{
    internal static string Of(PublicAddress address, bool patient, Guid id) => $"{address.Text}/{(patient ? "patient/visits" : "professional/consultations")}/{id}";
}
