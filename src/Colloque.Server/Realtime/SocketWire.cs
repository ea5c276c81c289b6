using System.Text.Json.Serialization;

namespace Colloque.Server.Realtime;

/// <summary>Payload of <c>session.renew</c>.</summary>
public sealed record RenewInput(string? Token);

/// <summary>Ack of <c>session.renew</c>.</summary>
public sealed record RenewAck(bool Ok, DateTime ExpiresAt);

/// <summary><c>session.expired</c>.</summary>
public sealed record SessionExpired(string Code);

/// <summary>What was refused.</summary>
public sealed record AckError(string Code, string Message, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Field);

/// <summary>An ack that refuses.</summary>
public sealed record RefusedAck(bool Ok, AckError Error);

/// <summary>An ack that only agrees.</summary>
public sealed record OkAck(bool Ok)
{
    /// <summary>The only one needed.</summary>
    public static OkAck Yes { get; } = new(true);
}

/// <summary>Shapes that every namespace shares.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, AllowDuplicateProperties = false)]
[JsonSerializable(typeof(RenewInput))]
[JsonSerializable(typeof(RenewAck))]
[JsonSerializable(typeof(SessionExpired))]
[JsonSerializable(typeof(AckError))]
[JsonSerializable(typeof(RefusedAck))]
[JsonSerializable(typeof(OkAck))]
internal sealed partial class SocketJson : JsonSerializerContext;
