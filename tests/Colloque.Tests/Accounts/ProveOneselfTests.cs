using Colloque.Accounts;
using Colloque.Security;
using Colloque.Testing;
using Xunit;

namespace Colloque.Tests.Accounts;

/// <summary>Before what a stranger at one's desk must not do. Passkeys are tested from outside (tests/contracts/conversations/keeping.test.mjs).</summary>
public sealed class ProveOneselfTests(PostgresFixture postgres)
{
    [Fact]
    public async Task It_takes_all_that_one_has_once_and_who_has_nothing_is_told_to_get_something()
    {
        await using var clinic = await Clinic.OpenAsync(postgres);
        var caller = await clinic.Verifier.VerifyAsync((await clinic.SignInAsync()).Access.Text, CancellationToken.None);
        // No passkey is shown here: the protocol is the server's, and is not asked.
        var verb = new ProveOneself(clinic.Get<FactorRows>(), clinic.Get<FactorCheck>(), clinic.Get<PasskeyRows>(), null!, clinic.Get<PasskeyCeremonies>(), clinic.Get<TimeProvider>());
        Task ProveAsync(string? password, string? code) => verb.RequireAsync(caller.Caller, password, code, null, "https://clinic.example", CancellationToken.None);
        async Task<string?> TryAsync(string? password, string? code) => ((Refusal?)await Record.ExceptionAsync(() => ProveAsync(password, code)))?.Code;

        Assert.Equal(("required", "wrong_password", null), (await TryAsync(null, null), await TryAsync("not this one", null), await TryAsync(Clinic.Password, null)));

        var phone = await Phone.SetUpAsync(clinic);
        Assert.Equal(("required", "wrong_code", "wrong_password"), (await TryAsync(Clinic.Password, null), await TryAsync(Clinic.Password, "000000"), await TryAsync("not this one", phone.Code())));
        var code = phone.NextCode();
        Assert.Equal((null, "wrong_code"), (await TryAsync(Clinic.Password, code), await TryAsync(Clinic.Password, code)));

        // Whose institution knows them, and nobody else: the code alone, and without one nothing.
        await clinic.SqlAsync($"delete from credentials where user_id = '{clinic.Patient}'");
        Assert.Equal(("required", null), (await TryAsync(null, null), await TryAsync(null, phone.RecoveryCodes[0])));
        await clinic.SqlAsync("delete from second_factors");
        Assert.Equal("no_proof", await TryAsync("anything", "000000"));
    }
}
