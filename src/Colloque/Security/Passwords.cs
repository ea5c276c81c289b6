using System.Globalization;

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
    /// <summary>Characters (code points) of a password that is set, at least.</summary>
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
    /// <param name="password">As typed. Measured, compared and hashed composed: see <see cref="AsCompared"/>.</param>
    /// <param name="field">The member to name.</param>
    /// <param name="personal">The person's address and names, where known: they are tried first too.</param>
    /// <exception cref="Refusal">422 <paramref name="field"/>: <c>required</c>, <c>too_short</c>, <c>too_long</c>, <c>too_common</c>.</exception>
    public static string Parse(string? password, string field = "password", params ReadOnlySpan<string?> personal)
    {
        if (string.IsNullOrEmpty(password))
        {
            throw Refusal.Invalid(field, "required");
        }

        if (IsTooLong(password))
        {
            throw Refusal.Invalid(field, "too_long");
        }

        var compared = AsCompared(password);
        return compared.EnumerateRunes().Count() < MinLength ? throw Refusal.Invalid(field, "too_short")
            : CommonPasswords.Contains(compared, personal) ? throw Refusal.Invalid(field, "too_common")
            : compared;
    }

    /// <summary>Longer than <see cref="MaxLength"/> as it is compared; what is four times as long before is not looked at.</summary>
    public static bool IsTooLong(string password) => password.Length > 4 * MaxLength || AsCompared(password).Length > MaxLength;

    /// <summary>The hash to store, with its salt and cost.</summary>
    /// <exception cref="Refusal">503: too many wait already.</exception>
    public Task<string> HashAsync(string password, CancellationToken cancellationToken) => InTurnAsync(() => Hash(AsCompared(password)), cancellationToken);

    /// <summary>Compares.</summary>
    /// <param name="hash">Null where there is no such account: the same work is done, so that the time tells nothing.</param>
    /// <param name="password">At most <see cref="MaxLength"/> units.</param>
    /// <param name="cancellationToken">Leaves the queue.</param>
    /// <exception cref="Refusal">503: too many wait already.</exception>
    public async Task<PasswordVerdict> VerifyAsync(string? hash, string password, CancellationToken cancellationToken)
    {
        var verdict = await InTurnAsync(() => Verify(hash ?? DummyHash, AsCompared(password)), cancellationToken);
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

    /// <summary>
    /// One password is one, whatever typed it (RFC 8265, OpaqueString): composed, because a Mac sends é in two parts and Windows in one; and
    /// every kind of space the plain one, because some keyboards make another.
    /// </summary>
    private static string AsCompared(string password) =>
        new([.. ComposedText.Of(password).Select(static c => char.GetUnicodeCategory(c) == UnicodeCategory.SpaceSeparator ? ' ' : c)]);

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
