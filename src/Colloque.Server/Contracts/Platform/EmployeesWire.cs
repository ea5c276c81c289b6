using System.Text.Json.Serialization;
using Colloque.People;
using Colloque.Server.Http;

namespace Colloque.Server.Contracts.Platform;

/// <summary>A person to put on the staff list; <paramref name="Invite"/> is true where it is left out.</summary>
public sealed record EmployeeBody(
    string? Email, string? FirstName, string? LastName, string? Department, string? Position, string? PhoneNumber, string? Language, bool? Invite);

/// <summary>What changes: a member that is null or left out stays, an empty text clears.</summary>
public sealed record EmployeeChangeBody(string? FirstName, string? LastName, string? Department, string? Position, string? PhoneNumber, string? Language);

/// <summary>A person as their organization sees them.</summary>
public sealed record EmployeeEntry(
    Guid Id, Guid? UserId, string Email, string FirstName, string LastName, string? Department, string? Position, string? PhoneNumber, string Language, string Status,
    DateTime? InvitedAt, DateTime? ActivatedAt, DateTime CreatedAt)
{
    internal static EmployeeEntry Of(Employee e) => new(
        e.Id, e.UserId, e.Email, e.FirstName, e.LastName, e.Department, e.Position, e.PhoneNumber, e.Language, EmployeeWords.Of(e.Status),
        e.InvitedAt?.UtcDateTime, e.ActivatedAt?.UtcDateTime, e.CreatedAt.UtcDateTime);
}

/// <summary>A page of them.</summary>
public sealed record EmployeePage(IReadOnlyList<EmployeeEntry> Items, PageInfo PageInfo);

/// <summary>What a person changes of themselves: null or left out stays, an empty text clears the number or the bio.</summary>
public sealed record EmployeeSelfBody(string? FirstName, string? LastName, string? PhoneNumber, string? Bio, string? Language, bool? OnboardingCompleted, bool? Consent);

/// <summary>A person as they see themselves.</summary>
public sealed record EmployeeSelfView(
    Guid Id, string Email, string FirstName, string LastName, string? Department, string? Position, string? PhoneNumber, string? Bio, string Language,
    string? AvatarUrl, string? CoverUrl, DateTime? OnboardingCompletedAt, DateTime? ConsentGivenAt)
{
    internal static EmployeeSelfView Of(EmployeeSelf e) => new(
        e.Id, e.Email, e.FirstName, e.LastName, e.Department, e.Position, e.PhoneNumber, e.Bio, e.Language, e.AvatarUrl, e.CoverUrl, e.OnboardingCompletedAt?.UtcDateTime, e.ConsentGivenAt?.UtcDateTime);
}

/// <summary>Document 001's words for people on a staff list.</summary>
internal static class EmployeeWords
{
    internal static string Of(EmployeeStatus status) => status switch
    {
        EmployeeStatus.Invited => "INVITED",
        EmployeeStatus.PendingApproval => "PENDING_APPROVAL",
        EmployeeStatus.Active => "ACTIVE",
        _ => "INACTIVE",
    };

    /// <exception cref="Refusal">422 <c>status</c>.</exception>
    internal static EmployeeStatus? ToStatus(string? word) => word switch
    {
        null => null,
        "INVITED" => EmployeeStatus.Invited,
        "PENDING_APPROVAL" => EmployeeStatus.PendingApproval,
        "ACTIVE" => EmployeeStatus.Active,
        "INACTIVE" => EmployeeStatus.Inactive,
        _ => throw Refusal.Invalid("status"),
    };
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, AllowDuplicateProperties = false)]
[JsonSerializable(typeof(EmployeeBody))]
[JsonSerializable(typeof(EmployeeChangeBody))]
[JsonSerializable(typeof(EmployeePage))]
[JsonSerializable(typeof(EmployeeSelfBody))]
[JsonSerializable(typeof(EmployeeSelfView))]
internal sealed partial class EmployeesJson : JsonSerializerContext;
