using Colloque.Accounts;
using Colloque.Security;
using Colloque.Testing;
using Xunit;

namespace Colloque.Tests.Accounts;

public sealed class RefreshTests(PostgresFixture postgres)
{
    [Fact]
    public async Task A_refresh_gives_a_new_pair_of_the_same_sign_in()
    {
        await using var clinic = await Clinic.OpenAsync(postgres);
        var first = await clinic.SignInAsync();

        var second = await clinic.RefreshAsync(first.RefreshToken);

        Assert.NotEqual(first.RefreshToken, second.RefreshToken);
        var before = await clinic.Verifier.VerifyAsync(first.Access.Text, CancellationToken.None);
        Assert.Equal(before.Caller, (await clinic.Verifier.VerifyAsync(second.Access.Text, CancellationToken.None)).Caller);
    }

    [Fact]
    public async Task Twenty_refreshes_of_one_token_at_once_give_one_successor()
    {
        await using var clinic = await Clinic.OpenAsync(postgres);
        var first = await clinic.SignInAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => clinic.RefreshAsync(first.RefreshToken)));

        Assert.Single(answers.Select(static a => a.RefreshToken).Distinct());
        Assert.Equal(2L, await clinic.ScalarAsync<long>("select count(*) from refresh_tokens"));
        await clinic.RefreshAsync(answers[0].RefreshToken);
    }

    [Fact]
    public async Task A_lost_answer_is_repeated_within_ten_seconds()
    {
        await using var clinic = await Clinic.OpenAsync(postgres);
        var first = await clinic.SignInAsync();
        var second = await clinic.RefreshAsync(first.RefreshToken);
        clinic.Clock.Advance(TimeSpan.FromSeconds(9));

        Assert.Equal(second.RefreshToken, (await clinic.RefreshAsync(first.RefreshToken)).RefreshToken);
    }

    [Fact]
    public async Task A_spent_token_that_comes_back_late_ends_the_family_and_says_so_at_once()
    {
        await using var clinic = await Clinic.OpenAsync(postgres);
        var first = await clinic.SignInAsync();
        var second = await clinic.RefreshAsync(first.RefreshToken);
        var caller = (await clinic.Verifier.VerifyAsync(second.Access.Text, CancellationToken.None)).Caller;
        var ended = new List<Guid>();
        clinic.Watch.Revoked += (_, e) => ended.Add(e.SignInId);
        clinic.Clock.Advance(TimeSpan.FromSeconds(11));

        var reuse = await Assert.ThrowsAsync<Refusal>(() => clinic.RefreshAsync(first.RefreshToken));
        var owner = await Assert.ThrowsAsync<Refusal>(() => clinic.RefreshAsync(second.RefreshToken));

        Assert.Equal(["unauthenticated", "unauthenticated"], [reuse.Code, owner.Code]);
        Assert.Equal([caller.SignInId], ended);
        Assert.False(await clinic.IsGoodAsync(second.Access.Text));
    }

    [Fact]
    public async Task A_spent_token_whose_successor_is_spent_too_ends_the_family_even_at_once()
    {
        await using var clinic = await Clinic.OpenAsync(postgres);
        var first = await clinic.SignInAsync();
        var second = await clinic.RefreshAsync(first.RefreshToken);
        var third = await clinic.RefreshAsync(second.RefreshToken);

        await Assert.ThrowsAsync<Refusal>(() => clinic.RefreshAsync(first.RefreshToken));

        await Assert.ThrowsAsync<Refusal>(() => clinic.RefreshAsync(third.RefreshToken));
    }

    [Fact]
    public async Task A_theft_on_one_device_leaves_the_other_signed_in()
    {
        await using var clinic = await Clinic.OpenAsync(postgres);
        var stolen = await clinic.SignInAsync();
        var other = await clinic.SignInAsync(from: Clinic.Elsewhere);
        await clinic.RefreshAsync(stolen.RefreshToken);
        clinic.Clock.Advance(TimeSpan.FromMinutes(1));
        await Assert.ThrowsAsync<Refusal>(() => clinic.RefreshAsync(stolen.RefreshToken));

        Assert.True(await clinic.IsGoodAsync(other.Access.Text));
        await clinic.RefreshAsync(other.RefreshToken);
    }

    [Fact]
    public async Task A_refresh_token_is_good_for_thirty_days_and_not_a_moment_more()
    {
        await using var clinic = await Clinic.OpenAsync(postgres);
        var first = await clinic.SignInAsync();
        clinic.Clock.Advance(TimeSpan.FromDays(30) - TimeSpan.FromSeconds(1));
        var second = await clinic.RefreshAsync(first.RefreshToken);
        clinic.Clock.Advance(TimeSpan.FromDays(30));

        await Assert.ThrowsAsync<Refusal>(() => clinic.RefreshAsync(second.RefreshToken));
    }

    [Fact]
    public async Task Who_is_deactivated_gets_no_new_pair()
    {
        await using var clinic = await Clinic.OpenAsync(postgres);
        var first = await clinic.SignInAsync();
        await clinic.SqlAsync("update users set deactivated_at = now() where role = 'Patient'");

        Assert.Equal("unauthenticated", (await Assert.ThrowsAsync<Refusal>(() => clinic.RefreshAsync(first.RefreshToken))).Code);
    }

    [Theory]
    [InlineData("")]
    [InlineData("short")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAB")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA ")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'")]
    public async Task What_is_no_token_of_ours_is_one_401(string token)
    {
        await using var clinic = await Clinic.OpenEmptyAsync(postgres);

        Assert.Equal("unauthenticated", (await Assert.ThrowsAsync<Refusal>(() => clinic.RefreshAsync(token))).Code);
    }

    [Fact]
    public async Task The_database_has_no_refresh_token_in_clear()
    {
        await using var clinic = await Clinic.OpenAsync(postgres);
        var signedIn = await clinic.SignInAsync();
        var bytes = System.Buffers.Text.Base64Url.DecodeFromChars(signedIn.RefreshToken);

        Assert.Equal(1L, await clinic.ScalarAsync<long>($"select count(*) from refresh_tokens where hash = sha256('\\x{Convert.ToHexString(bytes)}')"));
        Assert.Equal(0L, await clinic.ScalarAsync<long>($"select count(*) from refresh_tokens t where t::text ilike '%{Convert.ToHexString(bytes)}%' or t::text like '%{signedIn.RefreshToken}%'"));
    }

    [Fact]
    public async Task Signing_out_ends_the_family_its_tokens_and_its_sockets_at_once()
    {
        await using var clinic = await Clinic.OpenAsync(postgres);
        var first = await clinic.SignInAsync();
        var second = await clinic.RefreshAsync(first.RefreshToken);
        var caller = (await clinic.Verifier.VerifyAsync(second.Access.Text, CancellationToken.None)).Caller;
        var ended = new List<Guid>();
        clinic.Watch.Revoked += (_, e) => ended.Add(e.SignInId);

        await clinic.Get<SignOut>().RunAsync(second.RefreshToken, CancellationToken.None);
        await clinic.Get<SignOut>().RunAsync(second.RefreshToken, CancellationToken.None);

        Assert.Equal([caller.SignInId], ended);
        Assert.False(await clinic.IsGoodAsync(second.Access.Text));
        await Assert.ThrowsAsync<Refusal>(() => clinic.RefreshAsync(second.RefreshToken));
        await clinic.Get<SignOut>().RunAsync("nothing of ours", CancellationToken.None);
    }

    [Fact]
    public async Task A_sign_in_of_a_command_is_good_for_as_long_as_it_asks()
    {
        await using var clinic = await Clinic.OpenAsync(postgres);

        var started = await clinic.Get<SignIns>().StartAsync(new Caller(Guid.Empty, clinic.Patient, Role.Patient, Guid.Empty), "load-data", TimeSpan.FromHours(2), CancellationToken.None);

        var verified = await clinic.Verifier.VerifyAsync(started.AccessToken, CancellationToken.None);
        Assert.Equal(started.Caller, verified.Caller);
        Assert.Equal(clinic.Organization, verified.Caller.OrganizationId);
        Assert.Equal(clinic.Clock.GetUtcNow() + TimeSpan.FromHours(2), verified.ExpiresAt);
    }
}
