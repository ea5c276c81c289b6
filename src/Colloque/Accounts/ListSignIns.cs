using Colloque.Security;

namespace Colloque.Accounts;

/// <summary>Lists where the caller is signed in.</summary>
public sealed class ListSignIns(SignInRows rows, TimeProvider time)
{
    /// <summary>One statement; the last used first, 200 at most.</summary>
    /// <exception cref="Refusal">503.</exception>
    public Task<IReadOnlyList<SignInView>> RunAsync(Caller caller, CancellationToken cancellationToken) => rows.ListAsync(caller, time.GetUtcNow(), cancellationToken);
}
