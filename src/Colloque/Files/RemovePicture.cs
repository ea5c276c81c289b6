using Colloque.Security;
using Colloque.Storage;

namespace Colloque.Files;

/// <summary>Takes a person's, or an organization's, picture away.</summary>
public sealed class RemovePicture(Verbs verbs, ObjectStore store)
{
    /// <summary>Nothing happens where there is none. Not to be run inside a unit of work: the bytes go once the row is gone for good.</summary>
    /// <exception cref="Refusal">403 of an organization, to others than its administrators; 503.</exception>
    public async Task RunAsync(Caller caller, PictureKind kind, bool ofOrganization, CancellationToken cancellationToken)
    {
        var owner = OwnerOf(caller, ofOrganization);
        if (await verbs.RunAsync<PictureRows, string?>(caller, rows => rows.RemoveAsync(owner, kind, cancellationToken), cancellationToken) is { } objectKey)
        {
            await store.RemoveAsync(objectKey, CancellationToken.None);
        }
    }

    /// <exception cref="Refusal">403.</exception>
    internal static Guid OwnerOf(Caller caller, bool ofOrganization) =>
        !ofOrganization ? caller.UserId : caller is { Role: Role.OrganizationAdmin, Tenant: { } organization } ? organization : throw Refusal.Forbidden();
}
