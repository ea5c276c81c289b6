using Colloque.Security;
using Colloque.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colloque.Notifications;

/// <summary>Puts one of the caller's notices away: no list has it any more, and it counts as read.</summary>
public sealed class RemoveNotice(ColloqueDb db, CallerScope scope, TimeProvider time)
{
    /// <summary>One statement.</summary>
    /// <exception cref="Refusal">404: absent, put away before, or another's.</exception>
    public async Task<bool> RunAsync(Guid id, CancellationToken cancellationToken)
    {
        var (me, now) = (scope.Required.UserId, time.GetMoment());
        var gone = await db.Database.ExecuteSqlAsync(
            $"update notifications set removed_at = {now}, read_at = coalesce(read_at, {now}) where id = {id} and user_id = {me} and removed_at is null", cancellationToken);
        return gone == 1 ? true : throw Refusal.NotFound();
    }
}
