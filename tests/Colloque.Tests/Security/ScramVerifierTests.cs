using System.Security.Cryptography;
using System.Text;
using Colloque.Security;
using Xunit;

namespace Colloque.Tests.Security;

public sealed class ScramVerifierTests
{
    /// <summary>The exchange of RFC 7677, section 3.</summary>
    private const string AuthMessage =
        "n=user,r=rOprNGfwEbeRWgbNEkqO,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096,"
        + "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0";

    [Fact]
    public void The_verifier_accepts_the_proof_and_gives_the_signature_of_the_standards_own_exchange()
    {
        var verifier = ScramVerifier.For("pencil", Convert.FromBase64String("W22ZaJ0SNY7soEsUEjb6gQ=="));

        var parts = verifier.Split('$', ':');
        Assert.Equal(["SCRAM-SHA-256", "4096", "W22ZaJ0SNY7soEsUEjb6gQ=="], parts[..3]);
        var (stored, server) = (Convert.FromBase64String(parts[3]), Convert.FromBase64String(parts[4]));
        var message = Encoding.ASCII.GetBytes(AuthMessage);
        Assert.Equal("6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=", Convert.ToBase64String(HMACSHA256.HashData(server, message)));
        var proof = Convert.FromBase64String("dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=");
        var clientKey = HMACSHA256.HashData(stored, message).Zip(proof, (a, b) => (byte)(a ^ b)).ToArray();
        Assert.Equal(stored, SHA256.HashData(clientKey));
    }

    [Fact]
    public void Each_verifier_has_a_salt_of_its_own() => Assert.NotEqual(ScramVerifier.For("pencil"), ScramVerifier.For("pencil"));

    [Theory]
    [InlineData("")]
    [InlineData("pencil\n")]
    [InlineData("crayon à papier")]
    public void A_password_that_normalisation_could_change_is_refused(string password) => Assert.Throws<ArgumentException>(() => ScramVerifier.For(password));
}
