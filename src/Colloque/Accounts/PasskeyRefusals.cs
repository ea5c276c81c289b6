namespace Colloque.Accounts;

/// <summary>Every way passkeys say no.</summary>
internal static class PasskeyRefusals
{
    /// <summary>401: an unknown passkey, a bad signature, a ceremony that is over: all alike.</summary>
    internal static Refusal NotAccepted() => new(RefusalKind.Unauthenticated, "passkey_refused");

    /// <summary>422: what the authenticator made does not fit the ceremony, or the ceremony is over.</summary>
    internal static Refusal NotCreated() => Refusal.Invalid("credential", "passkey_refused");

    /// <summary>409: this passkey is registered already.</summary>
    internal static Refusal Known() => new(RefusalKind.Conflict, "passkey_known");

    /// <summary>409: the person has as many as one may.</summary>
    internal static Refusal TooMany() => new(RefusalKind.Conflict, "too_many_passkeys");
}
