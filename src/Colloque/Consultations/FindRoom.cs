using Colloque.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colloque.Consultations;

/// <summary>The name of a room that somebody has to leave, for the server itself.</summary>
public sealed class FindRoom(ColloqueDb db)
{
    /// <summary>One query, as nobody.</summary>
    /// <param name="id">The visit.</param>
    /// <param name="person">Who has to go; null: everyone, for the visit is over.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    /// <returns>Null where there is no room, or they may be in it; and for every caller.</returns>
    public Task<string?> RunAsync(Guid id, Guid? person, CancellationToken cancellationToken)
    {
        var all = person is null;
        return db.Database.SqlQuery<string?>($"select room_of({id}, case when not {all} then {person ?? Guid.Empty} end) as \"Value\"").SingleAsync(cancellationToken);
    }
}
