using System.Text.Json.Serialization;
using Colloque.Server.Http;

namespace Colloque.Server.Contracts.Platform;

/// <summary>Who did it, then.</summary>
public sealed record AuditActor(Guid? Id, string? Name, string? Role);

/// <summary>An organization by its name.</summary>
public sealed record AuditOrganization(Guid Id, string? Name);

/// <summary>A row of the audit as administrators see it.</summary>
/// <param name="Id">Of the row.</param>
/// <param name="At">When.</param>
/// <param name="Actor">Who; null where nobody was signed in.</param>
/// <param name="Action">CREATE, READ, UPDATE, DELETE, LOGIN, LOGOUT, EXPORT, IMPORT, VALIDATE, CANCEL or REFUSED.</param>
/// <param name="Attempted">What was tried, where the action is REFUSED.</param>
/// <param name="Resource">To what kind of thing.</param>
/// <param name="ResourceId">To which.</param>
/// <param name="SubjectId">Whose data, where that was known.</param>
/// <param name="Organization">Whose chain the row is in; null: the platform's.</param>
/// <param name="Ip">From where.</param>
/// <param name="UserAgent">By what program.</param>
/// <param name="RequestId">Finds the request in the log.</param>
/// <param name="Outcome">ok, refused or failed.</param>
/// <param name="Code">The refusal's code.</param>
/// <param name="Sealed">Its seal has been made: within a second, while the server runs.</param>
public sealed record AuditLogEntry(
    Guid Id, DateTime At, AuditActor? Actor, string Action, string? Attempted, string Resource, Guid? ResourceId, Guid? SubjectId, AuditOrganization? Organization, string? Ip,
    string? UserAgent, string? RequestId, string Outcome, string? Code, bool Sealed);

/// <summary>A page of rows.</summary>
public sealed record AuditLogPage(IReadOnlyList<AuditLogEntry> Items, PageInfo PageInfo);

/// <summary>Somebody did something with one's own data, or tried to.</summary>
/// <param name="Id">Of the row.</param>
/// <param name="At">When.</param>
/// <param name="Actor">Who; of someone refused, the role alone.</param>
/// <param name="Self">It was oneself.</param>
/// <param name="Action">As in the log.</param>
/// <param name="Attempted">As in the log.</param>
/// <param name="Resource">As in the log.</param>
/// <param name="ResourceId">As in the log.</param>
/// <param name="Why">self, care (one of the two people of a consultation), administration, sign_in or attempt.</param>
/// <param name="Outcome">ok, refused or failed.</param>
public sealed record AccessLogEntry(
    Guid Id, DateTime At, AuditActor? Actor, bool Self, string Action, string? Attempted, string Resource, Guid? ResourceId, string Why, string Outcome);

/// <summary>A page of rows about oneself.</summary>
public sealed record AccessLogPage(IReadOnlyList<AccessLogEntry> Items, PageInfo PageInfo);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, AllowDuplicateProperties = false)]
[JsonSerializable(typeof(AuditLogPage))]
[JsonSerializable(typeof(AccessLogPage))]
internal sealed partial class AuditJson : JsonSerializerContext;
