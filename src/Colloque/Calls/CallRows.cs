using Colloque.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colloque.Calls;

/// <summary>A visit as its calls need it, to who has a place in it.</summary>
internal sealed record CallVisit(Guid Id, Guid TenantId, string Status, string Format, string Provider, Guid PatientId, Guid PractitionerId, CallPerson? Me)
{
    internal bool IsOver => Status is not ("Scheduled" or "Confirmed" or "InProgress");

    internal bool IsUnderWay => Status == "InProgress" && Format != "InPerson";
}

/// <summary>Reads and keeps calls, through functions that ask for the caller's place in the visit.</summary>
public sealed class CallRows(ColloqueDb db, CallerScope scope)
{
    /// <summary>One statement.</summary>
    /// <param name="id">The visit.</param>
    /// <param name="alone">Locks the visit until the commit: of moves at the same time each sees what the one before made.</param>
    /// <param name="cancellationToken">Cancels the statement.</param>
    /// <exception cref="Refusal">404: absent, or no place in it.</exception>
    internal async Task<CallVisit> VisitAsync(Guid id, bool alone, CancellationToken cancellationToken)
    {
        var rows = await db.Database.SqlQuery<VisitRow>(
            $"""
            select tenant_id "TenantId", status "Status", format "Format", provider "Provider", patient_id "PatientId", practitioner_id "PractitionerId", side "Side", name "Name"
            from call_visit({id}, {alone})
            """).ToListAsync(cancellationToken);
        if (rows is not [var row])
        {
            throw Refusal.NotFound();
        }

        var me = scope.Caller is { } caller ? new CallPerson(caller.UserId, row.Name, Enum.Parse<CallSide>(row.Side!)) : null;
        return new(id, row.TenantId, row.Status, row.Format, row.Provider, row.PatientId, row.PractitionerId, me);
    }

    /// <summary>A call of a visit, live or not; without an id the live one. One statement.</summary>
    /// <returns>Null: there is none, or no place of the caller's in it.</returns>
    internal async Task<Call?> FindAsync(Guid consultation, Guid? id, CancellationToken cancellationToken)
    {
        var rows = await db.Database.SqlQuery<Row>(
            $"""
            select id "Id", tenant_id "TenantId", media "Media", provider "Provider", state "State", caller_id "CallerId", caller_name "CallerName", caller_side "CallerSide",
              patient_id "PatientId", practitioner_id "PractitionerId", started_at "StartedAt", accepted_at "AcceptedAt", connected_at "ConnectedAt", ended_at "EndedAt",
              end_reason "EndReason", revision "Revision", come "Come", peer_id "PeerId", user_id "UserId", name "Name", side "Side", device "Device", position "Position",
              joined_at "JoinedAt", seen_at "SeenAt"
            from call_rows({consultation}, {id})
            """).ToListAsync(cancellationToken);
        return rows.Count == 0 ? null : rows[0].ToCall(consultation, rows);
    }

    /// <summary>Keeps what a move made. One statement.</summary>
    /// <exception cref="Refusal">409 <c>consultation_not_in_progress</c>, <c>call_over</c>: it may not be any more.</exception>
    internal async Task KeepAsync(CallStep step, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var c = step.Call;
        var kept = await db.Database.SqlQuery<bool>(
            $"""
            select call_keep({c.Id}, {c.ConsultationId}, {c.Media.ToString()}, {c.State.ToString()}, {c.Caller.UserId}, {c.StartedAt}, {c.AcceptedAt}, {c.ConnectedAt}, {c.EndedAt},
              {c.End?.ToString()}, {c.Revision}, {c.Come}, {c.Members.Select(static m => m.PeerId).ToArray()}, {c.Members.Select(static m => m.Person.UserId).ToArray()},
              {c.Members.Select(static m => m.Device).ToArray()}, {c.Members.Select(static m => m.Order).ToArray()},
              {step.Notes.Select(static n => n.Type).ToArray()}, {step.Notes.Select(static n => n.Detail).ToArray()}, {now}) as "Value"
            """).SingleAsync(cancellationToken);
        if (!kept)
        {
            throw Consultations.ConsultationRefusals.NotInProgress();
        }
    }

    /// <summary>Whom a call from one side rings for. One statement.</summary>
    internal Task<List<RungPerson>> RungAsync(Guid consultation, CallSide from, CancellationToken cancellationToken) =>
        db.Database.SqlQuery<RungPerson>($"""select user_id "UserId", silent "Silent" from call_rung({consultation}, {from.ToString()})""").ToListAsync(cancellationToken);

    private sealed record VisitRow(Guid TenantId, string Status, string Format, string Provider, Guid PatientId, Guid PractitionerId, string? Side, string Name);

    private sealed record Row(
        Guid Id, Guid TenantId, string Media, string Provider, string State, Guid CallerId, string CallerName, string CallerSide, Guid PatientId, Guid PractitionerId,
        DateTimeOffset StartedAt, DateTimeOffset? AcceptedAt, DateTimeOffset? ConnectedAt, DateTimeOffset? EndedAt, string? EndReason, int Revision, int Come,
        Guid? PeerId, Guid? UserId, string? Name, string? Side, string? Device, int? Position, DateTimeOffset? JoinedAt, DateTimeOffset? SeenAt)
    {
        internal Call ToCall(Guid consultation, List<Row> rows) => new(
            Id, consultation, TenantId, PatientId, PractitionerId, Enum.Parse<CallMedia>(Media), Provider, Enum.Parse<CallState>(State),
            new(CallerId, CallerName, Enum.Parse<CallSide>(CallerSide)), StartedAt)
        {
            AcceptedAt = AcceptedAt,
            ConnectedAt = ConnectedAt,
            EndedAt = EndedAt,
            End = EndReason is null ? null : Enum.Parse<CallEnd>(EndReason),
            Revision = Revision,
            Come = Come,
            Members = [.. rows.Where(static r => r.PeerId is not null).Select(static r => r.ToMember())],
        };

        private CallMember ToMember() => new(
            PeerId!.Value, new(UserId!.Value, Name ?? "", Enum.Parse<CallSide>(Side!)), Device!, Position!.Value, JoinedAt!.Value, SeenAt!.Value);
    }
}
