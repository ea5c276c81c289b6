using System.Text.Json.Serialization;

namespace Colloque.Server.Http;

/// <summary>Shapes that every contract shares.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Problem))]
[JsonSerializable(typeof(PageInfo))]
[JsonSerializable(typeof(HealthState))]
internal sealed partial class HttpJson : JsonSerializerContext;

/// <summary>How to go on.</summary>
/// <param name="NextCursor">Opaque; null at the end.</param>
public sealed record PageInfo(string? NextCursor);
