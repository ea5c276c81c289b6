using Colloque.Consultations;
using Colloque.Security;
using Colloque.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colloque.Teleconsultation;

/// <summary>A visit with its room and the caller's own token, in one row.</summary>
internal sealed record SessionRow(
    Guid Id, string VisitStatus, string Format, DateTimeOffset PlannedEnd, Guid PractitionerId, string Provider, string? RoomName, DateTimeOffset? ClosedAt,
    string? Status, DateTimeOffset? StartedAt, DateTimeOffset? EndedAt, Guid? TokenId, byte[]? TokenSealed, DateTimeOffset? TokenExpiresAt)
{
    internal bool IsOver => VisitStatus is nameof(ConsultationStatus.Completed) or nameof(ConsultationStatus.Cancelled) or nameof(ConsultationStatus.NoShow);

    internal bool IsInProgress => VisitStatus == nameof(ConsultationStatus.InProgress);

    internal bool IsRemote => Format != nameof(ConsultationFormat.InPerson);

    internal TeleconsultationView ToView() => new(
        Id,
        IsOver ? SessionStatus.Ended : Status is null ? SessionStatus.Pending : Enum.Parse<SessionStatus>(Status),
        Provider,
        IsInProgress ? RoomName : null,
        StartedAt,
        EndedAt ?? (IsOver ? ClosedAt : null),
        TokenExpiresAt);
}

/// <summary>What the verbs of the remote room share: its row, its tokens, and what happened, under the caller's policies.</summary>
public sealed class TeleconsultationRows(ColloqueDb db, KeyRing keys, JoinTokens tokens, ConsultationLife life, CallerScope scope, TeleconsultationSettings settings)
{
    private DateTimeOffset Now => life.Now;

    /// <summary>A remote visit of the caller's. One query.</summary>
    /// <exception cref="Refusal">403 administrators; 404; 409 <c>not_remote</c>.</exception>
    internal async Task<SessionRow> OneAsync(Guid id, CancellationToken cancellationToken)
    {
        scope.Required.RequireClinical();
        var rows = await db.Database.SqlQuery<SessionRow>(
            $"""
            select c.id "Id", c.status "VisitStatus", c.format "Format", c.ends_at "PlannedEnd", c.practitioner_id "PractitionerId", c.video_provider "Provider",
              c.room_name "RoomName", c.closed_at "ClosedAt", s.status "Status", s.started_at "StartedAt", s.ended_at "EndedAt",
              t.id "TokenId", t.sealed "TokenSealed", t.expires_at "TokenExpiresAt"
            from consultations c
              left join teleconsultation_sessions s on s.consultation_id = c.id
              left join teleconsultation_tokens t on t.consultation_id = c.id and t.user_id = current_user_id() and t.expires_at > {Now}
            where c.id = {id}
            """).ToListAsync(cancellationToken);
        if (rows.Count == 0)
        {
            throw Refusal.NotFound();
        }

        return rows[0].IsRemote ? rows[0] : throw TeleconsultationRefusals.NotRemote();
    }

    /// <summary>Makes the room's row where there is none; true for the one call that did.</summary>
    internal async Task<bool> OpenAsync(Guid id, CancellationToken cancellationToken) =>
        await db.Database.ExecuteSqlAsync(
            $"""
            insert into teleconsultation_sessions (consultation_id, tenant_id, status, created_at)
              select c.id, c.tenant_id, 'Pending', {Now} from consultations c where c.id = {id} on conflict do nothing
            """,
            cancellationToken) == 1;

    /// <summary>Pending becomes Live with the first who comes. Two who come at once go on one after the other from here.</summary>
    internal Task GoLiveAsync(Guid id, CancellationToken cancellationToken) => db.Database.ExecuteSqlAsync(
        $"""
        insert into teleconsultation_sessions as s (consultation_id, tenant_id, status, created_at, started_at)
          select c.id, c.tenant_id, 'Live', {Now}, {Now} from consultations c where c.id = {id}
          on conflict (consultation_id) do update set status = 'Live', started_at = {Now} where s.status = 'Pending'
        """,
        cancellationToken);

    /// <summary>The caller's token: the one that still works, or a new one, with which the one before stops working.</summary>
    /// <exception cref="Refusal">409 <c>outside_window</c>.</exception>
    internal async Task<string> TokenAsync(SessionRow row, CancellationToken cancellationToken)
    {
        var caller = scope.Required;
        var ring = await keys.OfConversationAsync(db, row.Id, cancellationToken);
        if (row is { TokenId: { } known, TokenSealed: { } record })
        {
            return System.Text.Encoding.ASCII.GetString(ContentCipher.Open(ring.For(record), record, Place(ring, row.Id, known)));
        }

        var expires = Earlier(Now + settings.TokenLifetime, WindowEnd(row.PlannedEnd, row.IsInProgress));
        if (expires <= Now)
        {
            throw TeleconsultationRefusals.OutsideWindow();
        }

        var (id, token) = (Guid.CreateVersion7(Now), JoinTokens.New());
        var sealedToken = ContentCipher.Seal(ring.Current, token, Place(ring, row.Id, id));
        await db.Database.ExecuteSqlAsync(
            $"""
            insert into teleconsultation_tokens (id, consultation_id, user_id, tenant_id, hash, sealed, issued_at, expires_at)
              values ({id}, {row.Id}, {caller.UserId}, {ring.TenantId}, {tokens.Hash(token)}, {sealedToken}, {Now}, {expires})
              on conflict (consultation_id, user_id) do update set id = excluded.id, hash = excluded.hash, sealed = excluded.sealed,
                issued_at = excluded.issued_at, expires_at = excluded.expires_at
            """,
            cancellationToken);
        return token;
    }

    /// <summary>The caller's token works no longer.</summary>
    internal async Task LeaveAsync(Guid id, CancellationToken cancellationToken)
    {
        if (await db.Database.ExecuteSqlAsync($"delete from teleconsultation_tokens where consultation_id = {id} and user_id = {scope.Required.UserId}", cancellationToken) == 1)
        {
            await life.RecordAsync(id, "Left", null, cancellationToken);
        }
    }

    /// <summary>Until when there is a way in: the planned end and some time, or, of a visit that goes on beyond it, some time from now.</summary>
    internal DateTimeOffset WindowEnd(DateTimeOffset plannedEnd, bool inProgress) => (inProgress && plannedEnd < Now ? Now : plannedEnd) + settings.Grace;

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;

    private SealedPlace Place(ConversationKeys ring, Guid id, Guid tokenId) => new("teleconsultation_tokens.sealed", ring.TenantId, id, tokenId, scope.Required.UserId, 1);
}
