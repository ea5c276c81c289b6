namespace Colloque.Accounts;

/// <summary>Every way this feature says no.</summary>
internal static class AccountRefusals
{
    /// <summary>401: no such account, another password, a deactivated person: all alike. The audit alone is told whose account it was.</summary>
    internal static Refusal InvalidCredentials(Guid? account) =>
        new(RefusalKind.Unauthenticated, "invalid_credentials") { Mark = new("invalid_credentials", account) };

    /// <summary>401, as for any token that is not good: a spent one came back, so that two hold it. The audit alone is told.</summary>
    internal static Refusal RefreshReused(Guid? userId, Guid signInId) =>
        new(RefusalKind.Unauthenticated, "unauthenticated") { Mark = new("refresh_reused", userId, signInId) };

    /// <summary>403, to the right password alone: the address was never shown to be read.</summary>
    internal static Refusal EmailUnverified() => new(RefusalKind.Forbidden, "email_unverified");

    /// <summary>403, to the right password alone: the organization's administrator has not said yes.</summary>
    internal static Refusal ApprovalPending() => new(RefusalKind.Forbidden, "approval_pending");

    /// <summary>401: unknown, used, expired or tried too often: all alike.</summary>
    internal static Refusal ChallengeSpent() => new(RefusalKind.Unauthenticated, "challenge_spent");

    /// <summary>401, at sign-in: not a code that counts now, or one that has counted already.</summary>
    internal static Refusal WrongSignInCode(Guid account) => new(RefusalKind.Unauthenticated, "wrong_code", "code") { Mark = new("wrong_code", account) };

    /// <summary>422, of someone who is signed in.</summary>
    internal static Refusal WrongCode() => Refusal.Invalid("code", "wrong_code");

    /// <summary>422, of someone who is signed in.</summary>
    internal static Refusal WrongPassword() => Refusal.Invalid("password", "wrong_password");

    /// <summary>409: neither a password nor a second factor to prove oneself with.</summary>
    internal static Refusal NoProof() => new(RefusalKind.Conflict, "no_proof");

    /// <summary>409: to replace a factor takes password and code.</summary>
    internal static Refusal FactorSet() => new(RefusalKind.Conflict, "second_factor_set");

    /// <summary>409.</summary>
    internal static Refusal FactorNotSet() => new(RefusalKind.Conflict, "second_factor_not_set");

    /// <summary>409: no set-up waits for a code, or it has waited too long.</summary>
    internal static Refusal FactorNotBegun() => new(RefusalKind.Conflict, "second_factor_not_begun");

    /// <summary>409: the role must have a second factor, and this is the last.</summary>
    internal static Refusal FactorMandatory() => new(RefusalKind.Conflict, "second_factor_mandatory");

    /// <summary>404, of a link in a mail: unknown, used or expired: all alike.</summary>
    internal static Refusal LinkSpent() => new(RefusalKind.NotFound, "link_spent");

    /// <summary>409: the address is another person's.</summary>
    internal static Refusal EmailTaken() => new(RefusalKind.Conflict, "email_taken", "email");

    /// <summary>409: the short name is another organization's.</summary>
    internal static Refusal SlugTaken() => new(RefusalKind.Conflict, "slug_taken", "slug");

    /// <summary>409: the password was changed while this change was under way.</summary>
    internal static Refusal PasswordChanged() => new(RefusalKind.Conflict, "password_changed");

    /// <summary>409: the person has a password already.</summary>
    internal static Refusal PasswordSet() => new(RefusalKind.Conflict, "password_set");

    /// <summary>404: unknown, used or expired: all alike.</summary>
    internal static Refusal SetupLinkSpent() => new(RefusalKind.NotFound, "setup_link_spent");
}
