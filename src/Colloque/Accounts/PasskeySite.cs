namespace Colloque.Accounts;

/// <summary>The site that passkeys belong to: its pages' origin, and the domain that authenticators know it by.</summary>
public sealed record PasskeySite
{
    private PasskeySite(string origin, string domain) => (Origin, Domain) = (origin, domain);

    /// <summary>Scheme, host and port, as a browser writes them.</summary>
    public string Origin { get; }

    /// <summary>The RP ID: the host alone, so that a change of port keeps the passkeys.</summary>
    public string Domain { get; }

    /// <summary>The site at an address.</summary>
    /// <param name="url">Absolute, http or https.</param>
    /// <exception cref="Refusal">503 <c>passkeys_need_a_domain</c>: an IP address cannot have passkeys (WebAuthn, 5.1.2: a valid domain).</exception>
    public static PasskeySite At(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var parsed) && parsed.HostNameType == UriHostNameType.Dns
            ? new(parsed.GetLeftPart(UriPartial.Authority), parsed.IdnHost)
            : throw Refusal.Unavailable("passkeys_need_a_domain");
}
