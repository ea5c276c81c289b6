namespace Colloque.Security;

/// <summary>How a password compares to a stored hash.</summary>
public enum PasswordVerdict
{
    /// <summary>Not this one.</summary>
    Failed,

    /// <summary>This one.</summary>
    Ok,

    /// <summary>This one, and its hash was made with less work than we ask for today.</summary>
    OkNeedsRehash,
}

/// <summary>
/// Hashes and checks passwords: slow by design, so at most <see cref="AtOnce"/> at a time and a bounded number in the queue; a storm
/// of sign-ins must not take the processor from those who talk. Nothing is truncated.
/// </summary>
public abstract class Passwords : IDisposable
{
    /// <summary>UTF-16 units of a password that is set, at least.</summary>
    public const int MinLength = 8;

    /// <summary>UTF-16 units of any password, at most.</summary>
    public const int MaxLength = 256;

    /// <summary>How many may wait; the next one is refused.</summary>
    public const int MostWaiting = 64;

    /// <summary>How many run at once.</summary>
    public static readonly int AtOnce = Math.Clamp(Environment.ProcessorCount / 2, 1, 2);

    private readonly SemaphoreSlim turns = new(AtOnce);
    private int inside;

    /// <summary>A new password, checked: long enough, and not one of those that are tried first (NIST SP 800-63B-4, 3.1.1.2). No rule about kinds of characters.</summary>
    /// <param name="password">As typed.</param>
    /// <param name="field">The member to name.</param>
    /// <param name="personal">The person's address and names, where known: they are tried first too.</param>
    /// <exception cref="Refusal">422 <paramref name="field"/>: <c>required</c>, <c>too_short</c>, <c>too_long</c>, <c>too_common</c>.</exception>
    public static string Parse(string? password, string field = "password", params ReadOnlySpan<string?> personal) => password switch
    {
        null or "" => throw Refusal.Invalid(field, "required"),
        { Length: < MinLength } => throw Refusal.Invalid(field, "too_short"),
        { Length: > MaxLength } => throw Refusal.Invalid(field, "too_long"),
        _ => CommonPasswords.Contains(password, personal) ? throw Refusal.Invalid(field, "too_common") : password,
    };

    /// <summary>The hash to store, with its salt and cost.</summary>
    /// <exception cref="Refusal">503: too many wait already.</exception>
    public Task<string> HashAsync(string password, CancellationToken cancellationToken) => InTurnAsync(() => Hash(password), cancellationToken);

    /// <summary>Compares.</summary>
    /// <param name="hash">Null where there is no such account: the same work is done, so that the time tells nothing.</param>
    /// <param name="password">At most <see cref="MaxLength"/> units.</param>
    /// <param name="cancellationToken">Leaves the queue.</param>
    /// <exception cref="Refusal">503: too many wait already.</exception>
    public async Task<PasswordVerdict> VerifyAsync(string? hash, string password, CancellationToken cancellationToken)
    {
        var verdict = await InTurnAsync(() => Verify(hash ?? DummyHash, password), cancellationToken);
        return hash is null ? PasswordVerdict.Failed : verdict;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        turns.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>A hash of today's cost that no password has.</summary>
    protected abstract string DummyHash { get; }

    /// <summary>Hashes, on this thread.</summary>
    protected abstract string Hash(string password);

    /// <summary>Compares, on this thread.</summary>
    protected abstract PasswordVerdict Verify(string hash, string password);

    private async Task<T> InTurnAsync<T>(Func<T> work, CancellationToken cancellationToken)
    {
        if (Interlocked.Increment(ref inside) > AtOnce + MostWaiting)
        {
            Interlocked.Decrement(ref inside);
            throw new Refusal(RefusalKind.Unavailable, "unavailable", retryAfter: TimeSpan.FromSeconds(5));
        }

        try
        {
            await turns.WaitAsync(cancellationToken);
            try
            {
                return work();
            }
            finally
            {
                turns.Release();
            }
        }
        finally
        {
            Interlocked.Decrement(ref inside);
        }
    }
}
