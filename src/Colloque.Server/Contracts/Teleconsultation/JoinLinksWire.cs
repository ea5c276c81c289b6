using System.Text.Json.Serialization;
using Colloque.Consultations;
using Colloque.Security;
using Colloque.Teleconsultation;

namespace Colloque.Server.Contracts.Teleconsultation;

/// <summary>Body of an invitation.</summary>
public sealed record InviteGuestBody(string? Role, string? Name, string? Email, bool? RequireCode, string? Language);

/// <summary>A link into one visit.</summary>
public sealed record JoinLinkAnswer(
    Guid Id, string Role, string? Name, string? Email, bool RequireCode, string? Url, Guid CreatedBy, DateTime CreatedAt, DateTime ExpiresAt, DateTime? RevokedAt,
    GuestAnswer? Guest);

/// <summary>Links into one visit, newest first.</summary>
public sealed record JoinLinkList(IReadOnlyList<JoinLinkAnswer> Items);

/// <summary>A guest of a visit.</summary>
public sealed record GuestAnswer(Guid Id, string Name, string Role, DateTime EnteredAt, DateTime? LeftAt);

/// <summary>Guests of a visit, in the order of their coming.</summary>
public sealed record GuestList(IReadOnlyList<GuestAnswer> Items);

/// <summary>Body of <c>join</c> and <c>join/code</c>.</summary>
public sealed record JoinTokenBody(string? Token);

/// <summary>What a link tells of its visit.</summary>
public sealed record JoinVisit(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Guid? Id, DateTime ScheduledAt, string Format, string PractitionerName);

/// <summary>Answer of <c>join</c>. With the visit's id, it is a token of one of its two people, who sign in; or one of them asks.</summary>
/// <param name="NeedsName">Whether the name has to be said.</param>
/// <param name="NeedsCode">Whether a code has to be given.</param>
/// <param name="Role">As what a guest comes; null for one of the two.</param>
/// <param name="Name">As whoever invited calls them.</param>
/// <param name="Consultation">The visit.</param>
/// <param name="Own">Who asks is signed in as one of its two people: they have no use for the link.</param>
/// <param name="Path">Their own page for it, from this server's root on; only with <paramref name="Own"/>.</param>
public sealed record JoinFace(
    bool NeedsName, bool NeedsCode, string? Role, string? Name, JoinVisit Consultation, bool Own, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Path);

/// <summary>Answer of <c>join/code</c>.</summary>
public sealed record JoinCodeSent(DateTime ExpiresAt);

/// <summary>Body of <c>join/enter</c>.</summary>
public sealed record EnterBody(string? Token, string? Name, string? Code);

/// <summary>A guest is in: a token for this one visit.</summary>
public sealed record GuestToken(string AccessToken, DateTime ExpiresAt, Guid ConsultationId, GuestSelf Guest);

/// <summary>Whom the token speaks for.</summary>
public sealed record GuestSelf(Guid Id, string Name, string Role);

/// <summary>Body of <c>join/renew</c>.</summary>
public sealed record RenewBody(string? ConsultationId);

/// <summary>A token that takes the place of one before.</summary>
public sealed record RenewedToken(string AccessToken, DateTime ExpiresAt);

/// <summary>The wire's words for links and guests.</summary>
internal static class JoinLinkWords
{
    internal static GuestRole ToRole(string? text) => text switch
    {
        "PATIENT" => GuestRole.Patient,
        "RELATIVE" => GuestRole.Relative,
        "INTERPRETER" => GuestRole.Interpreter,
        "PRACTITIONER" => GuestRole.Practitioner,
        null => throw Refusal.Invalid("role", "required"),
        _ => throw Refusal.Invalid("role"),
    };

    internal static string Of(GuestRole role) => role.ToString().ToUpperInvariant();

    internal static JoinLinkAnswer Of(JoinLinkView l) => new(
        l.Id, Of(l.Role), l.Name, l.Email, l.RequireCode, l.Url, l.CreatedBy, l.CreatedAt.UtcDateTime, l.ExpiresAt.UtcDateTime, l.RevokedAt?.UtcDateTime,
        l.Guest is { } guest ? Of(guest) : null);

    internal static GuestAnswer Of(GuestView g) => new(g.Id, g.Name, Of(g.Role), g.EnteredAt.UtcDateTime, g.LeftAt?.UtcDateTime);

    internal static JoinFace Of(JoinLinkFace f, Caller? caller) => new(
        f.Role is not null && f.Name is null, f.NeedsCode, f.Role is { } role ? Of(role) : null, f.Name,
        new(f.ConsultationId, f.ScheduledAt.UtcDateTime, Of(f.Format), f.PractitionerName),
        f.Own, f.Own ? $"/{(caller!.Role == Role.Patient ? "patient/visits" : "professional/consultations")}/{f.ConsultationId}" : null);

    private static string Of(ConsultationFormat format) => format switch
    {
        ConsultationFormat.Audio => "AUDIO",
        ConsultationFormat.InPerson => "IN_PERSON",
        _ => "VIDEO",
    };
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, AllowDuplicateProperties = false)]
[JsonSerializable(typeof(InviteGuestBody))]
[JsonSerializable(typeof(JoinLinkAnswer))]
[JsonSerializable(typeof(JoinLinkList))]
[JsonSerializable(typeof(GuestList))]
[JsonSerializable(typeof(JoinTokenBody))]
[JsonSerializable(typeof(JoinFace))]
[JsonSerializable(typeof(JoinCodeSent))]
[JsonSerializable(typeof(EnterBody))]
[JsonSerializable(typeof(GuestToken))]
[JsonSerializable(typeof(RenewBody))]
[JsonSerializable(typeof(RenewedToken))]
internal sealed partial class JoinLinkJson : JsonSerializerContext;
