using System.Text.Json.Serialization;

namespace Colloque.Server.Contracts.LiveConsultations;

/// <summary><c>record.created</c>, <c>record.updated</c>: a prescription or an exam result was written, or corrected. What it says, is asked for.</summary>
public sealed record RecordEvent(Guid RecordId, string Kind, int Version);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(RecordEvent))]
internal sealed partial class LiveRecordJson : JsonSerializerContext;
