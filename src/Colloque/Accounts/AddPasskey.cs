using System.Text.Json;
using Colloque.Security;

namespace Colloque.Accounts;

/// <summary>Adds the passkey that the caller's authenticator made.</summary>
public sealed class AddPasskey(PasskeyRows rows, PasskeyProtocol protocol, PasskeyCeremonies ceremonies, SignInNotices notices, TimeProvider time)
{
    /// <summary>How many a person may have.</summary>
    public const int Most = 20;

    private const int MaxNameLength = 100;

    /// <summary>Four statements, the mail about it written with the last. Whatever comes of it, the ceremony is over; a restricted sign-in becomes a full one at its next refresh.</summary>
    /// <param name="caller">For whom the ceremony was begun.</param>
    /// <param name="name">1..100 characters, for the owner's list.</param>
    /// <param name="credential">What <c>PublicKeyCredential.toJSON()</c> gives.</param>
    /// <param name="address">Where this server is reached.</param>
    /// <param name="cancellationToken">Cancels between statements.</param>
    /// <exception cref="Refusal">409 <c>passkey_known</c>, <c>too_many_passkeys</c>; 422 <c>name</c>, <c>credential</c> (<c>passkey_refused</c>); 503.</exception>
    public async Task<PasskeyView> RunAsync(Caller caller, string? name, JsonElement credential, string address, CancellationToken cancellationToken)
    {
        var site = PasskeySite.At(address);
        var label = ParseName(name);
        var state = await ceremonies.EndAsync(credential, caller.UserId, cancellationToken) ?? throw PasskeyRefusals.NotCreated();
        var made = await protocol.AttestAsync(site, caller.UserId, credential.GetRawText(), state) ?? throw PasskeyRefusals.NotCreated();
        var now = time.GetMoment();
        var passkey = new PasskeyView(Guid.CreateVersion7(now), label, now, null);
        var news = await notices.OfFactorAsync(caller.UserId, cancellationToken);
        switch (await rows.AddAsync(caller, passkey, made, Most, news, cancellationToken))
        {
            case "added":
                return passkey;
            case "many":
                throw PasskeyRefusals.TooMany();
            default:
                throw PasskeyRefusals.Known();
        }
    }

    /// <summary>A passkey's name in its owner's list.</summary>
    /// <exception cref="Refusal">422 <c>name</c>.</exception>
    internal static string ParseName(string? name) => PersonName.Parse(name, "name", MaxNameLength);
}
