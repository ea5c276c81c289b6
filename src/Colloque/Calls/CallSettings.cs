using Colloque.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colloque.Calls;

/// <summary>Shows how one wants to be called.</summary>
public sealed class SeeCallSettings(ColloqueDb db, CallerScope scope)
{
    /// <summary>One query; true: without a sound.</summary>
    /// <exception cref="Refusal">403 administrators.</exception>
    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        var me = scope.Required.RequireClinical().UserId;
        return await db.Database.SqlQuery<bool>($"select exists (select from call_settings where user_id = {me} and do_not_disturb) as \"Value\"").SingleAsync(cancellationToken);
    }
}

/// <summary>Sets how one wants to be called, on all devices.</summary>
public sealed class SetCallSettings(ColloqueDb db, CallerScope scope, TimeProvider time)
{
    /// <summary>One statement.</summary>
    /// <exception cref="Refusal">403 administrators; 422 <c>doNotDisturb</c>.</exception>
    public async Task<bool> RunAsync(bool? doNotDisturb, CancellationToken cancellationToken)
    {
        var me = scope.Required.RequireClinical().UserId;
        var wanted = doNotDisturb ?? throw Refusal.Invalid("doNotDisturb", "required");
        await db.Database.ExecuteSqlAsync(
            $"""
            insert into call_settings (user_id, do_not_disturb, updated_at) values ({me}, {wanted}, {time.GetMoment()})
              on conflict (user_id) do update set do_not_disturb = excluded.do_not_disturb, updated_at = excluded.updated_at
            """,
            cancellationToken);
        return wanted;
    }
}
