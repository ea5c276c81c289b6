using Colloque.Consultations;
using Colloque.Security;
using Colloque.Storage;
using Colloque.Teleconsultation;
using Microsoft.EntityFrameworkCore;

namespace Colloque.WaitingRoom;

/// <summary>By what means remote visits are held where the organization says nothing (<c>Rooms__Provider</c>).</summary>
public sealed record RoomOptions
{
    /// <summary>livekit, jitsi or peer.</summary>
    public string Provider { get; set; } = "peer";

    /// <summary>How long before the planned time the practitioner may be in the room.</summary>
    public TimeSpan OpensBefore { get; set; } = TimeSpan.FromMinutes(15);
}

/// <summary>A room, for one of those in the visit.</summary>
/// <param name="Provider">livekit, jitsi or peer.</param>
/// <param name="RoomName">Unguessable; the same for all.</param>
/// <param name="Moderates">The practitioner does.</param>
/// <param name="Name">Of whoever asks.</param>
/// <param name="EndsAt">Until when an entry is good: a quarter of an hour after the planned end, or from now if that is past.</param>
/// <param name="Guest">As what a guest is here; null for the two.</param>
/// <param name="Language">fr, en or es: a guest's link's; null for the two.</param>
public sealed record OpenedRoom(string Provider, string RoomName, bool Moderates, string Name, DateTimeOffset EndsAt, GuestRole? Guest = null, string? Language = null);

/// <summary>Gives one of its people the room of a remote visit: while it is under way, and to the practitioner a little before. The first who asks settles name and provider.</summary>
public sealed class OpenRoom(ColloqueDb db, RoomOptions options, SeeVisitAsGuest guest, CallerScope scope, TimeProvider time)
{
    private static readonly TimeSpan After = TimeSpan.FromMinutes(15);

    /// <summary>Two statements.</summary>
    /// <exception cref="Refusal">403 administrators; 404; 409 <c>room_closed</c>: not now, or a visit in person.</exception>
    public Task<OpenedRoom> RunAsync(Guid id, CancellationToken cancellationToken) =>
        scope.Required.Role == Role.Guest ? OfGuestAsync(id, cancellationToken) : OfTheTwoAsync(id, cancellationToken);

    private async Task<OpenedRoom> OfTheTwoAsync(Guid id, CancellationToken cancellationToken)
    {
        var caller = scope.Required.RequireClinical();
        var rows = await ConsultationRow.OneAsync(db, id, cancellationToken);
        var visit = rows.Count == 1 ? rows[0].ToView() : throw Refusal.NotFound();
        var now = time.GetMoment();
        var moderates = caller.UserId == visit.Practitioner.Id;
        if (!IsOpen(visit, moderates, now))
        {
            throw WaitingRoomRefusals.RoomClosed();
        }

        var room = await db.Database.SqlQuery<Room>(
            $"""
            update consultations set video_provider = case when room_opened_at is null then coalesce(organization_video_provider(tenant_id), {options.Provider}) else video_provider end,
                room_name = coalesce(room_name, {RoomName.New()}), room_opened_at = coalesce(room_opened_at, {now})
              where id = {id} and status in ('Scheduled', 'Confirmed', 'InProgress')
              returning video_provider "Provider", room_name "Name"
            """).ToListAsync(cancellationToken);
        var plannedEnd = (visit.StartedAt > visit.ScheduledAt ? visit.StartedAt.Value : visit.ScheduledAt).AddMinutes(visit.DurationMinutes);
        return room is [var opened]
            ? new(opened.Provider, opened.Name, moderates, moderates ? visit.Practitioner.Name : visit.Patient.Name, EndOf(plannedEnd, now))
            : throw WaitingRoomRefusals.RoomClosed();
    }

    /// <summary>A guest of another visit gets the same answer as of one that does not exist.</summary>
    private async Task<OpenedRoom> OfGuestAsync(Guid id, CancellationToken cancellationToken)
    {
        await guest.RunAsync(id, cancellationToken);
        var now = time.GetMoment();
        var room = await db.Database.SqlQuery<GuestRoom>(
            $"""
            select provider "Provider", room_name "Name", planned_end "PlannedEnd", guest_name "GuestName", guest_role "GuestRole", language "Language"
            from guest_room({id}, {options.Provider}, {RoomName.New()}, {now})
            """).ToListAsync(cancellationToken);
        return room is [var opened]
            ? new(opened.Provider, opened.Name, Moderates: false, opened.GuestName, EndOf(opened.PlannedEnd, now), Enum.Parse<GuestRole>(opened.GuestRole), opened.Language)
            : throw WaitingRoomRefusals.RoomClosed();
    }

    private static DateTimeOffset EndOf(DateTimeOffset planned, DateTimeOffset now) => (planned > now ? planned : now) + After;

    /// <summary>Whether one of the two may be in there at a moment.</summary>
    internal bool IsOpen(ConsultationView visit, bool moderates, DateTimeOffset now) => visit.Format != ConsultationFormat.InPerson && visit.Status switch
    {
        ConsultationStatus.InProgress => true,
        ConsultationStatus.Scheduled or ConsultationStatus.Confirmed => moderates && now >= visit.ScheduledAt - options.OpensBefore,
        _ => false,
    };

    private sealed record Room(string Provider, string Name);

    private sealed record GuestRoom(string Provider, string Name, DateTimeOffset PlannedEnd, string GuestName, string GuestRole, string Language);
}
