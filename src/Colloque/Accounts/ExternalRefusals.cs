namespace Colloque.Accounts;

/// <summary>Every way signing on through a provider says no.</summary>
public static class ExternalRefusals
{
    /// <summary>403: began in another browser, too long ago, or never.</summary>
    public static Refusal FlowLost() => new(RefusalKind.Forbidden, "sign_on_lost");

    /// <summary>403: the provider, or the person there, said no.</summary>
    public static Refusal Denied() => new(RefusalKind.Forbidden, "sign_on_denied");

    /// <summary>403: what the provider sent does not prove who somebody is.</summary>
    public static Refusal Unproven() => new(RefusalKind.Forbidden, "sign_on_unproven");

    /// <summary>403: nobody here goes with what the provider vouches for: no account, a deactivated one, one that may not be linked. All alike.</summary>
    public static Refusal NoAccount() => new(RefusalKind.Forbidden, "sign_on_no_account");

    /// <summary>503: the provider does not answer, or not as one.</summary>
    public static Refusal ProviderAway() => Refusal.Unavailable("sign_on_provider_away");
}
