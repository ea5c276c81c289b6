using Colloque.Security;

namespace Colloque.Accounts;

/// <summary>Who is signed in, as they see themselves.</summary>
public sealed record Profile(Guid Id, string Email, string Name, Role Role, Guid? OrganizationId, string? OrganizationName, string Language);

/// <summary>What signing in or refreshing gives.</summary>
/// <param name="Access">For requests and sockets.</param>
/// <param name="RefreshToken">Good once, for 30 days.</param>
/// <param name="Profile">Who.</param>
public sealed record SignedIn(AccessToken Access, string RefreshToken, Profile Profile);
