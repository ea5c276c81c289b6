using Colloque.Storage;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Colloque.Accounts;

/// <summary>Stores the first hash of a person; a later one has to know the one before.</summary>
internal static class FirstPassword
{
    /// <exception cref="Refusal">404, 409.</exception>
    internal static async Task AddAsync(ColloqueDb db, Guid userId, string hash, DateTimeOffset now, CancellationToken cancellationToken)
    {
        try
        {
            await db.Database.ExecuteSqlAsync($"insert into credentials (user_id, password_hash, changed_at) values ({userId}, {hash}, {now})", cancellationToken);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            throw AccountRefusals.PasswordSet();
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.ForeignKeyViolation)
        {
            throw Refusal.NotFound();
        }
    }
}
