namespace Colloque.Accounts;

/// <summary>What a browser is asked to do, and what has to be remembered until it answers.</summary>
/// <param name="Options">JSON for <c>navigator.credentials</c>; its <c>challenge</c> is 256 random bits in base64url.</param>
/// <param name="State">Given back with the answer; never leaves the server.</param>
public sealed record PasskeyOffer(string Options, string State)
{
    /// <summary>Never the state, whatever prints this.</summary>
    public override string ToString() => nameof(PasskeyOffer);
}

/// <summary>What an authenticator made.</summary>
/// <param name="CredentialId">1..1,023 bytes, chosen by the authenticator.</param>
/// <param name="PublicKey">A COSE key (RFC 9052).</param>
/// <param name="SignCount">Signatures so far; 0 where the authenticator does not count.</param>
/// <param name="Transports">How it is reached (<c>internal</c>, <c>usb</c> …), as the browser says.</param>
/// <param name="BackupEligible">It may be copied to the owner's other devices.</param>
/// <param name="BackedUp">It has been.</param>
public sealed record PasskeyCredential(byte[] CredentialId, byte[] PublicKey, long SignCount, string[] Transports, bool BackupEligible, bool BackedUp);

/// <summary>A passkey as it is stored.</summary>
/// <param name="Id">Ours.</param>
/// <param name="UserId">Whose.</param>
/// <param name="Credential">What the authenticator made, with the count of its last use.</param>
/// <param name="CreatedAt">When it was added.</param>
public sealed record StoredPasskey(Guid Id, Guid UserId, PasskeyCredential Credential, DateTimeOffset CreatedAt);

/// <summary>What a good signature tells.</summary>
/// <param name="SignCount">Higher than before, or 0 where the authenticator does not count.</param>
/// <param name="BackedUp">The passkey has been copied to other devices.</param>
public sealed record PasskeyUse(long SignCount, bool BackedUp);

/// <summary>
/// WebAuthn (W3C level 3), for the one site: makes the two kinds of options and verifies the two kinds of answers. A user verification
/// (PIN, finger, face) is demanded always, so that a passkey is something one has and something one knows or is.
/// </summary>
public abstract class PasskeyProtocol
{
    /// <summary>Asks for a new, discoverable passkey.</summary>
    /// <param name="site">Where.</param>
    /// <param name="owner">Shown by the authenticator: address and name; the user handle is the id.</param>
    /// <param name="existing">Authenticators that hold one of these are not to make another.</param>
    public abstract Task<PasskeyOffer> OfferCreationAsync(PasskeySite site, Profile owner, IReadOnlyList<StoredPasskey> existing);

    /// <summary>Asks for a signature by whichever passkey of this site the person chooses.</summary>
    public abstract Task<PasskeyOffer> OfferRequestAsync(PasskeySite site);

    /// <summary>Verifies a creation: challenge, origin, site, presence and verification of the user. Null for every flaw.</summary>
    public abstract Task<PasskeyCredential?> AttestAsync(PasskeySite site, Guid ownerId, string credentialJson, string state);

    /// <summary>Verifies a signature, of this passkey and no other; also that the user handle is its owner's and the count has risen. Null for every flaw.</summary>
    public abstract Task<PasskeyUse?> AssertAsync(PasskeySite site, StoredPasskey passkey, string credentialJson, string state);
}
