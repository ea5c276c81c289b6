using System.Text.Json;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Colloque.Server.Contracts.DirectChat;

/// <summary>Describes this contract's bodies by the names they have on the wire; the description would have the other contracts' spelling.</summary>
internal sealed class DirectDescription : IOpenApiDocumentTransformer
{
    private static readonly HashSet<string> Own = [.. typeof(DirectDescription).Assembly.GetTypes().Where(static t => t.Namespace == typeof(DirectDescription).Namespace).Select(static t => t.Name)];

    public Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        foreach (var (name, schema) in document.Components?.Schemas ?? new Dictionary<string, IOpenApiSchema>())
        {
            if (Own.Contains(name) && schema is OpenApiSchema own)
            {
                own.Properties = own.Properties?.ToDictionary(static p => Wire(p.Key), static p => p.Value, StringComparer.Ordinal);
                own.Required = own.Required?.Select(Wire).ToHashSet(StringComparer.Ordinal);
            }
        }

        return Task.CompletedTask;
    }

    private static string Wire(string name) => JsonNamingPolicy.SnakeCaseLower.ConvertName(name);
}
