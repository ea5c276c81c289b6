using System.Collections.Concurrent;
using Colloque.Storage;
using Microsoft.Extensions.Logging;

namespace Colloque.Security;

/// <summary>Says which sign-in ended.</summary>
/// <param name="signInId">The <c>sid</c> of its tokens.</param>
public sealed class SignInRevokedEventArgs(Guid signInId) : EventArgs
{
    /// <summary>The <c>sid</c> of its tokens.</summary>
    public Guid SignInId { get; } = signInId;
}

/// <summary>
/// Knows which sign-ins live, without asking the database each time: the first sight of one looks it up (all that arrive meanwhile
/// share the next look-up), then <see cref="SweepAsync"/> asks for all that are in use in one query every <see cref="SweepEvery"/>.
/// A sign-out, a stolen refresh token, a deactivated person or a raised security version is thus felt everywhere within
/// <see cref="GoodFor"/>, and nothing is believed for longer than that when the database does not answer.
/// </summary>
public sealed partial class SignInWatch
{
    /// <summary>How often the sweep runs.</summary>
    public static readonly TimeSpan SweepEvery = TimeSpan.FromSeconds(2);

    /// <summary>How old a state may be to be believed.</summary>
    public static readonly TimeSpan GoodFor = TimeSpan.FromSeconds(5);

    private readonly ReadSignInStates read;
    private readonly TimeProvider time;
    private readonly ILogger<SignInWatch> logger;
    private readonly SignInLookUps lookUps;

    /// <summary>Entries are of sign-ins that a good signature named, until their tokens end: strangers cannot fill it.</summary>
    private readonly ConcurrentDictionary<Guid, Watched> watched = new();

    /// <summary>Watches the sign-ins of a database.</summary>
    public SignInWatch(ColloqueDatabase database, TimeProvider time, ILogger<SignInWatch> logger)
        : this(SignInStates.From(database), time, logger)
    {
    }

    internal SignInWatch(ReadSignInStates read, TimeProvider time, ILogger<SignInWatch> logger)
    {
        (this.read, this.time, this.logger) = (read, time, logger);
        lookUps = new(read);
    }

    /// <summary>A sign-in ended, or its person's rights changed: whatever its tokens opened closes. Raised once, on any thread; handlers must not wait.</summary>
    public event EventHandler<SignInRevokedEventArgs>? Revoked;

    /// <summary>How many sign-ins are watched.</summary>
    internal int Count => watched.Count;

    /// <summary>Whether a token's sign-in lives, at the security version the token was issued with.</summary>
    /// <param name="signInId">From a token whose signature holds.</param>
    /// <param name="securityVersion">From the same.</param>
    /// <param name="until">The token's end: until then the sweep keeps an eye on the sign-in, for the sockets that were opened with it.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="Refusal">503: no answer from the database, and nothing fresh enough to go by.</exception>
    public ValueTask<bool> IsLiveAsync(Guid signInId, int securityVersion, DateTimeOffset until, CancellationToken cancellationToken)
    {
        if (watched.TryGetValue(signInId, out var entry) && entry.Seen is { } seen)
        {
            entry.Extend(until);
            if (!seen.State.Live)
            {
                // What has ended does not come back: nobody makes the database work with a dead token.
                return new(false);
            }

            // A newer version than the one known was given a moment ago: worth a look.
            if (time.GetElapsedTime(seen.At) <= GoodFor && securityVersion <= seen.State.SecurityVersion)
            {
                return new(securityVersion == seen.State.SecurityVersion);
            }
        }

        return LookUpAsync(signInId, securityVersion, until, cancellationToken);
    }

    /// <summary>Ends a sign-in at once in this process; the database has been told. Other nodes see it at their next sweep.</summary>
    public void Revoke(Guid signInId)
    {
        var entry = watched.GetOrAdd(signInId, static (_, now) => new Watched(now + AccessTokens.DefaultLifetime), time.GetUtcNow());
        if (entry.Set(new(signInId, 0, Live: false), time.GetTimestamp()))
        {
            Raise(signInId);
        }
    }

    /// <summary>Asks for all sign-ins in use, in one query, and tells of those that ended. Forgets those whose tokens have.</summary>
    /// <exception cref="Refusal">503.</exception>
    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var ids = new List<Guid>(watched.Count);
        foreach (var (id, entry) in watched)
        {
            if (entry.Until <= now)
            {
                watched.TryRemove(id, out _);
            }
            else if (entry.Seen is not { State.Live: false })
            {
                ids.Add(id);
            }
        }

        if (ids.Count == 0)
        {
            return;
        }

        // Taken before the question: an answer is as old as its asking.
        var asked = time.GetTimestamp();
        var states = (await read([.. ids], cancellationToken)).ToDictionary(static s => s.SignInId);
        foreach (var id in ids)
        {
            Learn(id, states.TryGetValue(id, out var state) ? state : new(id, 0, Live: false), asked, now);
        }
    }

    /// <summary>Sweeps until cancelled. A sweep that fails is noted and the next one tries again.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(SweepEvery, time);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            try
            {
                await SweepAsync(cancellationToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                LogSweepFailed(logger, e.GetType().Name);
            }
        }
    }

    private async ValueTask<bool> LookUpAsync(Guid signInId, int securityVersion, DateTimeOffset until, CancellationToken cancellationToken)
    {
        var asked = time.GetTimestamp();
        var state = await lookUps.FindAsync(signInId, cancellationToken);
        Learn(signInId, state, asked, until);
        return state.Live && state.SecurityVersion == securityVersion;
    }

    private void Learn(Guid signInId, SignInState state, long asked, DateTimeOffset until)
    {
        var entry = watched.GetOrAdd(signInId, static (_, until) => new Watched(until), until);
        entry.Extend(until);
        if (entry.Set(state, asked))
        {
            Raise(signInId);
        }
    }

    private void Raise(Guid signInId)
    {
        foreach (var close in Delegate.EnumerateInvocationList(Revoked))
        {
            try
            {
                close(this, new(signInId));
            }
            catch (Exception e)
            {
                LogCloseFailed(logger, signInId, e.GetType().Name);
            }
        }
    }

    [LoggerMessage(30, LogLevel.Warning, "Sign-ins could not be checked ({Kind})")]
    private static partial void LogSweepFailed(ILogger logger, string kind);

    [LoggerMessage(31, LogLevel.Error, "Closing what sign-in {SignInId} had open failed ({Kind})")]
    private static partial void LogCloseFailed(ILogger logger, Guid signInId, string kind);

    private sealed class Watched(DateTimeOffset until)
    {
        private readonly Lock gate = new();
        private long untilTicks = until.UtcTicks;
        private volatile Sighting? seen;

        /// <summary>Null until the first answer.</summary>
        public Sighting? Seen => seen;

        public DateTimeOffset Until => new(Volatile.Read(ref untilTicks), TimeSpan.Zero);

        public void Extend(DateTimeOffset until)
        {
            for (var now = Volatile.Read(ref untilTicks); now < until.UtcTicks;)
            {
                var before = Interlocked.CompareExchange(ref untilTicks, until.UtcTicks, now);
                now = before == now ? until.UtcTicks : before;
            }
        }

        /// <summary>True when this ends something: what was live (or not yet known) is not, or not with the same rights.</summary>
        public bool Set(SignInState state, long asked)
        {
            lock (gate)
            {
                // What has ended stays so, and an answer that was asked for before the last one says nothing new.
                if (seen is { } before && (!before.State.Live || asked < before.At))
                {
                    return false;
                }

                var ends = !state.Live || (seen is { } was && was.State.SecurityVersion != state.SecurityVersion);
                seen = new(state, asked);
                return ends;
            }
        }
    }

    /// <summary>A state, and when (on the monotonic clock) it was asked for.</summary>
    private sealed record Sighting(SignInState State, long At);
}
