using System.Net;
using Colloque.Accounts;
using Colloque.Security;
using Colloque.Testing;
using Xunit;

namespace Colloque.Tests.Accounts;

/// <summary>One's own devices: seen, ended, and told of. ASVS 7.4.2, 7.5.2, 7.6.1.</summary>
public sealed class SignInListTests(PostgresFixture postgres)
{
    private static readonly Origin Phone = new(
        IPAddress.Parse("198.51.100.9"), "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1");

    [Fact]
    public async Task A_person_sees_their_own_devices_the_last_used_first_and_nobody_elses()
    {
        await using var clinic = await Clinic.OpenAsync(postgres);
        var first = await clinic.SignInAsync();
        clinic.Clock.Advance(TimeSpan.FromMinutes(1));
        var phone = await CallerAsync(clinic, await clinic.SignInAsync(from: Phone));
        var other = await OtherAsync(clinic);
        clinic.Clock.Advance(TimeSpan.FromMinutes(1));
        var home = await CallerAsync(clinic, await clinic.RefreshAsync(first.RefreshToken));

        var mine = await ListAsync(clinic, home);

        Assert.Equal([home.SignInId, phone.SignInId], mine.Select(static s => s.Id));
        Assert.Equal(("Test browser", "192.0.2.7", TimeSpan.FromMinutes(2)), (mine[0].UserAgent, mine[0].Address?.ToString(), mine[0].LastUsedAt - mine[0].CreatedAt));
        Assert.Equal([other.SignInId], (await ListAsync(clinic, other)).Select(static s => s.Id));
    }

    [Fact]
    public async Task A_sign_in_that_ended_or_can_no_longer_be_prolonged_is_not_shown()
    {
        await using var clinic = await Clinic.OpenAsync(postgres);
        var old = await clinic.SignInAsync();
        await clinic.Get<SignOut>().RunAsync((await clinic.SignInAsync()).RefreshToken, CancellationToken.None);
        var caller = await CallerAsync(clinic, old);
        Assert.Single(await ListAsync(clinic, caller));

        clinic.Clock.Advance(SignIns.RefreshLifetime);

        Assert.Empty(await ListAsync(clinic, caller));
    }

    [Fact]
    public async Task Ending_another_device_ends_its_tokens_at_once_and_spares_ones_own()
    {
        await using var clinic = await Clinic.OpenAsync(postgres);
        var home = await clinic.SignInAsync();
        var phone = await clinic.SignInAsync(from: Phone);
        var (me, lost) = (await CallerAsync(clinic, home), await CallerAsync(clinic, phone));
        var ended = new List<Guid>();
        clinic.Watch.Revoked += (_, e) => ended.Add(e.SignInId);

        await clinic.Get<EndSignIn>().RunAsync(me, lost.SignInId, CancellationToken.None);

        Assert.Equal([lost.SignInId], ended);
        Assert.Equal((false, true), (await clinic.IsGoodAsync(phone.Access.Text), await clinic.IsGoodAsync(home.Access.Text)));
        await Assert.ThrowsAsync<Refusal>(() => clinic.RefreshAsync(phone.RefreshToken));
        await clinic.RefreshAsync(home.RefreshToken);
        Assert.Equal(RefusalKind.NotFound, (await Assert.ThrowsAsync<Refusal>(() => clinic.Get<EndSignIn>().RunAsync(me, lost.SignInId, CancellationToken.None))).Kind);
    }

    [Fact]
    public async Task Anothers_sign_in_and_one_that_never_was_are_the_same_404_and_nothing_ends()
    {
        await using var clinic = await Clinic.OpenAsync(postgres);
        var me = await CallerAsync(clinic, await clinic.SignInAsync());
        var other = await OtherAsync(clinic);
        foreach (var id in (Guid[])[other.SignInId, Guid.CreateVersion7()])
        {
            var refusal = await Assert.ThrowsAsync<Refusal>(() => clinic.Get<EndSignIn>().RunAsync(me, id, CancellationToken.None));
            Assert.Equal((RefusalKind.NotFound, "not_found"), (refusal.Kind, refusal.Code));
        }

        Assert.Equal(0L, await clinic.ScalarAsync<long>("select count(*) from sign_ins where revoked_at is not null"));
    }

    [Theory]
    [InlineData(false, 2)]
    [InlineData(true, 3)]
    public async Task All_others_end_or_all(bool includeCurrent, int expected)
    {
        await using var clinic = await Clinic.OpenAsync(postgres);
        var home = await clinic.SignInAsync();
        await clinic.SignInAsync();
        await clinic.SignInAsync(from: Phone);
        var me = await CallerAsync(clinic, home);
        var other = await OtherAsync(clinic);

        Assert.Equal(expected, await clinic.Get<EndSignIn>().RunAsync(me, includeCurrent, CancellationToken.None));

        Assert.Equal(!includeCurrent, await clinic.IsGoodAsync(home.Access.Text));
        Assert.Single(await ListAsync(clinic, other));
    }

    [Fact]
    public async Task A_sign_in_from_a_new_device_or_network_is_told_by_mail_the_first_of_all_is_not()
    {
        await using var clinic = await Clinic.OpenAsync(postgres);
        await clinic.SignInAsync();
        await clinic.SignInAsync();
        Assert.Equal(0L, await MailsAsync(clinic, "NewSignIn"));

        await clinic.SignInAsync(from: Phone);
        await clinic.SignInAsync(from: new(Clinic.Elsewhere.Address, "Test browser"));
        Assert.Equal(1L, await MailsAsync(clinic, "NewSignIn"));

        await clinic.SignInAsync(from: new(IPAddress.Parse("203.0.113.5"), "Test browser"));
        Assert.Equal(2L, await MailsAsync(clinic, "NewSignIn"));
    }

    [Fact]
    public async Task What_was_not_used_for_ninety_days_is_new_again()
    {
        await using var clinic = await Clinic.OpenAsync(postgres);
        await clinic.SignInAsync();
        clinic.Clock.Advance(SignInNotices.KnownFor - TimeSpan.FromSeconds(1));
        await clinic.SignInAsync();
        Assert.Equal(0L, await MailsAsync(clinic, "NewSignIn"));
        clinic.Clock.Advance(SignInNotices.KnownFor + TimeSpan.FromSeconds(1));

        await clinic.SignInAsync();

        Assert.Equal(1L, await MailsAsync(clinic, "NewSignIn"));
    }

    [Fact]
    public async Task A_thief_who_hangs_up_keeps_nobody_from_being_told()
    {
        await using var clinic = await Clinic.OpenAsync(postgres);
        var first = await clinic.SignInAsync();
        await clinic.RefreshAsync(first.RefreshToken);
        clinic.Clock.Advance(TimeSpan.FromMinutes(1));

        await Assert.ThrowsAnyAsync<Exception>(() => clinic.Get<RefreshSignIn>().RunAsync(first.RefreshToken, Clinic.Home, new CancellationToken(canceled: true)));

        Assert.Equal(1L, await MailsAsync(clinic, "SignInStolen"));
    }

    [Fact]
    public async Task A_theft_is_told_once_however_often_the_thief_comes_back()
    {
        await using var clinic = await Clinic.OpenAsync(postgres);
        var first = await clinic.SignInAsync();
        await clinic.RefreshAsync(first.RefreshToken);
        clinic.Clock.Advance(TimeSpan.FromMinutes(1));

        var refusals = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Assert.ThrowsAsync<Refusal>(() => clinic.RefreshAsync(first.RefreshToken))));

        Assert.All(refusals, static r => Assert.Equal("unauthenticated", r.Code));
        Assert.Equal(1L, await MailsAsync(clinic, "SignInStolen"));
        Assert.Equal("refresh_reused", await clinic.ScalarAsync<string>("select revoked_because from sign_ins"));
    }

    [Fact]
    public async Task Twenty_chains_of_refreshes_at_once_end_with_one_token_that_is_good()
    {
        await using var clinic = await Clinic.OpenAsync(postgres);
        var token = (await clinic.SignInAsync()).RefreshToken;
        for (var link = 0; link < 5; link++)
        {
            var given = token;
            var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => clinic.RefreshAsync(given)));
            token = Assert.Single(answers.Select(static a => a.RefreshToken).Distinct());
        }

        Assert.Equal(1L, await clinic.ScalarAsync<long>("select count(*) from refresh_tokens where spent_at is null"));
        Assert.Equal(0L, await clinic.ScalarAsync<long>("select count(*) from sign_ins where revoked_at is not null"));
    }

    private static async Task<Caller> CallerAsync(Clinic clinic, SignedIn signedIn) => (await clinic.Verifier.VerifyAsync(signedIn.Access.Text, CancellationToken.None)).Caller;

    private static Task<IReadOnlyList<SignInView>> ListAsync(Clinic clinic, Caller caller) => clinic.Get<ListSignIns>().RunAsync(caller, CancellationToken.None);

    private static Task<long> MailsAsync(Clinic clinic, string kind) => clinic.ScalarAsync<long>($"select count(*) from mails where kind = '{kind}'");

    private static async Task<Caller> OtherAsync(Clinic clinic)
    {
        await clinic.AddAsync(new(clinic.Organization, "other@clinic.example", "Other", Role.Patient, "en", null, null, Clinic.Password));
        return await CallerAsync(clinic, await clinic.SignInAsync("other@clinic.example"));
    }
}
