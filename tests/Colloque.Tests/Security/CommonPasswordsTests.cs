using Colloque.Security;
using Xunit;

namespace Colloque.Tests.Security;

public sealed class CommonPasswordsTests
{
    [Fact]
    public void Ten_thousand_passwords_that_are_tried_first_are_refused()
    {
        string[] endings = ["1", "12", "123", "1234", "12345", "123456", "!", "1!", "123!", "01", "2024", "2025", "2026", "1990", "75", "69", "007", "000", "00", "99", "?", ".", "*", "$", "@1", "_1"];
        var tried = CommonWords.All.SelectMany(w => endings.Select(e => w + e)).Where(static p => p.Length >= Passwords.MinLength).Distinct().ToArray();

        Assert.True(tried.Length >= 10_000, $"{tried.Length}");
        Assert.DoesNotContain(tried, static p => !CommonPasswords.Contains(p));
        Assert.DoesNotContain(tried, static p => !CommonPasswords.Contains(char.ToUpperInvariant(p[0]) + p[1..]));
    }

    [Theory]
    [InlineData("password")]
    [InlineData("PassWord1")]
    [InlineData("P@ssw0rd!")]
    [InlineData("p4$$w0rd2026")]
    [InlineData("12345678")]
    [InlineData("0987654321")]
    [InlineData("11111111")]
    [InlineData("abababab")]
    [InlineData("abcdefgh")]
    [InlineData("qwertyuiop")]
    [InlineData("azertyuiop1")]
    [InlineData("1q1q1q1q")]
    [InlineData("motdepasse1")]
    [InlineData("contraseña")]
    [InlineData("Été-Été2025!")]
    [InlineData("iloveyou!!")]
    [InlineData("soleilsoleil")]
    [InlineData("sunshine-football")]
    [InlineData("14071989")]
    [InlineData("14/07/1989")]
    [InlineData("sunshine14071989")]
    [InlineData("  password  ")]
    public void What_everybody_tries_is_refused(string password) =>
        Assert.Equal("too_common", Assert.Throws<Refusal>(() => Passwords.Parse(password)).Code);

    [Theory]
    [InlineData("correct horse battery")]
    [InlineData("colloque-1a2b3c4d")]
    [InlineData("vqz7mtkp")]
    [InlineData("le vent se lève sur Brest")]
    [InlineData("48 pelícanos cruzan")]
    [InlineData("密码是一个很长的句子")]
    [InlineData("sunshine over the old harbour")]
    public void What_hardly_anybody_has_is_taken_whatever_it_is_made_of(string password) => Assert.Equal(password, Passwords.Parse(password));

    [Theory]
    [InlineData("nadia.benali@tilleuls.example")]
    [InlineData("nadiabenali")]
    [InlineData("Benali1987")]
    [InlineData("BenaliNadia!")]
    [InlineData("n4d1a.benali")]
    [InlineData("Tilleuls2026")]
    public void Ones_own_name_and_address_are_no_secret(string password)
    {
        Assert.Equal(password, Passwords.Parse(password));
        Assert.Equal("too_common", Assert.Throws<Refusal>(() => Passwords.Parse(password, "password", "nadia.benali@tilleuls.example", "Nadia Benali")).Code);
    }
}
