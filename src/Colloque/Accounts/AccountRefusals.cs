namespace Colloque.Accounts;

/// <summary>Every way this feature says no.</summary>
internal static class AccountRefusals
{
    /// <summary>401: no such account, another password, a deactivated person: all alike.</summary>
    internal static Refusal InvalidCredentials() => new(RefusalKind.Unauthenticated, "invalid_credentials");

    /// <summary>401, as for any token that is not good: a spent one came back, so that two hold it. The audit alone is told.</summary>
    internal static Refusal RefreshReused(Guid? userId, Guid signInId) =>
        new(RefusalKind.Unauthenticated, "unauthenticated") { Mark = new("refresh_reused", userId, signInId) };

    /// <summary>409: the address is another person's.</summary>
    internal static Refusal EmailTaken() => new(RefusalKind.Conflict, "email_taken", "email");

    /// <summary>409: the short name is another organization's.</summary>
    internal static Refusal SlugTaken() => new(RefusalKind.Conflict, "slug_taken", "slug");

    /// <summary>409: the person has a password already.</summary>
    internal static Refusal PasswordSet() => new(RefusalKind.Conflict, "password_set");

    /// <summary>404: unknown, used or expired: all alike.</summary>
    internal static Refusal SetupLinkSpent() => new(RefusalKind.NotFound, "setup_link_spent");
}
