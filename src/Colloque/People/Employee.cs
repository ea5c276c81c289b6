namespace Colloque.People;

/// <summary>Where a person stands with their organization.</summary>
public enum EmployeeStatus
{
    /// <summary>On the staff list; has not come yet.</summary>
    Invited,

    /// <summary>Registered by themselves; the organization has not said yes.</summary>
    PendingApproval,

    /// <summary>May sign in.</summary>
    Active,

    /// <summary>May not.</summary>
    Inactive,
}

/// <summary>A person as their organization knows them: never anything of their care.</summary>
/// <param name="Id">Of the entry on the staff list, not of the account.</param>
/// <param name="UserId">Of the account; null until there is one that they have shown to be theirs.</param>
/// <param name="Email">Lower case.</param>
/// <param name="FirstName">1..100 characters.</param>
/// <param name="LastName">1..100 characters.</param>
/// <param name="Department">At most 100 characters.</param>
/// <param name="Position">At most 100 characters.</param>
/// <param name="PhoneNumber">At most 30 characters.</param>
/// <param name="Language">fr, en or es: of mails to them.</param>
/// <param name="Status">Where they stand.</param>
/// <param name="InvitedAt">When the last invitation went out.</param>
/// <param name="ActivatedAt">When they showed that the address is theirs.</param>
/// <param name="CreatedAt">When the entry was made.</param>
public sealed record Employee(
    Guid Id, Guid? UserId, string Email, string FirstName, string LastName, string? Department, string? Position, string? PhoneNumber, string Language,
    EmployeeStatus Status, DateTimeOffset? InvitedAt, DateTimeOffset? ActivatedAt, DateTimeOffset CreatedAt);

/// <summary>What an organization writes of a person. A member that is null stays as it is; an empty text clears it, where it can be cleared.</summary>
/// <param name="FirstName">1..100 characters.</param>
/// <param name="LastName">1..100 characters.</param>
/// <param name="Department">At most 100 characters.</param>
/// <param name="Position">At most 100 characters.</param>
/// <param name="PhoneNumber">At most 30 digits, spaces and <c>+ ( ) . / -</c>.</param>
/// <param name="Language">fr, en or es.</param>
public sealed record EmployeeDraft(string? FirstName, string? LastName, string? Department, string? Position, string? PhoneNumber, string? Language);
