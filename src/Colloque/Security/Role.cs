namespace Colloque.Security;

/// <summary>Who someone is to the platform. Contracts have their own words for these (see each contract's Words).</summary>
public enum Role
{
    /// <summary>Receives care.</summary>
    Patient,

    /// <summary>Gives care.</summary>
    Practitioner,

    /// <summary>Administers one organization; never sees clinical content.</summary>
    OrganizationAdmin,

    /// <summary>Administers the platform; never sees clinical content.</summary>
    PlatformAdmin,

    /// <summary>Operates the installation; never sees clinical content.</summary>
    SuperAdmin,

    /// <summary>Came into one visit by a link, without an account; sees that visit alone, from their coming on.</summary>
    Guest,
}
