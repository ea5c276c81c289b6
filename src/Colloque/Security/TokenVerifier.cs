using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Colloque.Security;

/// <summary>A caller whose token holds, now.</summary>
/// <param name="Caller">Who.</param>
/// <param name="ExpiresAt">When the token ends; a socket that was opened with it ends then too.</param>
/// <param name="Restricted">A second factor is still to be set up: good for that alone.</param>
public sealed record VerifiedToken(Caller Caller, DateTimeOffset ExpiresAt, bool Restricted = false)
{
    /// <summary>The caller, of a sign-in that lacks nothing.</summary>
    /// <exception cref="Refusal">403 <c>second_factor_setup_required</c>.</exception>
    public Caller Whole => Restricted ? throw new Refusal(RefusalKind.Forbidden, "second_factor_setup_required") : Caller;
}

/// <summary>
/// Says who a token speaks for. A signature costs some 70 microseconds to verify, so that a good one is remembered by the token's
/// SHA-256 until it ends; whether its sign-in still lives is asked of <see cref="SignInWatch"/> each time.
/// </summary>
public sealed class TokenVerifier(AccessTokens tokens, SignInWatch watch, TimeProvider time)
{
    /// <summary>How many good tokens are remembered.</summary>
    public const int Capacity = 50_000;

    private readonly ConcurrentDictionary<Digest, Entry> known = new();

    /// <summary>How many tokens are remembered now.</summary>
    internal int Count => known.Count;

    /// <summary>The caller of a token.</summary>
    /// <exception cref="Refusal">401 for every flaw alike; 503 when the sign-in cannot be looked up.</exception>
    public ValueTask<VerifiedToken> VerifyAsync(string token, CancellationToken cancellationToken)
    {
        var entry = Find(token) ?? throw Refusal.Unauthenticated();
        var live = watch.IsLiveAsync(entry.Claims.Caller.SignInId, entry.Claims.SecurityVersion, entry.Claims.ExpiresAt, cancellationToken);
        return live.IsCompletedSuccessfully ? new(live.Result ? entry.Verified : throw Refusal.Unauthenticated()) : WaitAsync(live, entry.Verified);
    }

    private static async ValueTask<VerifiedToken> WaitAsync(ValueTask<bool> live, VerifiedToken verified) =>
        await live ? verified : throw Refusal.Unauthenticated();

    private Entry? Find(string token)
    {
        if (token.Length is 0 or > Jws.MaxLength || !Ascii.IsValid(token))
        {
            return null;
        }

        var now = time.GetUtcNow();
        var digest = Digest.Of(token);
        if (known.TryGetValue(digest, out var entry))
        {
            return entry.Claims.ExpiresAt > now ? entry : null;
        }

        using var claims = Jws.Open(token, tokens.Key, AccessTokens.Type);
        if (claims is null || AccessClaims.Read(claims.RootElement, tokens.Issuer, now) is not { } read)
        {
            return null;
        }

        entry = new(read, new(read.Caller, read.ExpiresAt, read.Restricted));
        MakeRoom(now);
        known[digest] = entry;
        return entry;
    }

    private void MakeRoom(DateTimeOffset now)
    {
        if (known.Count < Capacity)
        {
            return;
        }

        foreach (var (digest, entry) in known)
        {
            if (entry.Claims.ExpiresAt <= now)
            {
                known.TryRemove(digest, out _);
            }
        }

        if (known.Count >= Capacity)
        {
            // Rare and cheap: what is in use is verified again.
            known.Clear();
        }
    }

    private sealed record Entry(AccessClaims Claims, VerifiedToken Verified);

    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct Digest(ulong A, ulong B, ulong C, ulong D)
    {
        public static Digest Of(string token)
        {
            Span<byte> bytes = stackalloc byte[Jws.MaxLength];
            Span<Digest> digest = stackalloc Digest[1];
            SHA256.HashData(bytes[..Encoding.ASCII.GetBytes(token, bytes)], MemoryMarshal.AsBytes(digest));
            return digest[0];
        }
    }
}
