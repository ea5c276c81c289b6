using Colloque.Security;

namespace Colloque.Accounts;

/// <summary>An account that somebody asks for.</summary>
/// <param name="Email">Theirs, they say.</param>
/// <param name="Password">8..256 UTF-16 units, not a common one.</param>
/// <param name="FirstName">1..100 characters.</param>
/// <param name="LastName">1..100 characters.</param>
/// <param name="Language">fr, en, es, or null.</param>
/// <param name="Role">Patient or Practitioner; nothing else is asked for.</param>
/// <param name="OrganizationSlug">Of a patient, or null: the address' domain tells.</param>
/// <param name="Title">Of a practitioner, at most 40 characters.</param>
/// <param name="Specialty">Of a practitioner, at most 80 characters.</param>
public sealed record NewAccount(string Email, string? Password, string? FirstName, string? LastName, string? Language, Role Role, string? OrganizationSlug, string? Title, string? Specialty)
{
    /// <summary>Never the password, whatever prints this.</summary>
    public override string ToString() => nameof(NewAccount);
}

/// <summary>Takes a registration in. What becomes of it, the address' mailbox learns; the answer says nothing.</summary>
public sealed class RegisterAccount(AccountRequests requests, Passwords passwords, RateLimits limits)
{
    /// <summary>One statement and one password hash, whoever the address belongs to.</summary>
    /// <exception cref="Refusal">422 naming the member; 429; 503.</exception>
    public async Task RunAsync(NewAccount account, Origin origin, CancellationToken cancellationToken)
    {
        limits.Take(Limit.AccountNetwork, origin.NetworkKey);
        var email = EmailAddress.Parse(account.Email);
        if (account.Role is not (Role.Patient or Role.Practitioner))
        {
            throw Refusal.Invalid("role");
        }

        var first = PersonName.Parse(account.FirstName, "firstName", 100);
        var last = PersonName.Parse(account.LastName, "lastName", 99);
        var title = PersonName.ParseOptional(account.Title, "title", 40);
        var specialty = PersonName.ParseOptional(account.Specialty, "specialty", 80);
        var language = account.Language is null ? null : Language.Parse(account.Language);
        if (account.OrganizationSlug is { Length: 0 or > 60 })
        {
            throw Refusal.Invalid("organizationSlug");
        }

        var hash = await passwords.HashAsync(Passwords.Parse(account.Password, "password", email, $"{first} {last}"), cancellationToken);
        var registration = new Registration(account.Role, first, last, language, account.OrganizationSlug, title, specialty, hash);
        await requests.AddAsync(new(AccountRequestKind.Register, email, registration), cancellationToken);
    }
}

/// <summary>Takes the wish for a mail in: the verification once more, or a link for a forgotten password.</summary>
public sealed class RequestMail(AccountRequests requests, RateLimits limits)
{
    /// <summary>One statement, whoever the address belongs to.</summary>
    /// <exception cref="Refusal">422 <c>email</c>; 429; 503.</exception>
    public async Task RunAsync(string email, TokenPurpose purpose, Origin origin, CancellationToken cancellationToken)
    {
        limits.Take(Limit.AccountNetwork, origin.NetworkKey);
        var kind = purpose == TokenPurpose.Reset ? AccountRequestKind.Forgot : AccountRequestKind.Resend;
        await requests.AddAsync(new(kind, EmailAddress.Parse(email), null), cancellationToken);
    }
}
