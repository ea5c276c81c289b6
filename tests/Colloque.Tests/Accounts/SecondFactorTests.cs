using System.Net;
using Colloque.Accounts;
using Colloque.Security;
using Colloque.Testing;
using Xunit;

namespace Colloque.Tests.Accounts;

public sealed class SecondFactorTests(PostgresFixture postgres)
{
    [Fact]
    public async Task With_an_authenticator_a_password_gives_a_challenge_and_the_code_the_sign_in()
    {
        await using var clinic = await Clinic.OpenAsync(postgres);
        var phone = await Phone.SetUpAsync(clinic);

        var answer = await clinic.TrySignInAsync();
        Assert.Null(answer.SignedIn);
        Assert.Equal(new FactorState(Totp: true, Passkeys: 0, RecoveryCodesLeft: 10, Required: false), answer.Challenge!.Factors);

        var signedIn = await VerifyAsync(clinic, answer, phone.Code());
        Assert.Equal((clinic.Patient, false), (signedIn.Profile.Id, signedIn.Restricted));
        Assert.True(await clinic.IsGoodAsync(signedIn.Access.Text));
        Assert.Equal("challenge_spent", await RefusedAsync(clinic, answer, phone.NextCode()));
    }

    [Fact]
    public async Task With_the_code_at_hand_one_step_is_enough()
    {
        await using var clinic = await Clinic.OpenAsync(postgres);
        var phone = await Phone.SetUpAsync(clinic);

        Assert.Equal("wrong_code", (await Assert.ThrowsAsync<Refusal>(() => clinic.SignInAsync(code: "000000"))).Code);
        Assert.Equal("invalid_credentials", (await Assert.ThrowsAsync<Refusal>(() => clinic.SignInAsync(password: "not this one", code: phone.Code()))).Code);
        Assert.Equal(clinic.Patient, (await clinic.SignInAsync(code: phone.Code())).Profile.Id);
    }

    [Fact]
    public async Task One_code_makes_one_sign_in_also_when_twenty_try_at_once()
    {
        await using var clinic = await Clinic.OpenAsync(postgres);
        var phone = await Phone.SetUpAsync(clinic);
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => clinic.TrySignInAsync()));
        var code = phone.Code();

        var tries = answers.Select(a => Try(() => VerifyAsync(clinic, a, code))).Concat(Enumerable.Range(0, 10).Select(_ => Try(() => clinic.SignInAsync(code: code))));
        var outcomes = await Task.WhenAll(tries);

        Assert.Single(outcomes, static o => o is null);
        Assert.Equal(19, outcomes.Count(static o => o == "wrong_code"));
        Assert.Equal(1L, await clinic.ScalarAsync<long>("select count(*) from sign_ins where created_at = (select max(created_at) from sign_ins)"));
    }

    [Fact]
    public async Task A_code_that_has_counted_counts_no_more_nor_does_an_older_one()
    {
        await using var clinic = await Clinic.OpenAsync(postgres);
        var phone = await Phone.SetUpAsync(clinic);
        var (older, code) = (phone.Code(), phone.NextCode());
        await clinic.SignInAsync(code: code);

        Assert.Equal("wrong_code", await Try(() => clinic.SignInAsync(code: code)));
        Assert.Equal("wrong_code", await Try(() => clinic.SignInAsync(code: older)));
        Assert.Null(await Try(() => clinic.SignInAsync(code: phone.NextCode())));
    }

    [Fact]
    public async Task The_code_that_turned_the_authenticator_on_signs_nobody_in()
    {
        await using var clinic = await Clinic.OpenAsync(postgres);
        var phone = await Phone.SetUpAsync(clinic, wait: false);

        Assert.Equal("wrong_code", await Try(() => clinic.SignInAsync(code: phone.Code())));
    }

    [Fact]
    public async Task A_recovery_code_is_good_once_also_when_twenty_try_at_once()
    {
        await using var clinic = await Clinic.OpenAsync(postgres);
        var phone = await Phone.SetUpAsync(clinic);
        var code = phone.RecoveryCodes[3].ToUpperInvariant().Replace("-", " ");

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Try(() => clinic.SignInAsync(code: code))));

        Assert.Single(outcomes, static o => o is null);
        Assert.Equal(9, (await clinic.TrySignInAsync()).Challenge!.Factors.RecoveryCodesLeft);
        Assert.Equal(0L, await clinic.ScalarAsync<long>($"select count(*) from recovery_codes where encode(hash, 'escape') like '%{phone.RecoveryCodes[3]}%'"));
    }

    [Fact]
    public async Task A_challenge_bears_five_tries_and_five_minutes_and_ends_with_the_password()
    {
        await using var clinic = await Clinic.OpenAsync(postgres);
        var phone = await Phone.SetUpAsync(clinic);

        var tired = await clinic.TrySignInAsync();
        for (var i = 0; i < VerifyFactor.MostTries; i++)
        {
            Assert.Equal("wrong_code", await RefusedAsync(clinic, tired, "000000"));
        }

        Assert.Equal("challenge_spent", await RefusedAsync(clinic, tired, phone.Code()));

        var late = await clinic.TrySignInAsync();
        clinic.Clock.Advance(VerifyFactor.ChallengeLifetime);
        Assert.Equal("challenge_spent", await RefusedAsync(clinic, late, phone.Code()));

        var stale = await clinic.TrySignInAsync();
        await clinic.SqlAsync($"update users set security_version = security_version + 1 where id = '{clinic.Patient}'");
        Assert.Equal("challenge_spent", await RefusedAsync(clinic, stale, phone.Code()));
        Assert.Equal("challenge_spent", await Try(() => clinic.Get<VerifyFactor>().RunAsync("no token", phone.Code(), Clinic.Home, CancellationToken.None)));
    }

    [Fact]
    public async Task A_challenge_may_be_answered_from_another_network()
    {
        await using var clinic = await Clinic.OpenAsync(postgres);
        var phone = await Phone.SetUpAsync(clinic);
        var answer = await clinic.TrySignInAsync();

        Assert.NotNull(await clinic.Get<VerifyFactor>().RunAsync(answer.Challenge!.Token, phone.Code(), Clinic.Elsewhere, CancellationToken.None));
    }

    [Fact]
    public async Task A_guesser_who_has_the_password_runs_out_of_tries_and_the_owner_does_not()
    {
        await using var clinic = await Clinic.OpenAsync(postgres, RateLimitSettings.Default);
        var phone = await Phone.SetUpAsync(clinic);
        var guesses = new List<string?>();
        for (var network = 1; network <= 10; network++)
        {
            // Seconds apart: the bucket of passwords fills again, the one of codes hardly.
            clinic.Clock.Advance(TimeSpan.FromSeconds(12));
            guesses.Add(await Try(() => clinic.SignInAsync(from: new(IPAddress.Parse($"203.0.113.{network}"), null), code: "000000")));
        }

        clinic.Clock.Advance(TimeSpan.FromSeconds(12));
        Assert.Equal(["wrong_code"], guesses.Distinct());
        for (var network = 11; network <= 13; network++)
        {
            clinic.Clock.Advance(TimeSpan.FromSeconds(12));
            guesses.Add(await Try(() => clinic.SignInAsync(from: new(IPAddress.Parse($"203.0.113.{network}"), null), code: "000000")));
        }

        Assert.Equal("too_many_requests", guesses[^1]);
        Assert.NotNull(await clinic.SignInAsync(code: phone.Code()));
    }

    [Fact]
    public async Task The_secret_is_sealed_for_its_person_alone()
    {
        await using var clinic = await Clinic.OpenAsync(postgres);
        var phone = await Phone.SetUpAsync(clinic);
        await clinic.SqlAsync($"insert into second_factors (user_id, sealed, confirmed_at) select '{clinic.Root.UserId}', sealed, now() from second_factors");
        var stored = await clinic.ScalarAsync<byte[]>($"select sealed from second_factors where user_id = '{clinic.Patient}'");

        Assert.Equal(-1, stored.AsSpan().IndexOf(phone.Secret));
        Assert.Equal(phone.Secret, clinic.Get<AccountSeal>().OpenFactor(clinic.Patient, stored));
        Assert.Equal(RefusalKind.Unavailable, Assert.Throws<Refusal>(() => clinic.Get<AccountSeal>().OpenFactor(clinic.Root.UserId, stored)).Kind);
    }

    [Fact]
    public async Task To_replace_or_turn_off_an_authenticator_takes_password_and_code()
    {
        await using var clinic = await Clinic.OpenAsync(postgres);
        var phone = await Phone.SetUpAsync(clinic);
        var caller = phone.Caller;

        Assert.Equal("second_factor_set", await Try(() => clinic.Get<BeginFactor>().RunAsync(caller, null, null, CancellationToken.None)));
        Assert.Equal("wrong_password", await Try(() => clinic.Get<DropFactor>().RunAsync(caller, "not this one", phone.Code(), CancellationToken.None)));
        Assert.Equal("wrong_code", await Try(() => clinic.Get<DropFactor>().RunAsync(caller, Clinic.Password, "000000", CancellationToken.None)));

        var next = await clinic.Get<BeginFactor>().RunAsync(caller, Clinic.Password, phone.Code(), CancellationToken.None);
        Assert.NotNull(await clinic.SignInAsync(code: phone.NextCode()));
        var newPhone = phone with { Secret = Phone.Decode(next.Secret) };
        await clinic.Get<ConfirmFactor>().RunAsync(caller, newPhone.NextCode(), CancellationToken.None);
        Assert.Equal("wrong_code", await Try(() => clinic.SignInAsync(code: phone.NextCode())));

        await clinic.Get<DropFactor>().RunAsync(caller, Clinic.Password, newPhone.NextCode(), CancellationToken.None);
        Assert.NotNull((await clinic.TrySignInAsync()).SignedIn);
        Assert.Equal(0L, await clinic.ScalarAsync<long>("select count(*) from recovery_codes"));
        Assert.Equal(["SecondFactorChanged", "SecondFactorChanged", "SecondFactorChanged"], (await clinic.MailsAsync(Clinic.Email)).Select(static m => m.Kind));
    }

    [Fact]
    public async Task New_recovery_codes_end_the_ones_before()
    {
        await using var clinic = await Clinic.OpenAsync(postgres);
        var phone = await Phone.SetUpAsync(clinic);

        var codes = await clinic.Get<ReplaceRecoveryCodes>().RunAsync(phone.Caller, Clinic.Password, phone.Code(), CancellationToken.None);

        Assert.Equal(10, codes.Distinct().Count());
        Assert.Equal("wrong_code", await Try(() => clinic.SignInAsync(code: phone.RecoveryCodes[0])));
        Assert.NotNull(await clinic.SignInAsync(code: codes[9]));
    }

    [Fact]
    public async Task A_set_up_waits_a_quarter_of_an_hour_and_refuses_wrong_codes()
    {
        await using var clinic = await Clinic.OpenAsync(postgres);
        var caller = await Phone.CallerAsync(clinic, await clinic.SignInAsync());
        Assert.Equal("second_factor_not_begun", await Try(() => clinic.Get<ConfirmFactor>().RunAsync(caller, "123456", CancellationToken.None)));

        var setup = await clinic.Get<BeginFactor>().RunAsync(caller, null, null, CancellationToken.None);
        Assert.Equal("wrong_code", await Try(() => clinic.Get<ConfirmFactor>().RunAsync(caller, "000000", CancellationToken.None)));
        clinic.Clock.Advance(BeginFactor.PendingFor);
        var code = Totp.Code(Phone.Decode(setup.Secret), Totp.StepOf(clinic.Clock.GetUtcNow()));
        Assert.Equal("second_factor_not_begun", await Try(() => clinic.Get<ConfirmFactor>().RunAsync(caller, code, CancellationToken.None)));
        Assert.NotNull((await clinic.TrySignInAsync()).SignedIn);
    }

    internal static async Task<string?> Try(Func<Task> run)
    {
        try
        {
            await run();
            return null;
        }
        catch (Refusal refusal)
        {
            return refusal.Code;
        }
    }

    private static Task<SignedIn> VerifyAsync(Clinic clinic, SignInAnswer answer, string code) =>
        clinic.Get<VerifyFactor>().RunAsync(answer.Challenge!.Token, code, Clinic.Home, CancellationToken.None);

    private static async Task<string> RefusedAsync(Clinic clinic, SignInAnswer answer, string code) => (await Assert.ThrowsAsync<Refusal>(() => VerifyAsync(clinic, answer, code))).Code;
}
