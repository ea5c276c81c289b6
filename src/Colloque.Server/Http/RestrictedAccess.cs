namespace Colloque.Server.Http;

/// <summary>Open also to a sign-in whose second factor is still to be set up.</summary>
public sealed record RestrictedAccess;

/// <summary>Says what such a sign-in may do.</summary>
public static class RestrictedAccessExtensions
{
    /// <summary>Lets it through: what one needs to set a factor up, to see oneself and to leave. Everything else is 403 <c>second_factor_setup_required</c>.</summary>
    public static T AllowRestricted<T>(this T builder)
        where T : IEndpointConventionBuilder => builder.WithMetadata(new RestrictedAccess());
}
