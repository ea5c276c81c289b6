using Colloque.Security;
using Colloque.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colloque.Conversations;

/// <summary>Who stands in for a practitioner.</summary>
/// <param name="UserId">The deputy, a practitioner.</param>
/// <param name="Name">As they are called.</param>
/// <param name="AfterMinutes">How long an urgent message waits for the practitioner before it climbs to the deputy.</param>
public sealed record Deputy(Guid UserId, string Name, int AfterMinutes);

/// <summary>A practitioner names who is asked when an urgent message finds nobody.</summary>
public sealed class NameDeputy(ColloqueDb db, CallerScope scope, TimeProvider time)
{
    /// <summary>The caller's deputy; null for none.</summary>
    /// <exception cref="Refusal">403 all but practitioners.</exception>
    public async Task<Deputy?> FindAsync(CancellationToken cancellationToken)
    {
        var caller = RequirePractitioner();
        var rows = await db.Database.SqlQuery<Deputy>(
            $"""select user_id "UserId", name "Name", after_minutes "AfterMinutes" from own_deputy()""").ToListAsync(cancellationToken);
        return rows is [var one] && one.UserId != caller.UserId ? one : null;
    }

    /// <summary>Names one, or with null none any more.</summary>
    /// <exception cref="Refusal">403 all but practitioners; 422 <c>deputyId</c> nobody of the caller's directory, <c>afterMinutes</c> 1..1440.</exception>
    public async Task<Deputy?> NameAsync(Guid? deputy, int afterMinutes, CancellationToken cancellationToken)
    {
        var caller = RequirePractitioner();
        if (deputy is not { } person)
        {
            await db.Database.ExecuteSqlAsync($"delete from deputies where practitioner_id = {caller.UserId}", cancellationToken);
            return null;
        }

        if (afterMinutes is < 1 or > 1440)
        {
            throw Refusal.Invalid("afterMinutes");
        }

        if (!await db.Database.SqlQuery<bool>($"select is_deputy({person}) as \"Value\"").SingleAsync(cancellationToken))
        {
            throw Refusal.Invalid("deputyId");
        }

        await db.Database.ExecuteSqlAsync(
            $"""
            insert into deputies (practitioner_id, deputy_id, after_minutes, updated_at) values ({caller.UserId}, {person}, {afterMinutes}, {time.GetMoment()})
              on conflict (practitioner_id) do update set deputy_id = excluded.deputy_id, after_minutes = excluded.after_minutes, updated_at = excluded.updated_at
            """,
            cancellationToken);
        return await FindAsync(cancellationToken);
    }

    private Caller RequirePractitioner() => scope.Required is { Role: Role.Practitioner } caller ? caller : throw Refusal.Forbidden();
}
