using Colloque.Storage;
using Colloque.Security;

namespace Colloque.People;

/// <summary>Shows one practitioner: to everyone who is signed in, one of the directory; to the platform's administrators and themselves, with their file.</summary>
public sealed class GetPractitioner(PractitionerRows rows, CallerScope scope)
{
    /// <summary>At most two queries.</summary>
    /// <param name="id">The person's id; null for the caller's own.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    /// <exception cref="Refusal">404: nobody, nobody in the directory, of another organization.</exception>
    public async Task<PractitionerView> RunAsync(Guid? id, CancellationToken cancellationToken)
    {
        var caller = scope.Required;
        var whom = id ?? caller.UserId;
        return (whom == caller.UserId || caller.Role == Role.PlatformAdmin ? await rows.OnFileAsync(whom, cancellationToken) : null)
            ?? (id is null ? null : await rows.InDirectoryAsync(whom, cancellationToken)) ?? throw Refusal.NotFound();
    }
}
