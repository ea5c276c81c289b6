using Colloque.Security;
using Colloque.Storage;

namespace Colloque.People;

/// <summary>Changes a practitioner's own profile.</summary>
public sealed class UpdatePractitioner(PractitionerRows rows, CallerScope scope, TimeProvider time)
{
    /// <summary>Three queries; answers with the profile as it is now.</summary>
    /// <exception cref="Refusal">403 others than practitioners; 422, naming the member.</exception>
    public async Task<PractitionerView> RunAsync(PractitionerChange change, CancellationToken cancellationToken)
    {
        var parsed = change.Parse();
        if (!await rows.SaveAsync(parsed, time.GetMoment(), cancellationToken))
        {
            throw Refusal.Forbidden();
        }

        var saved = await rows.OnFileAsync(scope.Required.UserId, cancellationToken) ?? throw Refusal.Forbidden();
        // Looked at as a whole, after the change: it is rolled back.
        return saved.OffersVideo || saved.OffersPhone || saved.OffersInPerson ? saved : throw PractitionerRefusals.Formats();
    }
}
