using Colloque.Consultations;
using Colloque.People;
using Colloque.Security;
using Colloque.Storage;
using Colloque.Testing;
using Npgsql;
using Xunit;

namespace Colloque.Tests.People;

/// <summary>Who is in the directory, who sees what of whom, and who decides. ASVS 8.2.1, 8.2.2.</summary>
public sealed class PractitionerTests(PostgresFixture postgres)
{
    private static readonly PractitionerSearch Everyone = new(null, null, null, null, null, null, null, 100);
    private static readonly PractitionerChange Nothing = new(null, null, null, null, null, null, null, null, null, null, null, null);

    [Fact]
    public async Task Whoever_becomes_a_practitioner_has_a_profile_validated_in_an_organization_and_pending_without_one()
    {
        await using var world = await World.CreateAsync(postgres);
        var candidate = await CandidateAsync(world);

        var own = await OwnAsync(world, world.Practitioner);
        var waiting = await OwnAsync(world, candidate);

        Assert.Equal((PractitionerStatus.Validated, true), (own.File!.Status, own.File.IsActive));
        Assert.Equal(("Name of", "Practitioner"), (own.FirstName, own.LastName));
        Assert.Equal(PractitionerStatus.Pending, waiting.File!.Status);
    }

    [Fact]
    public async Task A_candidate_says_title_and_specialty_once_and_nobody_says_it_for_a_validated_one()
    {
        await using var world = await World.CreateAsync(postgres);
        var candidate = await CandidateAsync(world);
        foreach (var person in (Caller[])[candidate, world.Practitioner])
        {
            await world.Runtime.ExecuteAsync(null, $"select practitioners_apply('{person.UserId}', 'Mme', 'PSYCHIATRE')", [], CancellationToken.None);
        }

        Assert.Equal(("Mme", "PSYCHIATRE"), ((await OwnAsync(world, candidate)).Title, (await OwnAsync(world, candidate)).Specialty));
        Assert.Null((await OwnAsync(world, world.Practitioner)).Title);
    }

    [Fact]
    public async Task The_directory_has_the_validated_and_active_of_ones_own_organization_and_of_the_platform()
    {
        await using var world = await World.CreateAsync(postgres);
        var candidate = await CandidateAsync(world);
        Assert.Equal([world.Practitioner.UserId], await FoundAsync(world, world.Patient));
        Assert.Equal([world.Stranger.UserId], await FoundAsync(world, world.StrangersPatient));

        await ReviewAsync(world, candidate.UserId, validated: true);
        Assert.Equal(new HashSet<Guid> { world.Practitioner.UserId, candidate.UserId }, [.. await FoundAsync(world, world.Patient)]);

        await world.RunAsync(Admin(world), (ActivatePractitioner verb) => verb.RunAsync(candidate.UserId, active: false, CancellationToken.None));
        Assert.Equal([world.Practitioner.UserId], await FoundAsync(world, world.Patient));
        Assert.False((await OwnAsync(world, candidate)).File!.IsActive);
    }

    [Fact]
    public async Task What_is_on_file_is_shown_to_the_platforms_administrator_and_themselves_and_to_nobody_else()
    {
        await using var world = await World.CreateAsync(postgres);
        var id = world.Practitioner.UserId;
        Task<PractitionerView> SeeAsync(Caller caller) => world.RunAsync(caller, (GetPractitioner verb) => verb.RunAsync(id, CancellationToken.None));

        Assert.NotNull((await SeeAsync(Admin(world))).File);
        Assert.NotNull((await SeeAsync(world.Practitioner)).File);
        Assert.Null((await SeeAsync(world.Patient)).File);
        Assert.Null((await SeeAsync(world.Admin)).File);
        // A super-admin operates the installation; who practises is not theirs to review.
        Assert.Null((await SeeAsync(Admin(world) with { Role = Role.SuperAdmin })).File);
        Assert.Equal(RefusalKind.NotFound, (await Assert.ThrowsAsync<Refusal>(() => SeeAsync(world.Stranger))).Kind);
    }

    [Fact]
    public async Task Nobody_but_the_platforms_administrator_decides_not_even_by_the_function_itself()
    {
        await using var world = await World.CreateAsync(postgres);
        var candidate = await CandidateAsync(world);
        foreach (var caller in (Caller?[])[null, candidate, world.Practitioner, world.Patient, world.Admin, Admin(world) with { Role = Role.SuperAdmin }])
        {
            foreach (var call in (string[])[$"practitioners_review('{candidate.UserId}', true, '', now())", $"practitioners_verify('{candidate.UserId}', true, now())", $"practitioners_activate('{candidate.UserId}', false, now())"])
            {
                await world.Runtime.ExecuteAsync(caller, $"select * from {call}", [], CancellationToken.None);
            }
        }

        var file = (await OwnAsync(world, candidate)).File!;
        Assert.Equal((PractitionerStatus.Pending, false, true), (file.Status, file.DocumentsVerified, file.IsActive));
    }

    [Fact]
    public async Task A_decision_is_told_by_mail_once()
    {
        await using var world = await World.CreateAsync(postgres);
        var candidate = await CandidateAsync(world);

        await ReviewAsync(world, candidate.UserId, validated: true);
        await ReviewAsync(world, candidate.UserId, validated: true);
        await ReviewAsync(world, candidate.UserId, validated: false, "No licence.");

        Assert.Equal("PractitionerValidated,PractitionerRejected", await world.ScalarAsync<string>("select string_agg(kind, ',' order by kind desc) from mails"));
    }

    [Fact]
    public async Task Changed_papers_words_are_to_be_compared_again_and_a_corrected_rejection_waits_again()
    {
        await using var world = await World.CreateAsync(postgres);
        var me = world.Practitioner;
        foreach (var change in (PractitionerChange[])[Nothing with { Specialty = "Psychiatre" }, Nothing with { LastName = "Rahal" }, Nothing with { Diplomas = ["Master"] }])
        {
            await world.RunAsync(Admin(world), (VerifyPapers verb) => verb.RunAsync(me.UserId, verified: true, CancellationToken.None));
            Assert.True((await ChangeAsync(world, me, Nothing with { Bio = "Words." })).File!.DocumentsVerified);
            Assert.False((await ChangeAsync(world, me, change)).File!.DocumentsVerified);
        }

        await ReviewAsync(world, me.UserId, validated: false, "Unreadable.");
        Assert.Equal((PractitionerStatus.Rejected, "Unreadable."), ((await OwnAsync(world, me)).File!.Status, (await OwnAsync(world, me)).File!.RejectionReason));
        Assert.Equal(PractitionerStatus.Pending, (await ChangeAsync(world, me, Nothing with { Bio = "Better." })).File!.Status);
    }

    [Fact]
    public async Task A_profile_is_saved_while_a_visit_of_the_same_practitioner_moves()
    {
        await using var world = await World.CreateAsync(postgres);
        var visit = await world.ConsultationAsync(ConsultationStatus.Scheduled);
        await using var source = NpgsqlDataSource.Create(world.Database.Superuser);
        await using var moving = await source.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var transaction = await moving.BeginTransactionAsync(TestContext.Current.CancellationToken);
        async Task RunAsync(string sql)
        {
            await using var command = new NpgsqlCommand(sql, moving, transaction);
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        // The visit has the practitioner's profile, the change has their account and waits for the profile; then the visit notes something that refers to the account.
        await RunAsync($"update consultations set status = 'Confirmed' where id = '{visit}'");
        var saved = ChangeAsync(world, world.Practitioner, Nothing with { Bio = "Words." });
        while (!saved.IsCompleted && await world.ScalarAsync<long>($"select count(*) from pg_stat_activity where datname = '{world.Database.Name}' and wait_event_type = 'Lock'") == 0)
        {
            await Task.Yield();
        }

        await RunAsync($"insert into waiting_rooms (practitioner_id, updated_at) values ('{world.Practitioner.UserId}', now())");
        await transaction.CommitAsync(TestContext.Current.CancellationToken);
        Assert.Equal("Words.", (await saved).Bio);
    }

    [Fact]
    public async Task A_profile_without_any_format_is_refused_and_stays_as_it_was()
    {
        await using var world = await World.CreateAsync(postgres);

        var refusal = await Assert.ThrowsAsync<Refusal>(() => ChangeAsync(world, world.Practitioner, Nothing with { OffersVideo = false, OffersPhone = false }));

        Assert.Equal("formats", refusal.Field);
        Assert.True((await OwnAsync(world, world.Practitioner)).OffersVideo);
    }

    [Fact]
    public async Task A_profile_is_changed_by_a_practitioner_alone()
    {
        await using var world = await World.CreateAsync(postgres);
        foreach (var caller in (Caller[])[world.Patient, world.Admin, Admin(world), world.Practitioner with { Role = Role.Patient }, world.Patient with { Role = Role.Practitioner }])
        {
            Assert.Equal(RefusalKind.Forbidden, (await Assert.ThrowsAsync<Refusal>(() => ChangeAsync(world, caller, Nothing with { Bio = "Mine." }))).Kind);
        }
    }

    [Theory]
    [InlineData("RAHAL", true)]
    [InlineData("amina clinicienne", true)]
    [InlineData("therapie breve", true)]
    [InlineData("amina psychiatre", false)]
    [InlineData("%", false)]
    public async Task Words_are_found_anywhere_and_without_accents(string words, bool found)
    {
        await using var world = await World.CreateAsync(postgres);
        await ChangeAsync(world, world.Practitioner, Nothing with { FirstName = "Amína", LastName = "Rahal", Specialty = "Psychologue clinicienne", Bio = "Thérapies brèves." });

        Assert.Equal(found, (await FoundAsync(world, world.Patient, Everyone with { Words = words })).Count == 1);
    }

    [Fact]
    public async Task Specialty_language_and_format_narrow_the_directory()
    {
        await using var world = await World.CreateAsync(postgres);
        await ChangeAsync(world, world.Practitioner, Nothing with { Specialty = "PSYCHOLOGUE_TRAVAIL", Languages = ["fr", "ar"], OffersPhone = false });
        async Task<int> CountAsync(PractitionerSearch search) => (await FoundAsync(world, world.Patient, search)).Count;

        Assert.Equal(1, await CountAsync(Everyone with { Specialty = "psychologue travail", Language = "AR", Format = ConsultationFormat.Video }));
        Assert.Equal(0, await CountAsync(Everyone with { Specialty = "psychiatre" }));
        Assert.Equal(0, await CountAsync(Everyone with { Language = "es" }));
        Assert.Equal(0, await CountAsync(Everyone with { Format = ConsultationFormat.Audio }));
    }

    [Theory]
    [InlineData("name")]
    [InlineData("-name")]
    [InlineData("experience")]
    [InlineData("-experience")]
    [InlineData("createdAt")]
    [InlineData("-createdAt")]
    public async Task Pages_of_one_show_everyone_once_in_the_order_of_the_whole(string sort)
    {
        await using var world = await World.CreateAsync(postgres);
        for (var i = 0; i < 5; i++)
        {
            await ReviewAsync(world, (await CandidateAsync(world)).UserId, validated: true);
        }

        var whole = await FoundAsync(world, world.Patient, Everyone with { Sort = sort });
        var paged = new List<Guid>();
        string? cursor = null;
        do
        {
            var search = Everyone with { Sort = sort, Limit = 1, Cursor = cursor };
            var (items, next) = await world.RunAsync(world.Patient, (FindPractitioners verb) => verb.RunAsync(search, CancellationToken.None));
            paged.AddRange(items.Select(static p => p.Id));
            cursor = next;
        }
        while (cursor is not null);

        Assert.Equal(6, whole.Count);
        Assert.Equal(whole, paged);
    }

    [Fact]
    public async Task A_search_is_one_question_to_the_database()
    {
        await using var world = await World.CreateAsync(postgres);
        await FoundAsync(world, world.Patient);
        using var trips = new RoundTrips(world.Database.Name);

        await FoundAsync(world, world.Patient);

        // The transaction's caller, and the search.
        Assert.Equal(2, trips.Count);
    }

    private static Caller Admin(World world) => new(Guid.Empty, AdminId(world), Role.PlatformAdmin, Guid.CreateVersion7());

    private static Guid AdminId(World world) => new(world.Practitioner.UserId.ToByteArray(bigEndian: true).Reverse().ToArray());

    private static async Task<Caller> CandidateAsync(World world)
    {
        var id = Guid.CreateVersion7();
        await TestDatabase.ExecuteAsync(
            world.Database.Superuser,
            $"""
            insert into users (id, email, name, role, created_at) values ('{AdminId(world)}', 'platform@example', 'Paloma', 'PlatformAdmin', now()) on conflict do nothing;
            insert into users (id, email, name, role, language, created_at) values ('{id}', '{id}@candidates.example', 'Zoé Œuvrard', 'Practitioner', 'fr', now());
            """);
        return new(Guid.Empty, id, Role.Practitioner, Guid.CreateVersion7());
    }

    private static Task<PractitionerView> OwnAsync(World world, Caller caller) => world.RunAsync(caller, (GetPractitioner verb) => verb.RunAsync(null, CancellationToken.None));

    private static Task<PractitionerView> ChangeAsync(World world, Caller caller, PractitionerChange change) =>
        world.RunAsync(caller, (UpdatePractitioner verb) => verb.RunAsync(change, CancellationToken.None));

    private static async Task ReviewAsync(World world, Guid id, bool validated, string? reason = null)
    {
        await TestDatabase.ExecuteAsync(
            world.Database.Superuser, $"insert into users (id, email, name, role, created_at) values ('{AdminId(world)}', 'platform@example', 'Paloma', 'PlatformAdmin', now()) on conflict do nothing");
        await world.RunAsync(Admin(world), (ReviewPractitioner verb) => verb.RunAsync(id, validated, reason, CancellationToken.None));
    }

    private static async Task<IReadOnlyList<Guid>> FoundAsync(World world, Caller caller, PractitionerSearch? search = null)
    {
        var (items, _) = await world.RunAsync(caller, (FindPractitioners verb) => verb.RunAsync(search ?? Everyone, CancellationToken.None));
        return [.. items.Select(static p => p.Id)];
    }
}
