using System.Net;
using Colloque.Accounts;
using Colloque.Security;
using Colloque.Testing;
using Npgsql;
using Xunit;

namespace Colloque.Tests.Accounts;

/// <summary>What happens to an account and the mail that tells of it are one transaction: no moment to be killed in lies between them.</summary>
public sealed class ToldTogetherTests(PostgresFixture postgres)
{
    private static readonly Origin Abroad = new(IPAddress.Parse("203.0.113.5"), "Another browser");

    [Fact]
    public async Task What_cannot_be_told_does_not_happen_and_what_does_not_happen_is_not_told()
    {
        await using var clinic = await Clinic.OpenAsync(postgres);
        var first = await clinic.SignInAsync();
        await clinic.RefreshAsync(first.RefreshToken);
        clinic.Clock.Advance(TimeSpan.FromMinutes(1));
        var me = SignIns.CallerOf(first.Profile, Guid.CreateVersion7());
        var rows = clinic.Get<PasskeyRows>();
        var key = await AddAsync(clinic, rows, me, 1);
        Assert.Equal("known", await TryAddAsync(clinic, rows, me, Guid.CreateVersion7(), 1));
        Assert.Equal("unknown", await rows.RemoveAsync(me, Guid.CreateVersion7(), must: false, await NewsAsync(clinic, me), CancellationToken.None));
        Assert.Equal("last", await rows.RemoveAsync(me, key, must: true, await NewsAsync(clinic, me), CancellationToken.None));
        Assert.Equal(["SecondFactorChanged"], await KindsAsync(clinic));

        await clinic.SqlAsync("create function full_disk() returns trigger language plpgsql as $$ begin raise exception 'no room'; end $$; create trigger full_disk before insert on mails for each row execute function full_disk()");
        await FailsAsync(() => clinic.Get<RefreshSignIn>().RunAsync(first.RefreshToken, Clinic.Home, CancellationToken.None));
        await FailsAsync(() => clinic.Get<SignIns>().StartAsync(first.Profile, Abroad, CancellationToken.None));
        await FailsAsync(() => AddAsync(clinic, rows, me, 2));
        await FailsAsync(() => clinic.Get<RemovePasskey>().RunAsync(me, key, CancellationToken.None));
        await FailsAsync(() => clinic.Get<ChangePassword>().RunAsync(me, Clinic.Password, "a garden of forks", CancellationToken.None));

        Assert.Equal(1L, await clinic.ScalarAsync<long>("select count(*) from sign_ins where revoked_at is null"));
        Assert.Equal(key, await clinic.ScalarAsync<Guid>("select id from passkeys"));
        Assert.Equal(["SecondFactorChanged"], await KindsAsync(clinic));

        await clinic.SqlAsync("drop trigger full_disk on mails");
        await clinic.Get<ChangePassword>().RunAsync(me, Clinic.Password, "a garden of forks", CancellationToken.None);
        await clinic.Get<RemovePasskey>().RunAsync(me, key, CancellationToken.None);
        await clinic.Get<SignIns>().StartAsync(first.Profile, Abroad, CancellationToken.None);

        Assert.Equal(["NewSignIn", "PasswordChanged", "SecondFactorChanged", "SecondFactorChanged"], await KindsAsync(clinic));
        Assert.All(await clinic.MailsAsync(Clinic.Email), static m => Assert.Equal("fr", m.Language));
    }

    [Fact]
    public async Task A_theft_and_its_mail_are_one()
    {
        await using var clinic = await Clinic.OpenAsync(postgres);
        var first = await clinic.SignInAsync();
        await clinic.RefreshAsync(first.RefreshToken);
        clinic.Clock.Advance(TimeSpan.FromMinutes(1));

        await Assert.ThrowsAsync<Refusal>(() => clinic.RefreshAsync(first.RefreshToken));

        Assert.Equal(["SignInStolen"], await KindsAsync(clinic));
        Assert.Equal(
            1L, await clinic.ScalarAsync<long>("select count(*) from sign_ins s join mails m on m.user_id = s.user_id and m.xmin = s.xmin where s.revoked_because = 'refresh_reused'"));
    }

    [Fact]
    public async Task Whoever_one_is_one_changes_ones_own_name_and_language_and_hears_in_it()
    {
        await using var clinic = await Clinic.OpenAsync(postgres);
        foreach (var (role, email) in new[] { (Role.Patient, "a@clinic.example"), (Role.Practitioner, "b@clinic.example"), (Role.OrganizationAdmin, "c@clinic.example"), (Role.PlatformAdmin, "d@clinic.example") })
        {
            var organization = role == Role.PlatformAdmin ? (Guid?)null : clinic.Organization;
            var id = await clinic.AddAsync(new(organization, email, "Ann Other", role, "fr", null, null, Clinic.Password));
            var me = new Caller(organization ?? Guid.Empty, id, role, Guid.Empty);

            var named = await clinic.Get<ChangeProfile>().RunAsync(me, " Rene\u0301e ", null, "es", CancellationToken.None);
            var kept = await clinic.Get<ChangeProfile>().RunAsync(me, null, null, null, CancellationToken.None);

            Assert.Equal(("Ren\u00E9e Other", "es", email, role), (named.Name, named.Language, named.Email, named.Role));
            Assert.Equal(named, kept);
            Assert.Equal("language", (await Assert.ThrowsAsync<Refusal>(() => clinic.Get<ChangeProfile>().RunAsync(me, null, null, "de", CancellationToken.None))).Field);
            Assert.Equal("lastName", (await Assert.ThrowsAsync<Refusal>(() => clinic.Get<ChangeProfile>().RunAsync(me, null, " ", null, CancellationToken.None))).Field);
            await clinic.Get<ChangePassword>().RunAsync(me, Clinic.Password, "a garden of forks", CancellationToken.None);
            Assert.Equal(["es"], (await clinic.MailsAsync(email)).Where(static m => m.Kind == "PasswordChanged").Select(static m => m.Language));
        }

        Assert.Equal("Nadia", await clinic.ScalarAsync<string>($"select name from users where id = '{clinic.Patient}'"));
    }

    private static async Task FailsAsync(Func<Task> change) => Assert.Equal("no room", Assert.IsType<PostgresException>((await Assert.ThrowsAnyAsync<Exception>(change)) is var e && e is PostgresException ? e : e.InnerException).MessageText);

    private static async Task<IReadOnlyList<string>> KindsAsync(Clinic clinic) => [.. (await clinic.MailsAsync(Clinic.Email)).Select(static m => m.Kind).Order(StringComparer.Ordinal)];

    private static Task<Colloque.Notifications.QueuedMail?> NewsAsync(Clinic clinic, Caller me) => clinic.Get<SignInNotices>().OfFactorAsync(me.UserId, CancellationToken.None);

    private static async Task<Guid> AddAsync(Clinic clinic, PasskeyRows rows, Caller me, byte credential)
    {
        var id = Guid.CreateVersion7();
        Assert.Equal("added", await TryAddAsync(clinic, rows, me, id, credential));
        return id;
    }

    private static async Task<string> TryAddAsync(Clinic clinic, PasskeyRows rows, Caller me, Guid id, byte credential) => await rows.AddAsync(
        me, new(id, "Key", clinic.Clock.GetUtcNow(), null), new([credential], [1, 2, 3], 0, ["internal"], BackupEligible: true, BackedUp: false), AddPasskey.Most, await NewsAsync(clinic, me), CancellationToken.None);
}
