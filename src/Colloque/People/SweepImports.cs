using Colloque.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colloque.People;

/// <summary>Ends lists whose sender or process went away, and forgets those of long ago.</summary>
public sealed class SweepImports(ColloqueDb db, TimeProvider time)
{
    /// <summary>A list that has not moved for so long is over.</summary>
    public static readonly TimeSpan IdleFor = TimeSpan.FromMinutes(3);

    /// <summary>How long what became of a list is remembered.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(30);

    /// <summary>One statement.</summary>
    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        var now = time.GetMoment();
        await db.Database.ExecuteSqlAsync($"select employees_sweep_imports({now - IdleFor}, {now - KeptFor}, {now})", cancellationToken);
        return true;
    }
}
