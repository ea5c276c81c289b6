namespace Colloque.Accounts;

/// <summary>Who a sign-on provider says somebody is.</summary>
/// <param name="Issuer">The provider.</param>
/// <param name="Subject">Its own, lasting name for the person; 255 characters at most.</param>
/// <param name="Email">Lower case; null where the provider does not vouch for it, or may not.</param>
/// <param name="FirstName">Null where it says none.</param>
/// <param name="LastName">Null where it says none.</param>
/// <param name="Language">fr, en or es; null where it says none of them.</param>
/// <param name="SecondFactor">It has seen a second factor (<c>mfa</c> in <c>amr</c>, RFC 8176).</param>
public sealed record ExternalIdentity(string Issuer, string Subject, string? Email, string? FirstName, string? LastName, string? Language, bool SecondFactor)
{
    /// <summary>Never the address, whatever prints this.</summary>
    public override string ToString() => nameof(ExternalIdentity);
}

/// <summary>What this installation believes a provider.</summary>
/// <param name="Domains">Of which addresses it may speak; empty: of all.</param>
/// <param name="CreateUsers">It may bring new people into the organization that has their address's domain.</param>
/// <param name="TrustsSecondFactor">Its second factor counts for ours.</param>
public sealed record ExternalTrust(IReadOnlySet<string> Domains, bool CreateUsers, bool TrustsSecondFactor)
{
    /// <summary>Whether it may speak of an address in lower case.</summary>
    public bool Covers(string email) => Domains.Count == 0 || Domains.Contains(email[(email.LastIndexOf('@') + 1)..]);
}
