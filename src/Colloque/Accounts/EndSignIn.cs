using Colloque.Security;

namespace Colloque.Accounts;

/// <summary>Ends sign-ins of the caller's: on a device that was lost, or everywhere. Their tokens and sockets end at once here, within five seconds on other nodes.</summary>
public sealed class EndSignIn(SignInRows rows, SignInWatch watch, TimeProvider time)
{
    /// <summary>One of them; one statement.</summary>
    /// <exception cref="Refusal">404: another's, ended already, or none; 503.</exception>
    public async Task RunAsync(Caller caller, Guid signInId, CancellationToken cancellationToken)
    {
        if (await EndAsync(caller, signInId, null, cancellationToken) == 0)
        {
            throw Refusal.NotFound();
        }
    }

    /// <summary>All of them, or all but the caller's own; one statement. Gives how many.</summary>
    /// <exception cref="Refusal">503.</exception>
    public Task<int> RunAsync(Caller caller, bool includeCurrent, CancellationToken cancellationToken) =>
        EndAsync(caller, null, includeCurrent ? null : caller.SignInId, cancellationToken);

    private async Task<int> EndAsync(Caller caller, Guid? one, Guid? spared, CancellationToken cancellationToken)
    {
        var ended = await rows.EndAsync(caller, one, spared, time.GetUtcNow(), cancellationToken);
        foreach (var signInId in ended)
        {
            watch.Revoke(signInId);
        }

        return ended.Count;
    }
}
