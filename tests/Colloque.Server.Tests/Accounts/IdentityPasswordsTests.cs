using System.Buffers.Binary;
using Colloque.Security;
using Colloque.Server.Accounts;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Xunit;

namespace Colloque.Server.Tests.Accounts;

public sealed class IdentityPasswordsTests
{
    [Fact]
    public async Task A_password_verifies_and_its_hash_names_a_cost_of_at_least_210_000()
    {
        using var passwords = new IdentityPasswords();

        var hash = await passwords.HashAsync("correct horse battery", CancellationToken.None);

        Assert.Equal(PasswordVerdict.Ok, await passwords.VerifyAsync(hash, "correct horse battery", CancellationToken.None));
        Assert.Equal(PasswordVerdict.Failed, await passwords.VerifyAsync(hash, "correct horse batterz", CancellationToken.None));
        var bytes = Convert.FromBase64String(hash);
        Assert.Equal((1, 2u), (bytes[0], BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(1))));
        Assert.InRange(BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(5)), 210_000u, uint.MaxValue);
    }

    [Fact]
    public async Task The_dummy_is_as_dear_as_a_real_hash_and_no_password_opens_it()
    {
        using var passwords = new IdentityPasswords();
        var real = Convert.FromBase64String(await passwords.HashAsync("correct horse battery", CancellationToken.None));

        var dummy = Convert.FromBase64String(IdentityPasswords.Dummy(IdentityPasswords.DefaultIterations));

        Assert.Equal(real[..13], dummy[..13]);
        Assert.Equal(real.Length, dummy.Length);
        Assert.Equal(PasswordVerdict.Failed, await passwords.VerifyAsync(Convert.ToBase64String(dummy), "", CancellationToken.None));
        Assert.Equal(PasswordVerdict.Failed, await passwords.VerifyAsync(null, "correct horse battery", CancellationToken.None));
    }

    [Fact]
    public async Task A_cheaper_hash_verifies_and_asks_to_be_made_anew()
    {
        using var passwords = new IdentityPasswords();
        var cheap = new PasswordHasher<object>(Options.Create(new PasswordHasherOptions { IterationCount = 1_000 })).HashPassword(new(), "correct horse battery");

        Assert.Equal(PasswordVerdict.OkNeedsRehash, await passwords.VerifyAsync(cheap, "correct horse battery", CancellationToken.None));
    }

    [Fact]
    public async Task Nothing_of_a_long_password_is_left_out()
    {
        using var passwords = new IdentityPasswords();
        var longest = new string('é', Passwords.MaxLength);

        var hash = await passwords.HashAsync(longest, CancellationToken.None);

        Assert.Equal(PasswordVerdict.Failed, await passwords.VerifyAsync(hash, longest[..^1] + 'e', CancellationToken.None));
    }

    [Fact]
    public void No_setting_makes_passwords_cheap() => Assert.Throws<ArgumentOutOfRangeException>(static () => new IdentityPasswords(209_999));
}
