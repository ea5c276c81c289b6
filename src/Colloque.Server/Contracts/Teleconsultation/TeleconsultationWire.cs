using System.Text.Json.Serialization;
using Colloque.Conversations;
using Colloque.Security;
using Colloque.Teleconsultation;

namespace Colloque.Server.Contracts.Teleconsultation;

/// <summary>The remote room (document 000's session).</summary>
public sealed record TeleconsultationSession(
    Guid Id, Guid ConsultationId, string Status, string Provider, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? RoomName,
    DateTime? StartedAt, DateTime? EndedAt, DateTime? TokenExpiresAt);

/// <summary>Answer of <c>join</c>: the caller's own token alone.</summary>
public sealed record TeleconsultationJoined(string Token, string Role, TeleconsultationSession Session);

/// <summary>Body of <c>messages</c>.</summary>
public sealed record TeleconsultationMessageBody(string? Text, string? ClientMsgId);

/// <summary>A file in a message.</summary>
public sealed record TeleconsultationFile(Guid Id, string Name, string MimeType, long SizeBytes);

/// <summary>A message of the visit's conversation.</summary>
public sealed record TeleconsultationMessage(
    Guid Id, long Seq, string ClientMsgId, Guid SenderId, string SenderRole, string Kind, string? Text, TeleconsultationFile? File, DateTime CreatedAt);

/// <summary>Where a file's bytes are.</summary>
public sealed record TeleconsultationLink(string DownloadUrl, DateTime ExpiresAt);

/// <summary>Document 000's words and shapes of the core's views.</summary>
internal static class TeleconsultationWords
{
    internal static TeleconsultationSession Of(TeleconsultationView s) => new(
        s.ConsultationId, s.ConsultationId, Of(s.Status), s.Provider, s.RoomName, s.StartedAt?.UtcDateTime, s.EndedAt?.UtcDateTime, s.TokenExpiresAt?.UtcDateTime);

    internal static TeleconsultationJoined Of(TeleconsultationEntry e) => new(e.Token, e.IsPractitioner ? "practitioner" : "patient", Of(e.Session));

    internal static TeleconsultationMessage Of(MessageView m) => new(
        m.Id, m.Seq, m.ClientMsgId, m.SenderId, Of(m.SenderRole), m.Kind == MessageKind.File ? "file" : "text", m.Text,
        m.File is { } f ? new(f.Id, f.Name, f.MimeType, f.SizeBytes) : null, m.CreatedAt.UtcDateTime);

    private static string Of(Role role) => role switch
    {
        Role.Patient => "patient",
        Role.Practitioner => "practitioner",
        _ => "guest",
    };

    private static string Of(SessionStatus status) => status switch
    {
        SessionStatus.Pending => "pending",
        SessionStatus.Live => "live",
        _ => "ended",
    };
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, AllowDuplicateProperties = false)]
[JsonSerializable(typeof(TeleconsultationSession))]
[JsonSerializable(typeof(TeleconsultationJoined))]
[JsonSerializable(typeof(TeleconsultationMessageBody))]
[JsonSerializable(typeof(TeleconsultationMessage))]
[JsonSerializable(typeof(TeleconsultationLink))]
internal sealed partial class TeleconsultationJson : JsonSerializerContext;
