using Colloque.Accounts;
using Colloque.Security;
using Colloque.Testing;
using Xunit;
using static Colloque.Tests.Accounts.SecondFactorTests;

namespace Colloque.Tests.Accounts;

public sealed class PasswordChangeTests(PostgresFixture postgres)
{
    private const string Better = "four winds over brest";

    [Fact]
    public async Task A_forgotten_password_is_replaced_by_the_mails_link_once_and_everyone_signed_in_is_out()
    {
        await using var clinic = await Clinic.OpenAsync(postgres);
        var before = await clinic.SignInAsync();
        var closed = new List<Guid>();
        clinic.Watch.Revoked += (_, e) => closed.Add(e.SignInId);
        Assert.True(await clinic.IsGoodAsync(before.Access.Text));

        await RegistrationTests.AskAsync(clinic, Clinic.Email, TokenPurpose.Reset);
        var token = await clinic.TokenAsync(Clinic.Email, "ResetPassword");
        await ResetAsync(clinic, token);
        await clinic.Watch.SweepAsync(CancellationToken.None);

        Assert.False(await clinic.IsGoodAsync(before.Access.Text));
        Assert.Single(closed);
        await Assert.ThrowsAsync<Refusal>(() => clinic.RefreshAsync(before.RefreshToken));
        Assert.Equal("invalid_credentials", await Try(() => clinic.SignInAsync()));
        Assert.NotNull(await clinic.SignInAsync(password: Better));
        Assert.Equal("link_spent", await Try(() => ResetAsync(clinic, token)));
        Assert.Equal(["ResetPassword", "PasswordChanged"], (await clinic.MailsAsync(Clinic.Email)).Select(static m => m.Kind));
    }

    [Fact]
    public async Task A_reset_never_removes_the_second_factor()
    {
        await using var clinic = await Clinic.OpenAsync(postgres);
        var phone = await Phone.SetUpAsync(clinic);
        await RegistrationTests.AskAsync(clinic, Clinic.Email, TokenPurpose.Reset);
        await ResetAsync(clinic, await clinic.TokenAsync(Clinic.Email, "ResetPassword"));

        Assert.Null((await clinic.TrySignInAsync(password: Better)).SignedIn);
        Assert.NotNull((await clinic.TrySignInAsync(password: Better, code: phone.Code())).SignedIn);
    }

    [Fact]
    public async Task A_link_ends_after_an_hour_and_a_common_password_does_not_cost_it()
    {
        await using var clinic = await Clinic.OpenAsync(postgres);
        await RegistrationTests.AskAsync(clinic, Clinic.Email, TokenPurpose.Reset);
        var token = await clinic.TokenAsync(Clinic.Email, "ResetPassword");

        Assert.Equal("too_common", await Try(() => ResetAsync(clinic, token, "motdepasse1")));
        await ResetAsync(clinic, token);
        await RegistrationTests.AskAsync(clinic, Clinic.Email, TokenPurpose.Reset);
        clinic.Clock.Advance(ResetPassword.LinkLifetime);
        Assert.Equal("link_spent", await Try(async () => await ResetAsync(clinic, await clinic.TokenAsync(Clinic.Email, "ResetPassword"))));
    }

    [Fact]
    public async Task A_flood_of_wishes_fills_no_mailbox_and_ends_no_link()
    {
        await using var clinic = await Clinic.OpenAsync(postgres);
        await RegistrationTests.AskAsync(clinic, Clinic.Email, TokenPurpose.Reset);
        var first = await clinic.TokenAsync(Clinic.Email, "ResetPassword");
        for (var i = 0; i < 12; i++)
        {
            await RegistrationTests.AskAsync(clinic, Clinic.Email, TokenPurpose.Reset);
        }

        Assert.Equal(DoAccountRequest.MostMails, (await clinic.MailsAsync(Clinic.Email)).Count);
        await ResetAsync(clinic, first);
        clinic.Clock.Advance(TimeSpan.FromMinutes(61));
        await RegistrationTests.AskAsync(clinic, Clinic.Email, TokenPurpose.Reset);
        Assert.Equal("ResetPassword", (await clinic.MailsAsync(Clinic.Email))[^1].Kind);
    }

    [Theory]
    [InlineData("update users set deactivated_at = now() where role = 'Patient'")]
    [InlineData("update organizations set deactivated_at = now()")]
    public async Task Who_is_deactivated_gets_no_link(string sql)
    {
        await using var clinic = await Clinic.OpenAsync(postgres);
        await clinic.SqlAsync(sql);
        await RegistrationTests.AskAsync(clinic, Clinic.Email, TokenPurpose.Reset);

        Assert.Empty(await clinic.MailsAsync(Clinic.Email));
    }

    [Fact]
    public async Task A_change_ends_the_other_sign_ins_and_this_one_goes_on_with_its_refresh()
    {
        await using var clinic = await Clinic.OpenAsync(postgres);
        var other = await clinic.SignInAsync(from: Clinic.Elsewhere);
        var own = await clinic.SignInAsync();
        var caller = await Phone.CallerAsync(clinic, own);
        Assert.True(await clinic.IsGoodAsync(other.Access.Text));

        await clinic.Get<ChangePassword>().RunAsync(caller, Clinic.Password, Better, CancellationToken.None);
        await clinic.Watch.SweepAsync(CancellationToken.None);

        Assert.False(await clinic.IsGoodAsync(other.Access.Text) || await clinic.IsGoodAsync(own.Access.Text));
        await Assert.ThrowsAsync<Refusal>(() => clinic.RefreshAsync(other.RefreshToken));
        Assert.True(await clinic.IsGoodAsync((await clinic.RefreshAsync(own.RefreshToken)).Access.Text));
        Assert.NotNull(await clinic.SignInAsync(password: Better));
    }

    [Theory]
    [InlineData("not this one", Better, "password", "wrong_password")]
    [InlineData(Clinic.Password, "short", "newPassword", "too_short")]
    [InlineData(Clinic.Password, "nadia2026", "newPassword", "too_common")]
    [InlineData(null, Better, "password", "required")]
    public async Task A_change_needs_the_old_password_and_a_good_new_one(string? old, string next, string field, string code)
    {
        await using var clinic = await Clinic.OpenAsync(postgres);
        var caller = await Phone.CallerAsync(clinic, await clinic.SignInAsync());

        var refusal = await Assert.ThrowsAsync<Refusal>(() => clinic.Get<ChangePassword>().RunAsync(caller, old, next, CancellationToken.None));

        Assert.Equal((field, code), (refusal.Field, refusal.Code));
        Assert.NotNull(await clinic.SignInAsync());
    }

    private static Task ResetAsync(Clinic clinic, string token, string password = Better) => clinic.Get<ResetPassword>().RunAsync(token, password, Clinic.Home, CancellationToken.None);
}
