using System.Security.Cryptography;
using Colloque.Security;
using Xunit;

namespace Colloque.Tests.Security;

/// <summary>Sealed records, attacked byte by byte. ASVS 11.3.2, 11.3.4.</summary>
public sealed class CipherTests : IDisposable
{
    private static readonly SealedPlace Place = new("messages.body", Id(1), Id(2), Id(3), Id(4), 1);

    private readonly DataKey key = new(Id(9), Id(1), Id(2), [.. Enumerable.Range(0, 32).Select(static i => (byte)i)]);

    public void Dispose() => key.Dispose();

    [Fact]
    public void What_is_sealed_opens_in_its_own_place() => Assert.Equal("20 mg de sertraline", ContentCipher.OpenText(key, ContentCipher.Seal(key, "20 mg de sertraline", Place), Place));

    [Fact]
    public void Any_flipped_bit_makes_a_record_unreadable()
    {
        var record = ContentCipher.Seal(key, "20 mg", Place);
        for (var i = 0; i < record.Length * 8; i++)
        {
            var changed = record.ToArray();
            changed[i / 8] ^= (byte)(1 << (i % 8));
            Assert.Throws<CryptographicException>(() => ContentCipher.Open(key, changed, Place));
        }
    }

    [Fact]
    public void Any_shortened_record_is_unreadable()
    {
        var record = ContentCipher.Seal(key, "20 mg", Place);
        for (var length = 0; length < record.Length; length++)
        {
            Assert.Throws<CryptographicException>(() => ContentCipher.Open(key, record.AsSpan(0, length), Place));
        }
    }

    [Fact]
    public void Moved_to_another_column_tenant_conversation_row_author_or_version_a_record_is_unreadable()
    {
        var record = ContentCipher.Seal(key, "20 mg", Place);
        SealedPlace[] others =
        [
            Place with { Column = "message_versions.body" }, Place with { TenantId = Id(7) }, Place with { ConversationId = Id(7) },
            Place with { RowId = Id(7) }, Place with { AuthorId = Id(7) }, Place with { Version = 2 },
        ];
        Assert.All(others, other => Assert.Throws<CryptographicException>(() => ContentCipher.Open(key, record, other)));
    }

    [Fact]
    public void Every_failure_to_open_says_the_same()
    {
        var record = ContentCipher.Seal(key, "20 mg", Place);
        using var other = new DataKey(Id(9), Id(1), Id(2), new byte[32]);
        string[] said =
        [
            Assert.Throws<CryptographicException>(() => ContentCipher.Open(other, record, Place)).Message,
            Assert.Throws<CryptographicException>(() => ContentCipher.Open(key, record.AsSpan(1), Place)).Message,
            Assert.Throws<CryptographicException>(() => ContentCipher.Open(key, record, Place with { Version = 2 })).Message,
        ];
        Assert.Single(said.Distinct());
    }

    [Fact]
    public void The_same_words_never_look_the_same_twice() => Assert.NotEqual(ContentCipher.Seal(key, "yes", Place), ContentCipher.Seal(key, "yes", Place));

    [Fact]
    public void A_key_wrapped_for_one_row_does_not_open_for_another_nor_by_another_master_key()
    {
        using var master = new MasterKey(RandomNumberGenerator.GetBytes(32));
        using var other = new MasterKey(RandomNumberGenerator.GetBytes(32));
        var wrapped = master.Wrap(new byte[32], "row 1"u8);
        Assert.Equal(new byte[32], master.Unwrap(wrapped, "row 1"u8));
        Assert.Throws<CryptographicException>(() => master.Unwrap(wrapped, "row 2"u8));
        Assert.Throws<CryptographicException>(() => other.Unwrap(wrapped, "row 1"u8));
    }

    [Fact]
    public void Each_purpose_has_its_own_secret()
    {
        using var master = new MasterKey(new byte[32]);
        Assert.Equal(master.Derive("a", 32), master.Derive("a", 32));
        Assert.NotEqual(master.Derive("a", 32), master.Derive("b", 32));
    }

    private static Guid Id(int n) => new(n, 0, 0, new byte[8]);
}
