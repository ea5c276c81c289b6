using Colloque.Security;

namespace Colloque.Accounts;

/// <summary>Changes what a person of any role is called and spoken to in: their name, and the language of their mails.</summary>
public sealed class ChangeProfile(AccountRows rows, TimeProvider time)
{
    /// <summary>Two statements; null stays as it is. A practitioner's new name has their papers looked at again.</summary>
    /// <param name="caller">Who.</param>
    /// <param name="firstName">1..100 characters.</param>
    /// <param name="lastName">1..99 characters.</param>
    /// <param name="language">fr, en or es.</param>
    /// <param name="cancellationToken">Cancels between the statements.</param>
    /// <exception cref="Refusal">401: deactivated a moment ago; 422, naming the member; 503.</exception>
    public async Task<Profile> RunAsync(Caller caller, string? firstName, string? lastName, string? language, CancellationToken cancellationToken)
    {
        var first = PersonName.ParseOptional(firstName, "firstName", 100);
        var last = PersonName.ParseOptional(lastName, "lastName", 99);
        var spoken = language is null ? null : Language.Parse(language);
        await rows.ChangeSelfAsync(caller, first, last, spoken, time.GetMoment(), cancellationToken);
        return await rows.FindProfileAsync(caller.UserId, null, cancellationToken) is { Active: true } row ? row.Profile : throw Refusal.Unauthenticated();
    }
}
