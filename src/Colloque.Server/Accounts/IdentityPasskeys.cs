using System.Globalization;
using Colloque.Accounts;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Colloque.Server.Accounts;

/// <summary>WebAuthn by ASP.NET Core Identity's own handler, for one site at a time: user verification and a discoverable passkey are demanded, an attestation of the maker is not.</summary>
internal sealed class IdentityPasskeys : PasskeyProtocol
{
    /// <summary>Bytes of a COSE key: RSA of 4,096 bits takes 525. A longer one would cost each sign-in more than a signature is worth.</summary>
    private const int MaxKeyLength = 600;

    /// <summary>WebAuthn's AuthenticatorTransport; a browser's further words are its own.</summary>
    private static readonly string[] Transports = ["ble", "hybrid", "internal", "nfc", "smart-card", "usb"];

    /// <inheritdoc/>
    public override async Task<PasskeyOffer> OfferCreationAsync(PasskeySite site, Profile owner, IReadOnlyList<StoredPasskey> existing)
    {
        var id = Handle(owner.Id);
        var offer = await For(site, new PasskeyShelf(id, [.. existing.Select(Info)]))
            .MakeCreationOptionsAsync(new() { Id = id, Name = owner.Email, DisplayName = owner.Name }, new DefaultHttpContext());
        return new(offer.CreationOptionsJson, offer.AttestationState ?? "");
    }

    /// <inheritdoc/>
    public override async Task<PasskeyOffer> OfferRequestAsync(PasskeySite site)
    {
        var offer = await For(site, PasskeyShelf.Empty).MakeRequestOptionsAsync(null, new DefaultHttpContext());
        return new(offer.RequestOptionsJson, offer.AssertionState ?? "");
    }

    /// <inheritdoc/>
    public override async Task<PasskeyCredential?> AttestAsync(PasskeySite site, Guid ownerId, string credentialJson, string state)
    {
        var result = await For(site, PasskeyShelf.Empty)
            .PerformAttestationAsync(new() { HttpContext = new DefaultHttpContext(), CredentialJson = credentialJson, AttestationState = state });
        return result is { Succeeded: true, Passkey: { IsUserVerified: true, PublicKey.Length: <= MaxKeyLength } made } && result.UserEntity.Id == Handle(ownerId)
            ? new(made.CredentialId, made.PublicKey, made.SignCount, [.. Transports.Where(t => made.Transports?.Contains(t) is true)], made.IsBackupEligible, made.IsBackedUp)
            : null;
    }

    /// <inheritdoc/>
    public override async Task<PasskeyUse?> AssertAsync(PasskeySite site, StoredPasskey passkey, string credentialJson, string state)
    {
        var result = await For(site, new PasskeyShelf(Handle(passkey.UserId), [Info(passkey)]))
            .PerformAssertionAsync(new() { HttpContext = new DefaultHttpContext(), CredentialJson = credentialJson, AssertionState = state });
        return result is { Succeeded: true, Passkey: { } used } ? new(used.SignCount, used.IsBackedUp) : null;
    }

    private static PasskeyHandler<PasskeyShelf> For(PasskeySite site, PasskeyShelf shelf) => new(
        new UserManager<PasskeyShelf>(new ShelfStore(shelf), null!, null!, [], [], null!, null!, null!, NullLogger<UserManager<PasskeyShelf>>.Instance),
        Options.Create(new IdentityPasskeyOptions
        {
            ServerDomain = site.Domain,
            ChallengeSize = 32,
            AuthenticatorTimeout = PasskeyCeremonies.Lifetime,
            UserVerificationRequirement = "required",
            ResidentKeyRequirement = "required",
            AttestationConveyancePreference = "none",
            // Never from a frame in another site's page, whatever that page was let do.
            ValidateOrigin = c => new(c.Origin == site.Origin && !c.CrossOrigin),
        }));

    private static UserPasskeyInfo Info(StoredPasskey p) => new(
        p.Credential.CredentialId, p.Credential.PublicKey, p.CreatedAt, (uint)p.Credential.SignCount, p.Credential.Transports,
        isUserVerified: true, p.Credential.BackupEligible, p.Credential.BackedUp, [], []);

    /// <summary>The user handle: the id's 32 hexadecimal digits, which tell nothing of the person.</summary>
    private static string Handle(Guid userId) => userId.ToString("N", CultureInfo.InvariantCulture);
}
