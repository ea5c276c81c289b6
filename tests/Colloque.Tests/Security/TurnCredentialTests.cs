using Colloque.Security;
using Xunit;

namespace Colloque.Tests.Security;

/// <summary>Credentials for a TURN server, against ones that Python's own <c>hmac</c> made.</summary>
public sealed class TurnCredentialTests
{
    [Theory]
    [InlineData("north of the harbour, thirty-two characters", "01900000-0000-7000-8000-000000000001", 1772355600, "1772356200:01900000-0000-7000-8000-000000000001", "1ItUYjx9QoEApAA4EhpLSI017QY=")]
    [InlineData("clé partagée — ünïcode, assez longue pour cela", "0190ffff-ffff-7fff-bfff-ffffffffffff", 0, "600:0190ffff-ffff-7fff-bfff-ffffffffffff", "7gbCMJaMNJs0UqziLT5LcbFluzk=")]
    public void A_credential_names_its_end_and_its_user_and_is_signed_as_the_server_expects(string secret, string user, long now, string name, string password)
    {
        var credential = TurnCredential.Issue(secret, Guid.Parse(user), DateTimeOffset.FromUnixTimeSeconds(now).AddMilliseconds(999));
        Assert.Equal(new(name, password, DateTimeOffset.FromUnixTimeSeconds(now + 600)), credential);
    }
}
