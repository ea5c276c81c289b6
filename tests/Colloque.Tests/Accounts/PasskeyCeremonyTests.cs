using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using Colloque.Accounts;
using Colloque.Security;
using Colloque.Testing;
using Xunit;

namespace Colloque.Tests.Accounts;

/// <summary>A challenge is good once, for five minutes, for whom it was made; and the counter of a passkey only rises. ASVS 6.5.1, 6.5.5.</summary>
public sealed class PasskeyCeremonyTests(PostgresFixture postgres)
{
    [Fact]
    public async Task A_ceremony_ends_once_also_for_twenty_at_the_same_moment()
    {
        await using var clinic = await Clinic.OpenAsync(postgres);
        var challenge = await BeginAsync(clinic, null);

        var states = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => EndAsync(clinic, challenge, null)));

        Assert.Equal(["remembered"], states.OfType<string>());
        Assert.Null(await EndAsync(clinic, challenge, null));
    }

    [Fact]
    public async Task A_ceremony_is_over_after_five_minutes()
    {
        await using var clinic = await Clinic.OpenAsync(postgres);
        var (early, late) = (await BeginAsync(clinic, null), await BeginAsync(clinic, null));
        clinic.Clock.Advance(PasskeyCeremonies.Lifetime - TimeSpan.FromSeconds(1));
        Assert.Equal("remembered", await EndAsync(clinic, early, null));
        clinic.Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Null(await EndAsync(clinic, late, null));
    }

    [Fact]
    public async Task A_ceremony_of_one_person_is_not_anothers_to_end_nor_a_strangers()
    {
        await using var clinic = await Clinic.OpenAsync(postgres);
        var challenge = await BeginAsync(clinic, clinic.Patient);

        Assert.Null(await EndAsync(clinic, challenge, clinic.Root.UserId));
        Assert.Null(await EndAsync(clinic, challenge, null));
        Assert.Equal("remembered", await EndAsync(clinic, challenge, clinic.Patient));
    }

    [Fact]
    public async Task The_database_knows_neither_the_challenge_nor_what_is_remembered()
    {
        await using var clinic = await Clinic.OpenAsync(postgres);
        var challenge = await BeginAsync(clinic, clinic.Patient);
        var bytes = Convert.ToHexString(Base64Url.DecodeFromChars(challenge));

        Assert.Equal(1L, await clinic.ScalarAsync<long>($"select count(*) from passkey_ceremonies where hash = sha256('\\x{bytes}')"));
        Assert.Equal(0L, await clinic.ScalarAsync<long>($"select count(*) from passkey_ceremonies c where c::text ilike '%{bytes}%' or c::text ilike '%{Convert.ToHexString("remembered"u8)}%'"));
    }

    [Fact]
    public async Task What_was_remembered_for_one_challenge_cannot_be_moved_to_another()
    {
        await using var clinic = await Clinic.OpenAsync(postgres);
        var (one, two) = (await BeginAsync(clinic, null), await BeginAsync(clinic, null));
        await clinic.SqlAsync("update passkey_ceremonies set sealed = (select o.sealed from passkey_ceremonies o where o.hash <> passkey_ceremonies.hash)");

        Assert.Null(await EndAsync(clinic, one, null));
        Assert.Null(await EndAsync(clinic, two, null));
    }

    [Fact]
    public async Task What_nobody_answered_is_swept_by_who_comes_next()
    {
        await using var clinic = await Clinic.OpenAsync(postgres);
        for (var i = 0; i < 3; i++)
        {
            await BeginAsync(clinic, null);
        }

        clinic.Clock.Advance(PasskeyCeremonies.Lifetime);
        await BeginAsync(clinic, null);

        Assert.Equal(1L, await clinic.ScalarAsync<long>("select count(*) from passkey_ceremonies"));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"response":7}""")]
    [InlineData("""{"response":{"clientDataJSON":"not base64url!"}}""")]
    [InlineData("""{"response":{"clientDataJSON":"AAAA"}}""")]
    [InlineData("""{"response":{"clientDataJSON":"W10"}}""")]
    [InlineData("""{"response":{"clientDataJSON":"eyJjaGFsbGVuZ2UiOjd9"}}""")]
    public async Task What_answers_no_challenge_ends_none(string credential)
    {
        await using var clinic = await Clinic.OpenEmptyAsync(postgres);

        Assert.Null(await clinic.Get<PasskeyCeremonies>().EndAsync(JsonElement.Parse(credential), null, CancellationToken.None));
    }

    [Fact]
    public async Task A_count_that_does_not_rise_is_refused_also_for_twenty_at_the_same_moment()
    {
        await using var clinic = await Clinic.OpenAsync(postgres);
        var passkey = await AddAsync(clinic, signCount: 4);
        var rows = clinic.Get<PasskeyRows>();

        Assert.False(await rows.UseAsync(passkey, new(4, false), clinic.Clock.GetUtcNow(), CancellationToken.None));
        var twenty = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => rows.UseAsync(passkey, new(5, true), clinic.Clock.GetUtcNow(), CancellationToken.None)));

        Assert.Single(twenty, static used => used);
        Assert.Equal(5L, await clinic.ScalarAsync<long>("select sign_count from passkeys where backed_up"));
    }

    [Fact]
    public async Task An_authenticator_that_does_not_count_stays_at_zero_and_may_not_fall_back_to_it()
    {
        await using var clinic = await Clinic.OpenAsync(postgres);
        var (still, counting) = (await AddAsync(clinic, signCount: 0, credential: 1), await AddAsync(clinic, signCount: 1, credential: 2));
        var rows = clinic.Get<PasskeyRows>();

        Assert.True(await rows.UseAsync(still, new(0, false), clinic.Clock.GetUtcNow(), CancellationToken.None));
        Assert.False(await rows.UseAsync(counting, new(0, false), clinic.Clock.GetUtcNow(), CancellationToken.None));
    }

    [Fact]
    public async Task A_person_has_twenty_passkeys_at_most_and_a_credential_one_owner()
    {
        await using var clinic = await Clinic.OpenAsync(postgres);
        var me = new Caller(clinic.Organization, clinic.Patient, Role.Patient, Guid.CreateVersion7());
        var rows = clinic.Get<PasskeyRows>();

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 25).Select(i => AddAsync(rows, clinic, me, Guid.CreateVersion7(), (byte)i, 0)));
        var anothers = await AddAsync(rows, clinic, me with { UserId = clinic.Root.UserId }, Guid.CreateVersion7(), (byte)outcomes.IndexOf("added"), 0);

        Assert.Equal((20, 5), (outcomes.Count(static o => o == "added"), outcomes.Count(static o => o == "many")));
        Assert.Equal("known", anothers);
        Assert.Equal(20, await clinic.ScalarAsync<int>($"select accounts_passkey_count('{clinic.Patient}')"));
    }

    [Fact]
    public async Task The_last_second_factor_of_one_who_must_have_one_stays()
    {
        await using var clinic = await Clinic.OpenAsync(postgres);
        var me = new Caller(clinic.Organization, clinic.Patient, Role.Patient, Guid.Empty);
        var rows = clinic.Get<PasskeyRows>();
        var (one, two) = (await AddAsync(clinic, 0, credential: 1), await AddAsync(clinic, 0, credential: 2));

        Assert.Equal("unknown", await rows.RemoveAsync(me with { UserId = clinic.Root.UserId }, one, must: true, null, CancellationToken.None));
        Assert.Equal("removed", await rows.RemoveAsync(me, one, must: true, null, CancellationToken.None));
        Assert.Equal("last", await rows.RemoveAsync(me, two, must: true, null, CancellationToken.None));
        Assert.Equal("removed", await rows.RemoveAsync(me, two, must: false, null, CancellationToken.None));
    }

    [Fact]
    public async Task Of_two_last_passkeys_removed_at_once_one_stays()
    {
        await using var clinic = await Clinic.OpenAsync(postgres);
        var me = new Caller(clinic.Organization, clinic.Patient, Role.Patient, Guid.Empty);
        Guid[] both = [await AddAsync(clinic, 0, credential: 1), await AddAsync(clinic, 0, credential: 2)];

        var outcomes = await Task.WhenAll(both.Select(id => clinic.Get<PasskeyRows>().RemoveAsync(me, id, must: true, null, CancellationToken.None)));

        Assert.Equal(["last", "removed"], outcomes.Order());
    }

    [Fact]
    public async Task Who_was_let_in_to_set_up_a_factor_has_one_with_a_passkey()
    {
        await using var clinic = await Clinic.OpenAsync(postgres);
        await clinic.SignInAsync();
        await clinic.SqlAsync("update sign_ins set restricted = true");
        var signIn = await clinic.ScalarAsync<Guid>("select id from sign_ins");

        Assert.Equal("added", await AddAsync(clinic.Get<PasskeyRows>(), clinic, new(clinic.Organization, clinic.Patient, Role.Patient, signIn), Guid.CreateVersion7(), 1, 0));

        Assert.False(await clinic.ScalarAsync<bool>("select restricted from sign_ins"));
    }

    [Theory]
    [InlineData("https://care.example", "https://care.example", "care.example")]
    [InlineData("https://care.example:8443/", "https://care.example:8443", "care.example")]
    [InlineData("http://localhost:5000", "http://localhost:5000", "localhost")]
    public void A_site_is_its_origin_and_its_host(string url, string origin, string domain) =>
        Assert.Equal((origin, domain), (PasskeySite.At(url).Origin, PasskeySite.At(url).Domain));

    [Theory]
    [InlineData("http://127.0.0.1:5000")]
    [InlineData("http://[::1]:5000")]
    [InlineData("nonsense")]
    public void An_address_without_a_name_has_no_passkeys(string url) => Assert.Equal("passkeys_need_a_domain", Assert.Throws<Refusal>(() => PasskeySite.At(url)).Code);

    private static Task<string> BeginAsync(Clinic clinic, Guid? userId) =>
        clinic.Get<PasskeyCeremonies>().BeginAsync(new($$"""{"challenge":"{{OpaqueToken.New().Text()}}"}""", "remembered"), userId, CancellationToken.None);

    private static Task<string?> EndAsync(Clinic clinic, string challenge, Guid? userId)
    {
        var clientData = Base64Url.EncodeToString(Encoding.UTF8.GetBytes($$"""{"challenge":"{{challenge}}"}"""));
        return clinic.Get<PasskeyCeremonies>().EndAsync(JsonElement.Parse($$$"""{"response":{"clientDataJSON":"{{{clientData}}}"}}"""), userId, CancellationToken.None);
    }

    private static async Task<Guid> AddAsync(Clinic clinic, long signCount, byte credential = 1)
    {
        var id = Guid.CreateVersion7();
        Assert.Equal("added", await AddAsync(clinic.Get<PasskeyRows>(), clinic, new(clinic.Organization, clinic.Patient, Role.Patient, Guid.Empty), id, credential, signCount));
        return id;
    }

    private static Task<string> AddAsync(PasskeyRows rows, Clinic clinic, Caller caller, Guid id, byte credential, long signCount) => rows.AddAsync(
        caller, new(id, "Key", clinic.Clock.GetUtcNow(), null), new([credential], [1, 2, 3], signCount, ["internal"], BackupEligible: true, BackedUp: false), AddPasskey.Most, null, CancellationToken.None);
}
