namespace Colloque.Notifications;

/// <summary>A mail to be sent.</summary>
/// <param name="Kind">Decides the words.</param>
/// <param name="UserId">Whose account it is about; null where there is none.</param>
/// <param name="Address">Where it goes. Sealed in the database, blanked after sending.</param>
/// <param name="Language">fr, en or es; anything else reads as en.</param>
/// <param name="Link">An absolute http(s) address whose secret follows the <c>#</c> (of a link into a visit: is its last part), 2,000 characters at most; sealed as the address is. Null for none.</param>
/// <param name="OrganizationName">Shown in invitations and approvals; of a join code, the code. Null for none.</param>
public sealed record MailDraft(MailKind Kind, Guid? UserId, string Address, string Language, string? Link = null, string? OrganizationName = null)
{
    /// <summary>A time in words, where the mail names one; sealed as the rest.</summary>
    public string? When { get; init; }

    /// <summary>An iCalendar text that goes with it; null for none.</summary>
    public string? Calendar { get; init; }

    /// <summary>Never the address nor the link, whatever prints this.</summary>
    public override string ToString() => $"{nameof(MailDraft)} {Kind}";
}
