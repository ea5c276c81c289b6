using System.Text.Json.Serialization;

namespace Colloque.Server.Contracts.Platform;

/// <summary>Where one is signed in.</summary>
/// <param name="Id">To end it.</param>
/// <param name="Device">The system, such as <c>Windows</c> or <c>iPhone</c>.</param>
/// <param name="Browser">Absent where it is none we know.</param>
/// <param name="Ip">Where it was started from.</param>
/// <param name="CreatedAt">When it was started.</param>
/// <param name="LastUsedAt">When it was last refreshed.</param>
/// <param name="Current">It is the one that asks.</param>
public sealed record SessionItem(
    Guid Id, string Device, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Browser, string? Ip, DateTime CreatedAt, DateTime LastUsedAt, bool Current);

/// <summary>One's own sign-ins, the last used first; 200 at most.</summary>
public sealed record SessionList(IReadOnlyList<SessionItem> Items);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, AllowDuplicateProperties = false)]
[JsonSerializable(typeof(SessionList))]
internal sealed partial class SessionsJson : JsonSerializerContext;
