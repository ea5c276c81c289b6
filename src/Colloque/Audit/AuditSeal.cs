using Colloque.Security;

namespace Colloque.Audit;

/// <summary>A row's place: in its chain, among all rows, and after which row.</summary>
/// <param name="Chain">The organization's id; all zeros for the platform's.</param>
/// <param name="Seq">From 1, without gaps, in the chain.</param>
/// <param name="Number">From 1, without gaps, in the installation.</param>
/// <param name="EntryId">The row.</param>
/// <param name="Previous">The link of the row before; zeros at the beginning.</param>
/// <param name="Link">HMAC over the one before and the row.</param>
/// <param name="SealedAt">When.</param>
/// <param name="KeyId">Who signed.</param>
/// <param name="Signature">Over all of the above and the row itself.</param>
public sealed record AuditSeal(Guid Chain, long Seq, long Number, Guid EntryId, byte[] Previous, byte[] Link, DateTimeOffset SealedAt, string KeyId, byte[] Signature)
{
    /// <summary>The beginning of every chain.</summary>
    public static readonly byte[] Beginning = new byte[32];

    /// <summary>What is signed.</summary>
    /// <param name="digest">Of the row's bytes.</param>
    internal byte[] ToBytes(byte[] digest) => new AuditBytes("colloque audit seal 1")
        .Add(Chain).Add(Seq).Add(Number).Add(EntryId).Add(digest).Add(Previous).Add(Link).Add(SealedAt).ToArray();

    /// <summary>Seals a row.</summary>
    internal static AuditSeal Of(AuditEntry entry, long seq, long number, byte[] previous, DateTimeOffset now, AuditKeys keys)
    {
        var digest = AuditSignatures.Digest(entry.ToBytes());
        var seal = new AuditSeal(entry.Chain, seq, number, entry.Id, previous, keys.Link(previous, digest), now, keys.KeyId, []);
        return seal with { Signature = keys.Sign(seal.ToBytes(digest)) };
    }

    /// <summary>Whether it was made for this row.</summary>
    internal bool IsOf(AuditEntry entry, AuditSignatures signatures) => signatures.Verify(KeyId, ToBytes(AuditSignatures.Digest(entry.ToBytes())), Signature);
}
