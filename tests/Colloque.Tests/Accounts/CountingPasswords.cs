using Colloque.Security;

namespace Colloque.Tests.Accounts;

/// <summary>Passwords without the work, which count how often the work would have been done, and over which hash.</summary>
public sealed class CountingPasswords : Passwords
{
    public const string Dummy = "2:of nobody";

    private readonly List<string> verified = [];
    private int hashed;

    /// <summary>Raised, older hashes verify as in need of a new one.</summary>
    public int Generation { get; set; } = 2;

    public int Hashed => Volatile.Read(ref hashed);

    public IReadOnlyList<string> Verified
    {
        get
        {
            lock (verified)
            {
                return [.. verified];
            }
        }
    }

    protected override string DummyHash => Dummy;

    protected override string Hash(string password)
    {
        Interlocked.Increment(ref hashed);
        return $"{Generation}:{password}";
    }

    protected override PasswordVerdict Verify(string hash, string password)
    {
        lock (verified)
        {
            verified.Add(hash);
        }

        return hash[2..] != password ? PasswordVerdict.Failed : hash[0] - '0' < Generation ? PasswordVerdict.OkNeedsRehash : PasswordVerdict.Ok;
    }
}
