using System.Text.Json.Serialization;
using Colloque.Retention;

namespace Colloque.Server.Contracts.Platform;

/// <summary>How long a kind of conversation is kept.</summary>
/// <param name="Kind">consultation, direct, prescription or exam.</param>
/// <param name="Years">After the last that was said.</param>
/// <param name="FloorYears">What the installation demands at least.</param>
public sealed record RetentionRuleItem(string Kind, int Years, int FloorYears);

/// <summary>An organization's rules, one a kind.</summary>
public sealed record RetentionRuleList(IReadOnlyList<RetentionRuleItem> Items);

/// <summary>Another rule for one kind.</summary>
public sealed record RetentionRuleBody(string? Kind, int? Years);

/// <summary>A hold to place, on one of the two.</summary>
/// <param name="ConversationId">One conversation.</param>
/// <param name="PatientId">All of one patient's.</param>
/// <param name="Reference">A file number: letters, digits, dots, slashes and hyphens, 60 at most.</param>
public sealed record LegalHoldBody(string? ConversationId, string? PatientId, string? Reference);

/// <summary>A hold.</summary>
public sealed record LegalHoldItem(Guid Id, Guid OrganizationId, Guid? ConversationId, Guid? PatientId, string Reference, Guid PlacedBy, DateTime PlacedAt, DateTime? LiftedAt);

/// <summary>Holds, newest first.</summary>
public sealed record LegalHoldList(IReadOnlyList<LegalHoldItem> Items);

/// <summary>What was erased on one day, in numbers.</summary>
public sealed record PurgeReportItem(Guid OrganizationId, string Kind, DateOnly Day, long Conversations, long Messages, long Files, long Keys, long Records);

/// <summary>Reports, newest first.</summary>
public sealed record PurgeReportList(IReadOnlyList<PurgeReportItem> Items);

/// <summary>The core's words to the wire's.</summary>
internal static class RetentionWords
{
    internal static RetentionRuleList Of(IReadOnlyList<RetentionRule> rules) => new([.. rules.Select(static r => new RetentionRuleItem(ChatWords.Of(r.Kind), r.Years, r.Floor))]);

    internal static LegalHoldItem Of(LegalHold h) =>
        new(h.Id, h.OrganizationId, h.ConversationId, h.PatientId, h.Reference, h.PlacedBy, h.PlacedAt.UtcDateTime, h.LiftedAt?.UtcDateTime);

    internal static PurgeReportItem Of(PurgeReport r) => new(r.OrganizationId, ChatWords.Of(r.Kind), r.Day, r.Conversations, r.Messages, r.Files, r.Keys, r.Records);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, AllowDuplicateProperties = false)]
[JsonSerializable(typeof(RetentionRuleBody))]
[JsonSerializable(typeof(RetentionRuleList))]
[JsonSerializable(typeof(LegalHoldBody))]
[JsonSerializable(typeof(LegalHoldItem))]
[JsonSerializable(typeof(LegalHoldList))]
[JsonSerializable(typeof(PurgeReportList))]
internal sealed partial class RetentionJson : JsonSerializerContext;
