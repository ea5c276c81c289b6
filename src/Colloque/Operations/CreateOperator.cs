using Colloque.Accounts;
using Colloque.Security;
using Colloque.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colloque.Operations;

/// <summary>Adds an administrator of the platform, with a link that sets their first password. For the command line: no route leads here.</summary>
public sealed class CreateOperator(ColloqueDb db, CreateUser create, CallerScope scope, TimeProvider time)
{
    /// <summary>Three statements; answers with the link's token, good once and for 24 hours.</summary>
    /// <param name="email">Theirs.</param>
    /// <param name="name">1..200 characters.</param>
    /// <param name="role"><see cref="Role.SuperAdmin"/> or <see cref="Role.PlatformAdmin"/>.</param>
    /// <param name="language">fr, en or es.</param>
    /// <param name="cancellationToken">Rolls back.</param>
    /// <exception cref="Refusal">403 below super-admins; 409 <c>email_taken</c>; 422 naming the member.</exception>
    public async Task<OpaqueToken> RunAsync(string email, string name, Role role, string language, CancellationToken cancellationToken)
    {
        if (scope.Required.Role is not Role.SuperAdmin)
        {
            throw Refusal.Forbidden();
        }

        if (role is not (Role.SuperAdmin or Role.PlatformAdmin))
        {
            throw Refusal.Invalid("role");
        }

        var person = await create.RunAsync(new(null, email, name, role, language, null, null, null), cancellationToken);
        var token = OpaqueToken.New();
        var now = time.GetUtcNow();
        var linked = await db.Database.SqlQuery<bool>($"""select accounts_link_operator({token.Hash}, {person}, {now}, {now + FirstAdmin.LinkLifetime}) as "Value" """).ToListAsync(cancellationToken);
        return linked[0] ? token : throw Refusal.NotFound();
    }
}
