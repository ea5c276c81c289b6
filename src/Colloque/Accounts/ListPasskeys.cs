using Colloque.Security;

namespace Colloque.Accounts;

/// <summary>Lists the caller's own passkeys.</summary>
public sealed class ListPasskeys(PasskeyRows rows)
{
    /// <summary>One statement; oldest first, <see cref="AddPasskey.Most"/> at most.</summary>
    /// <exception cref="Refusal">503.</exception>
    public async Task<IReadOnlyList<PasskeyView>> RunAsync(Caller caller, CancellationToken cancellationToken) =>
        [.. (await rows.ListAsync(caller, cancellationToken)).Select(static p => p.View)];
}
