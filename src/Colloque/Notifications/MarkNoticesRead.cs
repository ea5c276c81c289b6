using Colloque.Security;
using Colloque.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colloque.Notifications;

/// <summary>Marks the caller's notices as read. Those read already keep their time.</summary>
public sealed class MarkNoticesRead(ColloqueDb db, CallerScope scope, TimeProvider time)
{
    /// <summary>One of them. One statement; answers with 1.</summary>
    /// <exception cref="Refusal">404: absent, or another's.</exception>
    public async Task<int> RunAsync(Guid id, CancellationToken cancellationToken)
    {
        var me = scope.Required.UserId;
        var read = await db.Database.ExecuteSqlAsync($"update notifications set read_at = coalesce(read_at, {time.GetMoment()}) where id = {id} and user_id = {me}", cancellationToken);
        return read == 0 ? throw Refusal.NotFound() : read;
    }

    /// <summary>All of them. One statement; answers with how many.</summary>
    public Task<int> AllAsync(CancellationToken cancellationToken) =>
        db.Database.ExecuteSqlAsync($"update notifications set read_at = {time.GetMoment()} where user_id = {scope.Required.UserId} and read_at is null", cancellationToken);
}
