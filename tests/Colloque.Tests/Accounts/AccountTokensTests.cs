using Colloque.Accounts;
using Colloque.Security;
using Colloque.Testing;
using Npgsql;
using Xunit;

namespace Colloque.Tests.Accounts;

public sealed class AccountTokensTests(PostgresFixture postgres)
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [Fact]
    public async Task A_token_is_good_once_for_its_purpose_and_until_its_end()
    {
        await using var clinic = await Clinic.OpenAsync(postgres);
        var token = await IssueAsync(clinic, TokenPurpose.Verify, "a note");

        Assert.Null(await UseAsync(clinic, token, TokenPurpose.Reset));
        Assert.Equal(new UsedToken(clinic.Patient, "a note"), await UseAsync(clinic, token, TokenPurpose.Verify));
        Assert.Null(await UseAsync(clinic, token, TokenPurpose.Verify));

        var late = await IssueAsync(clinic, TokenPurpose.Reset);
        clinic.Clock.Advance(Hour);
        Assert.Null(await UseAsync(clinic, late, TokenPurpose.Reset));
        Assert.Null(await UseAsync(clinic, "no token", TokenPurpose.Reset));
    }

    [Fact]
    public async Task Of_twenty_who_use_a_token_at_once_one_does()
    {
        await using var clinic = await Clinic.OpenAsync(postgres);
        var token = await IssueAsync(clinic, TokenPurpose.Invite);

        var used = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => UseAsync(clinic, token, TokenPurpose.Invite)));

        Assert.Single(used, static u => u is not null);
    }

    [Fact]
    public async Task Each_of_many_gets_a_token_of_their_own()
    {
        await using var clinic = await Clinic.OpenAsync(postgres);
        var tokens = await clinic.RunAsync(clinic.Root, (AccountTokens all) => all.IssueManyAsync([clinic.Patient, clinic.Root.UserId], TokenPurpose.Invite, Hour, CancellationToken.None));

        Assert.Equal(clinic.Root.UserId, (await UseAsync(clinic, tokens[1].Text(), TokenPurpose.Invite))?.UserId);
        Assert.Equal(clinic.Patient, (await UseAsync(clinic, tokens[0].Text(), TokenPurpose.Invite))?.UserId);
    }

    [Fact]
    public async Task The_database_keeps_no_token_and_shows_no_row()
    {
        await using var clinic = await Clinic.OpenAsync(postgres);
        var token = await IssueAsync(clinic, TokenPurpose.Reset);

        Assert.Equal(OpaqueToken.Parse(token)!.Hash, await clinic.ScalarAsync<byte[]>("select hash from account_tokens"));
        await Assert.ThrowsAsync<PostgresException>(() => clinic.Get<Colloque.Storage.ColloqueDatabase>().ExecuteAsync(clinic.Root, "select from account_tokens", [], CancellationToken.None));
    }

    [Theory]
    [InlineData(Role.Practitioner, true)]
    [InlineData(Role.Patient, false)]
    [InlineData(Role.OrganizationAdmin, false)]
    public async Task A_practitioner_may_belong_to_the_platform_and_others_to_an_organization_only(Role role, bool may)
    {
        await using var clinic = await Clinic.OpenAsync(postgres);
        var adding = clinic.AddAsync(new(null, "own@platform.example", "Own", role, "en", null, null, Clinic.Password));
        if (!may)
        {
            Assert.Equal("organizationId", (await Assert.ThrowsAsync<Refusal>(() => adding)).Field);
            return;
        }

        await adding;
        var caller = (await clinic.Verifier.VerifyAsync((await clinic.SignInAsync("own@platform.example")).Access.Text, CancellationToken.None)).Caller;
        Assert.Equal((null, role), (caller.Tenant, caller.Role));
    }

    private static async Task<string> IssueAsync(Clinic clinic, TokenPurpose purpose, string? payload = null) =>
        (await clinic.RunAsync(clinic.Root, (AccountTokens tokens) => tokens.IssueAsync(clinic.Patient, purpose, Hour, CancellationToken.None, payload))).Text();

    private static Task<UsedToken?> UseAsync(Clinic clinic, string token, TokenPurpose purpose) =>
        clinic.RunAsync(clinic.Root, (AccountTokens tokens) => tokens.UseAsync(token, purpose, CancellationToken.None));
}
