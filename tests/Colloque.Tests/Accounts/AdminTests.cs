using Colloque.Accounts;
using Colloque.Security;
using Colloque.Storage;
using Colloque.Testing;
using Xunit;

namespace Colloque.Tests.Accounts;

public sealed class AdminTests(PostgresFixture postgres)
{
    [Fact]
    public async Task The_first_admin_sets_a_password_by_link_once()
    {
        await using var clinic = await Clinic.OpenEmptyAsync(postgres);
        var link = await clinic.Get<FirstAdmin>().LinkAsync("https://care.example", CancellationToken.None);
        Assert.StartsWith("https://care.example/setup#", link, StringComparison.Ordinal);

        await UseAsync(clinic, link!, "a first password");

        Assert.Equal(Role.SuperAdmin, (await clinic.SignInAsync("admin@localhost", "a first password")).Profile.Role);
        Assert.Equal("setup_link_spent", (await Assert.ThrowsAsync<Refusal>(() => UseAsync(clinic, link!, "a second password"))).Code);
        Assert.Null(await clinic.Get<FirstAdmin>().LinkAsync("https://care.example", CancellationToken.None));
    }

    [Fact]
    public async Task A_new_link_ends_the_one_before()
    {
        await using var clinic = await Clinic.OpenEmptyAsync(postgres);
        var lost = await clinic.Get<FirstAdmin>().LinkAsync("", CancellationToken.None);
        var found = await clinic.Get<FirstAdmin>().LinkAsync("", CancellationToken.None);

        await Assert.ThrowsAsync<Refusal>(() => UseAsync(clinic, lost!, "a first password"));
        await UseAsync(clinic, found!, "a first password");
        Assert.Equal(1L, await clinic.ScalarAsync<long>("select count(*) from users"));
    }

    [Fact]
    public async Task A_link_is_good_for_a_day()
    {
        await using var clinic = await Clinic.OpenEmptyAsync(postgres);
        var link = await clinic.Get<FirstAdmin>().LinkAsync("", CancellationToken.None);
        clinic.Clock.Advance(TimeSpan.FromHours(24));

        Assert.Equal("setup_link_spent", (await Assert.ThrowsAsync<Refusal>(() => UseAsync(clinic, link!, "a first password"))).Code);
    }

    [Theory]
    [InlineData("short12", "too_short")]
    [InlineData("", "required")]
    public async Task A_password_that_is_none_leaves_the_link_unused(string password, string code)
    {
        await using var clinic = await Clinic.OpenEmptyAsync(postgres);
        var link = await clinic.Get<FirstAdmin>().LinkAsync("", CancellationToken.None);

        var refusal = await Assert.ThrowsAsync<Refusal>(() => UseAsync(clinic, link!, password));

        Assert.Equal(("password", code), (refusal.Field, refusal.Code));
        await UseAsync(clinic, link!, "a first password");
    }

    [Fact]
    public async Task There_is_one_first_admin_however_many_ask()
    {
        await using var clinic = await Clinic.OpenEmptyAsync(postgres);

        var made = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => clinic.Get<CreateFirstAdmin>().RunAsync($"root{i}@clinic.example", "Root", "en", CancellationToken.None)));

        Assert.Single(made, static id => id is not null);
    }

    [Theory]
    [InlineData(Role.Patient, Role.Patient)]
    [InlineData(Role.Practitioner, Role.Patient)]
    [InlineData(Role.OrganizationAdmin, Role.Patient)]
    [InlineData(Role.PlatformAdmin, Role.SuperAdmin)]
    [InlineData(Role.PlatformAdmin, Role.PlatformAdmin)]
    public async Task Nobody_adds_people_above_their_station(Role who, Role whom)
    {
        await using var clinic = await Clinic.OpenAsync(postgres);
        var isOperator = whom is Role.PlatformAdmin or Role.SuperAdmin;
        var caller = new Caller(who == Role.PlatformAdmin ? Guid.Empty : clinic.Organization, clinic.Patient, who, Guid.Empty);

        var refusal = await Assert.ThrowsAsync<Refusal>(() => clinic.RunAsync(
            caller, (CreateUser verb) => verb.RunAsync(new(isOperator ? null : clinic.Organization, "new@clinic.example", "New", whom, "en", null, null, null), CancellationToken.None)));

        Assert.Equal(RefusalKind.Forbidden, refusal.Kind);
    }

    [Fact]
    public async Task The_database_itself_lets_no_platform_admin_make_a_super_admin()
    {
        await using var clinic = await Clinic.OpenAsync(postgres);

        var error = await Assert.ThrowsAsync<Npgsql.PostgresException>(() => clinic.Get<ColloqueDatabase>().ExecuteAsync(
            new Caller(Guid.Empty, clinic.Patient, Role.PlatformAdmin, Guid.Empty),
            "insert into users (id, email, name, role, language, created_at) values (gen_random_uuid(), 'x@y', 'X', 'SuperAdmin', 'en', now())",
            [],
            CancellationToken.None));

        Assert.Equal(Npgsql.PostgresErrorCodes.InsufficientPrivilege, error.SqlState);
    }

    [Fact]
    public async Task An_address_is_one_persons_in_any_case()
    {
        await using var clinic = await Clinic.OpenAsync(postgres);

        var refusal = await Assert.ThrowsAsync<Refusal>(() => clinic.AddAsync(new(clinic.Organization, Clinic.Email.ToUpperInvariant(), "Other", Role.Patient, "en", null, null, null)));

        Assert.Equal((RefusalKind.Conflict, "email_taken"), (refusal.Kind, refusal.Code));
    }

    [Theory]
    [InlineData("no-at", "Name", "en", null, null, "email")]
    [InlineData("a@b@c", "Name", "en", null, null, "email")]
    [InlineData("a\0@b.example", "Name", "en", null, null, "email")]
    [InlineData("a@b.example", "  ", "en", null, null, "name")]
    [InlineData("a@b.example", "N\0ame", "en", null, null, "name")]
    [InlineData("a@b.example", "Name", "de", null, null, "language")]
    [InlineData("a@b.example", "Name", "en", "A title of more than forty characters, surely", null, "title")]
    [InlineData("a@b.example", "Name", "en", null, "short", "password")]
    public async Task What_is_wrong_of_a_new_person_is_named(string email, string name, string language, string? title, string? password, string field)
    {
        await using var clinic = await Clinic.OpenAsync(postgres);

        var refusal = await Assert.ThrowsAsync<Refusal>(() => clinic.AddAsync(new(clinic.Organization, email, name, Role.Patient, language, title, null, password)));

        Assert.Equal((RefusalKind.Invalid, field), (refusal.Kind, refusal.Field));
    }

    [Fact]
    public async Task Half_a_character_is_no_name()
    {
        await using var clinic = await Clinic.OpenAsync(postgres);

        var refusal = await Assert.ThrowsAsync<Refusal>(() => clinic.AddAsync(new(clinic.Organization, "a@b.example", "N" + '\ud800', Role.Patient, "en", null, null, null)));

        Assert.Equal("name", refusal.Field);
    }

    [Fact]
    public async Task Someone_without_a_password_cannot_sign_in_until_they_have_one()
    {
        await using var clinic = await Clinic.OpenAsync(postgres);
        var id = await clinic.AddAsync(new(clinic.Organization, "later@clinic.example", "Later", Role.Patient, "en", null, null, null));
        await Assert.ThrowsAsync<Refusal>(() => clinic.SignInAsync("later@clinic.example", "a first password"));

        await clinic.RunAsync(clinic.Root, (SetPassword verb) => verb.RunAsync(id, "a first password", CancellationToken.None));

        await clinic.SignInAsync("later@clinic.example", "a first password");
        Assert.Equal("password_set", (await Assert.ThrowsAsync<Refusal>(() => clinic.RunAsync(clinic.Root, (SetPassword verb) => verb.RunAsync(id, "a second password", CancellationToken.None)))).Code);
    }

    [Theory]
    [InlineData("", "slug", "name")]
    [InlineData("Name", "No Slug", "slug")]
    [InlineData("Name", "slug\n", "slug")]
    [InlineData("Name", "clinic", "slug")]
    public async Task What_is_wrong_of_a_new_organization_is_named(string name, string slug, string field)
    {
        await using var clinic = await Clinic.OpenAsync(postgres);

        var refusal = await Assert.ThrowsAsync<Refusal>(() => clinic.RunAsync(clinic.Root, (CreateOrganization verb) => verb.RunAsync(name, slug, CancellationToken.None)));

        Assert.Equal(field, refusal.Field);
    }

    private static Task UseAsync(Clinic clinic, string link, string password) =>
        clinic.Get<UseSetupLink>().RunAsync(link[(link.IndexOf('#', StringComparison.Ordinal) + 1)..], password, Clinic.Home, CancellationToken.None);
}
