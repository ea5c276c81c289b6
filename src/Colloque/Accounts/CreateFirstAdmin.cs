namespace Colloque.Accounts;

/// <summary>Makes the installation's first super-admin: once, and without a password.</summary>
public sealed class CreateFirstAdmin(AccountRows rows, TimeProvider time)
{
    /// <summary>One statement; answers with the person's id, or null when the installation has a super-admin.</summary>
    /// <exception cref="Refusal">422 <c>email</c>, <c>name</c>, <c>language</c>.</exception>
    public Task<Guid?> RunAsync(string email, string name, string language, CancellationToken cancellationToken) =>
        rows.CreateFirstAsync(Guid.CreateVersion7(time.GetUtcNow()), EmailAddress.Parse(email), PersonName.Parse(name), Language.Parse(language), time.GetUtcNow(), cancellationToken);
}
