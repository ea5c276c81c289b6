using Colloque.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colloque.Scheduling;

/// <summary>A practitioner's own rules and settings; the tables show each their own and nobody else's.</summary>
public sealed class PracticeRows(ColloqueDb db, CallerScope scope)
{
    /// <summary>Until the end of the transaction, nobody else changes this practitioner's rules: two of them could overlap.</summary>
    internal Task LockAsync(CancellationToken cancellationToken) =>
        db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended('availability ' || {scope.Required.UserId.ToString()}, 0))", cancellationToken);

    /// <summary>All, weekly ones first. One query.</summary>
    internal async Task<List<AvailabilityRule>> RulesAsync(CancellationToken cancellationToken) =>
    [
        .. (await db.Database.SqlQuery<Row>(
            $"""
            select id "Id", kind "Kind", day_of_week "DayOfWeek", on_date "OnDate", start_minute "StartMinute", end_minute "EndMinute", slot_minutes "SlotMinutes", active "Active",
              created_at "CreatedAt", updated_at "UpdatedAt"
            from availability_rules order by on_date nulls first, day_of_week, start_minute nulls first, id
            """).ToListAsync(cancellationToken)).Select(static r => r.ToRule()),
    ];

    internal Task InsertAsync(AvailabilityRule rule, CancellationToken cancellationToken) => db.Database.ExecuteSqlAsync(
        $"""
        insert into availability_rules (id, practitioner_id, kind, day_of_week, on_date, start_minute, end_minute, slot_minutes, active, created_at, updated_at)
          values ({rule.Id}, {scope.Required.UserId}, {rule.Kind.ToString()}, {rule.DayOfWeek}, {rule.OnDate}, {rule.StartMinute}, {rule.EndMinute}, {rule.SlotMinutes}, {rule.Active},
            {rule.CreatedAt}, {rule.UpdatedAt})
        """,
        cancellationToken);

    internal Task UpdateAsync(AvailabilityRule rule, CancellationToken cancellationToken) => db.Database.ExecuteSqlAsync(
        $"""
        update availability_rules set kind = {rule.Kind.ToString()}, day_of_week = {rule.DayOfWeek}, on_date = {rule.OnDate}, start_minute = {rule.StartMinute},
          end_minute = {rule.EndMinute}, slot_minutes = {rule.SlotMinutes}, active = {rule.Active}, updated_at = {rule.UpdatedAt}
        where id = {rule.Id}
        """,
        cancellationToken);

    /// <summary>False where there is none.</summary>
    internal async Task<bool> DeleteAsync(Guid id, CancellationToken cancellationToken) =>
        await db.Database.ExecuteSqlAsync($"delete from availability_rules where id = {id}", cancellationToken) == 1;

    internal Task SaveAsync(PracticeSettings settings, DateTimeOffset now, CancellationToken cancellationToken) => db.Database.ExecuteSqlAsync(
        $"""
        insert into practice_settings (practitioner_id, slot_minutes, buffer_minutes, minimum_notice_minutes, maximum_horizon_days, cancellation_deadline_minutes, confirmation, updated_at)
          values ({scope.Required.UserId}, {settings.SlotMinutes}, {settings.BufferMinutes}, {settings.MinimumNoticeMinutes}, {settings.MaximumHorizonDays},
            {settings.CancellationDeadlineMinutes}, {settings.Confirmation.ToString()}, {now})
          on conflict (practitioner_id) do update set slot_minutes = excluded.slot_minutes, buffer_minutes = excluded.buffer_minutes,
            minimum_notice_minutes = excluded.minimum_notice_minutes, maximum_horizon_days = excluded.maximum_horizon_days,
            cancellation_deadline_minutes = excluded.cancellation_deadline_minutes, confirmation = excluded.confirmation, updated_at = excluded.updated_at
        """,
        cancellationToken);

    private sealed record Row(
        Guid Id, string Kind, int? DayOfWeek, DateOnly? OnDate, int? StartMinute, int? EndMinute, int? SlotMinutes, bool Active, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
    {
        internal AvailabilityRule ToRule() => new(Id, Enum.Parse<RuleKind>(Kind), DayOfWeek, OnDate, StartMinute, EndMinute, SlotMinutes, Active, CreatedAt, UpdatedAt);
    }
}
