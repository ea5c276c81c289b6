using Colloque.Security;

namespace Colloque.Accounts;

/// <summary>Removes one of the caller's passkeys.</summary>
public sealed class RemovePasskey(PasskeyRows rows, SecondFactorSettings factors, SignInNotices notices)
{
    /// <summary>Two statements, the mail about it written with the second.</summary>
    /// <exception cref="Refusal">404: another's, or none; 409 <c>second_factor_mandatory</c>: the last factor of one whose role must have one; 503.</exception>
    public async Task RunAsync(Caller caller, Guid passkeyId, CancellationToken cancellationToken)
    {
        var news = await notices.OfFactorAsync(caller.UserId, cancellationToken);
        switch (await rows.RemoveAsync(caller, passkeyId, factors.Requires(caller.Role), news, cancellationToken))
        {
            case "removed":
                return;
            case "last":
                throw AccountRefusals.FactorMandatory();
            default:
                throw Refusal.NotFound();
        }
    }
}
