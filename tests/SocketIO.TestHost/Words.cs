using System.Text.Json.Serialization;

namespace SocketIO.TestHost;

internal sealed record WhoAmI(
    [property: JsonPropertyName("id")] string Id,
    [property: JsonPropertyName("recovered")] bool Recovered,
    [property: JsonPropertyName("rooms")] IReadOnlyList<string> Rooms,
    [property: JsonPropertyName("data")] System.Text.Json.JsonElement Data,
    [property: JsonPropertyName("transport")] string Transport);

internal sealed record TimedOut([property: JsonPropertyName("timedOut")] bool Value);

internal sealed record SequenceReport(
    [property: JsonPropertyName("n")] int Count,
    [property: JsonPropertyName("ordered")] bool Ordered);

internal sealed record TokenReport([property: JsonPropertyName("token")] System.Text.Json.JsonElement Token);

[JsonSerializable(typeof(WhoAmI))]
[JsonSerializable(typeof(TimedOut))]
[JsonSerializable(typeof(SequenceReport))]
[JsonSerializable(typeof(TokenReport))]
[JsonSerializable(typeof(System.Text.Json.JsonElement))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(int))]
[JsonSerializable(typeof(bool))]
internal sealed partial class Words : JsonSerializerContext;
