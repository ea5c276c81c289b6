using Colloque.Accounts;
using Colloque.Consultations;
using Colloque.Security;
using Colloque.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colloque.Calendars;

/// <summary>Shows a person's whole calendar to whoever knows its address.</summary>
public sealed class ShowCalendarFeed(ColloqueDb db, PublicAddress address, TimeProvider time)
{
    private static readonly TimeSpan Past = TimeSpan.FromDays(60);
    private static readonly TimeSpan Ahead = TimeSpan.FromDays(400);

    /// <summary>The visits of the last 60 and the next 400 days, called off ones too: calendars take them out. One query; nobody is signed in.</summary>
    /// <exception cref="Refusal">404: no such address, or no longer.</exception>
    public async Task<string> RunAsync(string? token, CancellationToken cancellationToken)
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

    private sealed record FeedRow(
        Guid OwnerId, string Role, string Language, string? TimeZone, Guid? Id, string? Status, DateTimeOffset? ScheduledAt, int? DurationMinutes, int Moves, DateTimeOffset? ChangedAt)
    {
        internal CalendarVisit ToVisit(PublicAddress address) => new(
            Id!.Value, Enum.Parse<ConsultationStatus>(Status!), ScheduledAt!.Value, DurationMinutes!.Value, Moves, ChangedAt!.Value, VisitPage.Of(address, Role == nameof(Security.Role.Patient), Id.Value));
    }
}
