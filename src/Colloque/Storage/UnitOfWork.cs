using Colloque.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Colloque.Storage;

/// <summary>
/// One caller, one transaction. A verb hands its announcements here; they are made after the commit, in order, or never.
/// </summary>
public sealed class UnitOfWork(ColloqueDb db, IAnnouncer announcer)
{
    private readonly List<Announcement> announcements = [];

    /// <summary>Remembers what to announce once the transaction has been committed.</summary>
    public void Announce(Announcement announcement) => announcements.Add(announcement);

    internal async Task<T> RunAsync<T>(Caller? caller, Func<Task<T>> verb, CancellationToken cancellationToken)
    {
        T result;
        try
        {
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            if (caller is not null)
            {
                await db.Database.ExecuteSqlAsync($"select set_caller({caller.Tenant}, {caller.UserId}, {caller.Role.ToString()})", cancellationToken);
            }

            result = await verb();
            await transaction.CommitAsync(cancellationToken);
        }
        catch (Exception e) when (ColloqueDatabase.IsTransient(e) || (e.InnerException is { } inner && ColloqueDatabase.IsTransient(inner)))
        {
            throw Refusal.Unavailable();
        }

        foreach (var announcement in announcements)
        {
            announcer.Announce(announcement);
        }

        return result;
    }
}

/// <summary>
/// A verb that comes in bursts and may wait, as announcements of files do: as many at a time as there are processors. All at once they stand in front of every message, on the pool and in
/// the database.
/// </summary>
public interface IInTurn;

/// <summary>Runs verbs: a scope, its caller, its unit of work, one verb.</summary>
public sealed class Verbs(IServiceScopeFactory scopes)
{
    private static readonly SemaphoreSlim Turns = new(Math.Max(2, Environment.ProcessorCount));

    /// <summary>Runs a verb as a caller, in one transaction; its announcements follow the commit.</summary>
    /// <param name="caller">Null only where nobody is known yet (sign-in).</param>
    /// <param name="run">Calls the verb.</param>
    /// <param name="cancellationToken">Rolls back.</param>
    /// <exception cref="Refusal">What the verb refuses, or 503.</exception>
    public async Task<T> RunAsync<TVerb, T>(Caller? caller, Func<TVerb, Task<T>> run, CancellationToken cancellationToken)
        where TVerb : notnull
    {
        if (!typeof(TVerb).IsAssignableTo(typeof(IInTurn)))
        {
            return await RunNowAsync(caller, run, cancellationToken);
        }

        await Turns.WaitAsync(cancellationToken);
        try
        {
            return await RunNowAsync(caller, run, cancellationToken);
        }
        finally
        {
            Turns.Release();
        }
    }

    private async Task<T> RunNowAsync<TVerb, T>(Caller? caller, Func<TVerb, Task<T>> run, CancellationToken cancellationToken)
        where TVerb : notnull
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CallerScope>().Caller = caller;
        var verb = scope.ServiceProvider.GetRequiredService<TVerb>();
        return await scope.ServiceProvider.GetRequiredService<UnitOfWork>().RunAsync(caller, () => run(verb), cancellationToken);
    }
}

/// <summary>Holds the caller of one scope; verbs take <see cref="Caller"/> from it by injection.</summary>
public sealed class CallerScope
{
    /// <summary>Null before sign-in.</summary>
    public Caller? Caller { get; set; }

    /// <summary>The caller, where a verb must have one.</summary>
    /// <exception cref="Refusal">401.</exception>
    public Caller Required => Caller ?? throw Refusal.Unauthenticated();
}
