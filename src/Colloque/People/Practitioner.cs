namespace Colloque.People;

/// <summary>Where a practitioner is on the way into the directory.</summary>
public enum PractitionerStatus
{
    /// <summary>Applied; the platform has not looked yet, or has to look again.</summary>
    Pending,

    /// <summary>In the directory, while active.</summary>
    Validated,

    /// <summary>Not taken; the reason says why. A corrected profile is pending again.</summary>
    Rejected,
}

/// <summary>A practitioner as patients see them.</summary>
/// <param name="Id">The person's id.</param>
/// <param name="FirstName">As they are called.</param>
/// <param name="LastName">Empty for who has one name.</param>
/// <param name="Title">"Dr"; null for none.</param>
/// <param name="Specialty">In their own words; null where they have not said.</param>
/// <param name="Languages">Tags such as <c>fr</c>.</param>
/// <param name="Bio">Empty where they have not said.</param>
/// <param name="Experience">Years; null where they have not said.</param>
/// <param name="Diplomas">In their own words.</param>
/// <param name="OffersVideo">Consultations by video.</param>
/// <param name="OffersPhone">Consultations by voice.</param>
/// <param name="OffersInPerson">Consultations in one room.</param>
/// <param name="TimeZone">An IANA name.</param>
/// <param name="AvatarUrl">A path on this server; null for none.</param>
/// <param name="CoverUrl">A path on this server; null for none.</param>
/// <param name="CreatedAt">When the profile was begun.</param>
/// <param name="NextAvailableAt">The next start that can be booked; null for none up to the horizon.</param>
/// <param name="File">What only they and the platform's administrators see; null to everyone else.</param>
public sealed record PractitionerView(
    Guid Id, string FirstName, string LastName, string? Title, string? Specialty, IReadOnlyList<string> Languages, string Bio, int? Experience, IReadOnlyList<string> Diplomas,
    bool OffersVideo, bool OffersPhone, bool OffersInPerson, string TimeZone, string? AvatarUrl, string? CoverUrl, DateTimeOffset CreatedAt, DateTimeOffset? NextAvailableAt,
    PractitionerFile? File);

/// <summary>A practitioner's file with the platform.</summary>
/// <param name="Email">Where to write.</param>
/// <param name="Status">Whether the platform has taken them.</param>
/// <param name="RejectionReason">Of a rejected one.</param>
/// <param name="DocumentsVerified">The platform has compared the profile with the papers; a changed title, specialty, name or diploma ends that.</param>
/// <param name="IsActive">Neither the person nor their organization is deactivated.</param>
public sealed record PractitionerFile(string Email, PractitionerStatus Status, string? RejectionReason, bool DocumentsVerified, bool IsActive);
