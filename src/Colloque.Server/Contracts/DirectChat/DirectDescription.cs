using System.Text.Json;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Colloque.Server.Contracts.DirectChat;

/// <summary>Describes this contract's bodies by the names they have on the wire; the description would have the other contracts' spelling.</summary>
internal sealed class DirectDescription : IOpenApiSchemaTransformer
{
    public Task TransformAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        if (context.JsonTypeInfo.Type.Namespace == typeof(DirectDescription).Namespace)
        {
            schema.Properties = schema.Properties?.ToDictionary(static p => Wire(p.Key), static p => p.Value, StringComparer.Ordinal);
            schema.Required = schema.Required?.Select(Wire).ToHashSet(StringComparer.Ordinal);
        }

        return Task.CompletedTask;
    }

    private static string Wire(string name) => JsonNamingPolicy.SnakeCaseLower.ConvertName(name);
}
