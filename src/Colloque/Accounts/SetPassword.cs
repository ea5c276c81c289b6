using Colloque.Security;
using Colloque.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colloque.Accounts;

/// <summary>Gives a person who has no password their first.</summary>
public sealed class SetPassword(ColloqueDb db, CallerScope scope, Passwords passwords, TimeProvider time)
{
    /// <summary>One statement and one password hash.</summary>
    /// <exception cref="Refusal">403 below super-admins; 404 no such person; 409 <c>password_set</c>: they have one; 422 <c>password</c>.</exception>
    public async Task<bool> RunAsync(Guid userId, string password, CancellationToken cancellationToken)
    {
        if (scope.Required.Role is not Role.SuperAdmin)
        {
            throw Refusal.Forbidden();
        }

        var hash = await passwords.HashAsync(Passwords.Parse(password), cancellationToken);
        await FirstPassword.AddAsync(db, userId, hash, time.GetUtcNow(), cancellationToken);
        return true;
    }
}
