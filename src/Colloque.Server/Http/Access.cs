using System.Text.Json.Nodes;
using Colloque.Security;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Colloque.Server.Http;

/// <summary>Who may call an endpoint. Each endpoint says so where it is mapped, once; a test refuses one that does not.</summary>
/// <param name="Roles">The roles that may; null: everyone, signed in or not.</param>
public sealed record Access(IReadOnlyList<Role>? Roles)
{
    /// <summary>Everyone who is signed in to an account.</summary>
    public static readonly Role[] All = [.. Enum.GetValues<Role>().Where(static r => r != Role.Guest)];

    /// <summary>Those who give or receive care.</summary>
    public static readonly Role[] Clinical = [Role.Patient, Role.Practitioner];

    /// <summary>Those who give or receive care, and guests of theirs: what a guest sees of it, the database says.</summary>
    public static readonly Role[] InVisit = [.. Clinical, Role.Guest];

    /// <summary>Those who run the platform.</summary>
    public static readonly Role[] Platform = [Role.PlatformAdmin, Role.SuperAdmin];

    /// <summary>Whether a role may.</summary>
    public bool Permits(Role role) => Roles is null || Roles.Contains(role);
}

/// <summary>Says who may call an endpoint.</summary>
public static class AccessExtensions
{
    /// <summary>These roles alone, of a group that requires a caller: others get 403 before anything is looked up, so that the answer tells nothing of what exists.</summary>
    public static T Allow<T>(this T builder, params Role[] roles)
        where T : IEndpointConventionBuilder => builder.WithMetadata(new Access(roles));

    /// <summary>Everyone, signed in or not.</summary>
    public static T AllowEveryone<T>(this T builder)
        where T : IEndpointConventionBuilder => builder.WithMetadata(new Access(Roles: null));
}

/// <summary>Shows each operation's roles in the API's description, as <c>x-roles</c>.</summary>
internal sealed class AccessDescription : IOpenApiOperationTransformer
{
    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        if (context.Description.ActionDescriptor.EndpointMetadata.OfType<Access>().LastOrDefault() is { } access)
        {
            var roles = access.Roles is null ? ["Everyone"] : access.Roles.Select(static r => r.ToString());
            operation.AddExtension("x-roles", new JsonNodeExtension(new JsonArray([.. roles.Select(static r => (JsonNode)r)])));
            if (access.Roles is null)
            {
                operation.Security = [];
            }
        }

        return Task.CompletedTask;
    }
}
