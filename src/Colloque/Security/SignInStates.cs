using Colloque.Storage;

namespace Colloque.Security;

/// <summary>What the database says of one sign-in; an unknown one is not live.</summary>
internal readonly record struct SignInState(Guid SignInId, int SecurityVersion, bool Live);

/// <summary>Asks the database for the states of many sign-ins at once.</summary>
internal delegate Task<IReadOnlyList<SignInState>> ReadSignInStates(Guid[] signInIds, CancellationToken cancellationToken);

internal static class SignInStates
{
    internal static ReadSignInStates From(ColloqueDatabase database) => async (ids, cancellationToken) =>
    {
        var states = new List<SignInState>(ids.Length);
        await database.ReadAsync(
            null,
            "select sign_in_id, security_version, live from accounts_sign_in_states($1)",
            [new() { Value = ids }],
            r => states.Add(new(r.GetGuid(0), r.GetInt32(1), r.GetBoolean(2))),
            cancellationToken);
        return states;
    };
}
