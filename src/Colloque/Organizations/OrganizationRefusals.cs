namespace Colloque.Organizations;

/// <summary>Every way this feature says no.</summary>
internal static class OrganizationRefusals
{
    /// <summary>409: the domain is another organization's.</summary>
    internal static Refusal DomainTaken() => new(RefusalKind.Conflict, "domain_taken", "domain");

    /// <summary>409: the short name is another organization's.</summary>
    internal static Refusal SlugTaken() => new(RefusalKind.Conflict, "slug_taken", "slug");

    /// <summary>409: the address has an account.</summary>
    internal static Refusal EmailTaken() => new(RefusalKind.Conflict, "email_taken", "email");

    /// <summary>403: the platform alone says which domain is whose.</summary>
    internal static Refusal DomainIsThePlatforms() => new(RefusalKind.Forbidden, "domain_set_by_platform", "domain");

    /// <summary>422: addresses of this domain are anybody's.</summary>
    internal static Refusal PublicDomain() => Refusal.Invalid("domain", "public_mail_domain");
}
