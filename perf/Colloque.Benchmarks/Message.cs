using System.Text.Json.Serialization;

namespace Colloque.Benchmarks;

/// <summary>A message the size of a spoken sentence.</summary>
public sealed record Message(string ConsultationId, long Seq, string Text);

[JsonSerializable(typeof(Message))]
internal sealed partial class BenchmarkJson : JsonSerializerContext;
