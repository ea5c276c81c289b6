using Colloque.Security;
using Colloque.Storage;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Colloque.Accounts;

/// <summary>A person to be added.</summary>
/// <param name="OrganizationId">Null for operators of the platform, and for its own practitioners.</param>
/// <param name="Email">At most 254 characters; any case.</param>
/// <param name="Name">1..200 characters.</param>
/// <param name="Role">Their role.</param>
/// <param name="Language">fr, en or es.</param>
/// <param name="Title">Of a practitioner, at most 40 characters.</param>
/// <param name="Specialty">Of a practitioner, at most 80 characters.</param>
/// <param name="Password">8..256 UTF-16 units; null for someone who cannot sign in (yet).</param>
public sealed record NewUser(Guid? OrganizationId, string Email, string Name, Role Role, string Language, string? Title, string? Specialty, string? Password)
{
    /// <summary>Never the password, whatever prints this.</summary>
    public override string ToString() => nameof(NewUser);
}

/// <summary>Adds a person, whose address and place count as shown.</summary>
public sealed class CreateUser(ColloqueDb db, CallerScope scope, Passwords passwords, TimeProvider time)
{
    /// <summary>At most two statements and one password hash; answers with the person's id.</summary>
    /// <exception cref="Refusal">403 below platform admins, and to them for operators; 409 <c>email_taken</c>; 422 naming the member.</exception>
    public async Task<Guid> RunAsync(NewUser user, CancellationToken cancellationToken)
    {
        var isOperator = user.Role is Role.PlatformAdmin or Role.SuperAdmin;
        if (scope.Required.Role is not Role.SuperAdmin && (scope.Required.Role is not Role.PlatformAdmin || isOperator))
        {
            throw Refusal.Forbidden();
        }

        if (user.OrganizationId is null ? !isOperator && user.Role is not Role.Practitioner : isOperator)
        {
            throw Refusal.Invalid("organizationId");
        }

        var hash = user.Password is null ? null : await passwords.HashAsync(Passwords.Parse(user.Password), cancellationToken);
        var now = time.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        try
        {
            await db.Database.ExecuteSqlAsync(
                $"""
                insert into users (id, tenant_id, email, name, title, specialty, role, language, created_at, email_verified_at, approved_at)
                values ({id}, {user.OrganizationId}, {EmailAddress.Parse(user.Email)}, {PersonName.Parse(user.Name)}, {PersonName.ParseOptional(user.Title, "title", 40)},
                        {PersonName.ParseOptional(user.Specialty, "specialty", 80)}, {user.Role.ToString()}, {Language.Parse(user.Language)}, {now}, {now}, {now})
                """,
                cancellationToken);
        }
        catch (PostgresException e) when (e.ConstraintName == "users_email")
        {
            throw AccountRefusals.EmailTaken();
        }
        catch (PostgresException e) when (e.ConstraintName == "users_tenant_id_fkey")
        {
            throw Refusal.Invalid("organizationId");
        }

        if (hash is not null)
        {
            await FirstPassword.AddAsync(db, id, hash, now, cancellationToken);
        }

        return id;
    }
}
