using System.Globalization;
using Colloque.Consultations;
using Colloque.People;
using Colloque.Scheduling;
using Colloque.Security;
using Colloque.Testing;
using Xunit;

namespace Colloque.Tests.Scheduling;

/// <summary>A practitioner's rules and settings, and what they do to the directory.</summary>
public sealed class AvailabilityTests(PostgresFixture postgres)
{
    private static readonly RuleDraft Nothing = new(null, null, null, null, null, null, null, null);
    private static readonly SettingsChange NoChange = new(null, null, null, null, null, null, null);
    private static readonly PractitionerSearch Everyone = new(null, null, null, null, null, "nextAvailable", null, 100);

    [Fact]
    public async Task Rules_are_added_changed_and_removed_by_their_owner_and_never_overlap()
    {
        await using var world = await World.CreateAsync(postgres);
        var me = world.Practitioner;
        var monday = await AddAsync(world, me, Weekly(1, 540, 720));
        await AddAsync(world, me, Weekly(1, 720, 1_440));
        await OverlapsAsync(() => AddAsync(world, me, Weekly(1, 719, 800)));
        await AddAsync(world, me, Weekly(2, 540, 720) with { SlotMinutes = 30 });
        await OverlapsAsync(() => SaveAsync(world, me, monday.Id, Nothing with { EndMinute = 721 }));

        var changed = await SaveAsync(world, me, monday.Id, Nothing with { EndMinute = 660 });
        Assert.Equal((540, 660, 1, true), (changed.StartMinute!.Value, changed.EndMinute!.Value, changed.DayOfWeek!.Value, changed.Active));
        var resting = await SaveAsync(world, me, monday.Id, Nothing with { IsActive = false });
        Assert.False(resting.Active);
        await AddAsync(world, me, Weekly(1, 540, 720));
        await OverlapsAsync(() => SaveAsync(world, me, monday.Id, Nothing with { IsActive = true }));

        // Monday, 9 March: extra hours stand where the date is closed, and beside the weekly ones.
        var date = new DateOnly(2026, 3, 9);
        var extra = Nothing with { IsException = true, OnDate = date, IsAvailable = true, StartMinute = 600, EndMinute = 780 };
        await OverlapsAsync(() => AddAsync(world, me, extra));
        await AddAsync(world, me, extra with { StartMinute = 420, EndMinute = 540 });
        var closed = await AddAsync(world, me, new(true, null, date, null, null, null, null, null));
        Assert.Equal((RuleKind.Closed, (int?)null), (closed.Kind, closed.StartMinute));
        await AddAsync(world, me, extra);
        await OverlapsAsync(() => AddAsync(world, me, Nothing with { IsException = true, OnDate = date, StartMinute = 0, EndMinute = 10 }));

        var (_, rules) = await world.RunAsync(me, (ListAvailability verb) => verb.RunAsync(CancellationToken.None));
        Assert.Equal(7, rules.Count);
        Assert.Empty((await world.RunAsync(world.Stranger, (ListAvailability verb) => verb.RunAsync(CancellationToken.None))).Rules);
        Assert.Equal(RefusalKind.NotFound, await KindAsync(() => SaveAsync(world, world.Stranger, monday.Id, Nothing with { EndMinute = 661 })));
        Assert.Equal(RefusalKind.NotFound, await KindAsync(() => RemoveAsync(world, world.Stranger, monday.Id)));
        foreach (var other in (Caller[])[world.Patient, world.Admin, me with { Role = Role.OrganizationAdmin }])
        {
            Assert.Equal(RefusalKind.Forbidden, await KindAsync(() => AddAsync(world, other, Weekly(5, 540, 720))));
            Assert.Equal(RefusalKind.Forbidden, await KindAsync(() => RemoveAsync(world, other, monday.Id)));
        }

        Assert.True(await RemoveAsync(world, me, monday.Id));
        Assert.Equal(RefusalKind.NotFound, await KindAsync(() => RemoveAsync(world, me, monday.Id)));
    }

    [Fact]
    public async Task Two_rules_that_come_at_once_do_not_overlap_either()
    {
        await using var world = await World.CreateAsync(postgres);
        var tries = await Task.WhenAll(Enumerable.Range(0, 8).Select(async i =>
        {
            try
            {
                await AddAsync(world, world.Practitioner, Weekly(3, 500 + i, 600 + i));
                return "added";
            }
            catch (Refusal refusal)
            {
                return refusal.Code;
            }
        }));

        Assert.Equal(1, tries.Count(static t => t == "added"));
        Assert.Equal(7, tries.Count(static t => t == "availability_overlap"));
    }

    [Fact]
    public async Task Settings_move_the_rules_with_the_zone_and_the_slots_with_their_length()
    {
        await using var world = await World.CreateAsync(postgres);
        var me = world.Practitioner;
        await AddAsync(world, me, Weekly(1, 540, 660));
        await AddAsync(world, me, Weekly(2, 540, 660) with { SlotMinutes = 60 });
        var first = (await world.RunAsync(me, (ListAvailability verb) => verb.RunAsync(CancellationToken.None))).Settings;
        Assert.Equal(new PracticeSettings("Europe/Paris", 50, 0, 60, 90, 120, ConfirmationMode.Automatic), first);
        Assert.Equal(["Mon 08:00 50", "Mon 08:50 50", "Tue 08:00 60", "Tue 09:00 60"], await SlotsAsync(world, world.Patient));

        var changed = await SettingsAsync(world, me, NoChange with { TimeZone = "Asia/Kathmandu", SlotMinutes = 30, BufferMinutes = 15, Confirmation = ConfirmationMode.Manual });

        Assert.Equal(first with { TimeZone = "Asia/Kathmandu", SlotMinutes = 30, BufferMinutes = 15, Confirmation = ConfirmationMode.Manual }, changed);
        Assert.Equal(changed, (await world.RunAsync(me, (ListAvailability verb) => verb.RunAsync(CancellationToken.None))).Settings);
        // 09:00 there is 03:15 UTC.
        Assert.Equal(["Mon 03:15 30", "Mon 04:00 30", "Mon 04:45 30", "Tue 03:15 60"], await SlotsAsync(world, world.Patient));
        await SettingsAsync(world, me, NoChange with { MinimumNoticeMinutes = 24 * 60, MaximumHorizonDays = 1 });
        Assert.Empty(await SlotsAsync(world, world.Patient));
        Assert.Equal(4, (await SlotsAsync(world, me, includeTaken: true)).Count());
        foreach (var wrong in (SettingsChange[])[NoChange with { SlotMinutes = 4 }, NoChange with { BufferMinutes = -1 }, NoChange with { MaximumHorizonDays = 366 }, NoChange with { TimeZone = "Mars/Olympus" }])
        {
            Assert.Equal(RefusalKind.Invalid, await KindAsync(() => SettingsAsync(world, me, wrong)));
        }
    }

    [Fact]
    public async Task The_directory_knows_who_can_be_seen_next_and_sorts_by_it()
    {
        await using var world = await World.CreateAsync(postgres);
        var (me, other) = (world.Practitioner, await ColleagueAsync(world));
        Assert.Equal([null, null], (await FoundAsync(world, Everyone)).Select(static p => p.NextAvailableAt));

        // Sunday, 1 March 2026, 09:00 UTC: Tuesday is nearer than Wednesday.
        await AddAsync(world, other, Weekly(3, 540, 660));
        await AddAsync(world, me, Weekly(2, 540, 660));
        var tuesday = new DateTimeOffset(2026, 3, 3, 8, 0, 0, TimeSpan.Zero);
        Assert.Equal([(me.UserId, tuesday), (other.UserId, tuesday.AddDays(1))], (await FoundAsync(world, Everyone)).Select(static p => (p.Id, p.NextAvailableAt!.Value)));
        Assert.Equal([other.UserId, me.UserId], (await FoundAsync(world, Everyone with { Sort = "-nextAvailable" })).Select(static p => p.Id));
        Assert.Equal([me.UserId], (await FoundAsync(world, Everyone with { AvailableBefore = tuesday.AddDays(1) })).Select(static p => p.Id));
        Assert.Empty(await FoundAsync(world, Everyone with { AvailableBefore = tuesday }));
        await SweepAsync(world);
        Assert.Equal(0, await SweepAsync(world));

        // A visit takes the first; calling it off gives it back.
        world.Clock.Advance(TimeSpan.FromHours(47));
        var visit = await world.ConsultationAsync(ConsultationStatus.Scheduled);
        world.Clock.Advance(TimeSpan.FromHours(-47));
        Assert.Equal(1, await SweepAsync(world));
        Assert.Equal(tuesday.AddMinutes(50), (await FoundAsync(world, Everyone))[0].NextAvailableAt);
        await TestDatabase.ExecuteAsync(world.Database.Superuser, $"update consultations set status = 'Cancelled' where id = '{visit}'");
        await SweepAsync(world);
        Assert.Equal(tuesday, (await FoundAsync(world, Everyone))[0].NextAvailableAt);

        // Time goes by: what is nearer than the notice is no next time.
        world.Clock.Advance(TimeSpan.FromHours(46) + TimeSpan.FromMinutes(1));
        await SweepAsync(world);
        Assert.Equal(tuesday.AddMinutes(50), (await FoundAsync(world, Everyone))[0].NextAvailableAt);
    }

    private static RuleDraft Weekly(int day, int from, int until) => Nothing with { DayOfWeek = day, StartMinute = from, EndMinute = until };

    private static Task<AvailabilityRule> AddAsync(World world, Caller caller, RuleDraft draft) => SaveAsync(world, caller, null, draft);

    private static async Task<AvailabilityRule> SaveAsync(World world, Caller caller, Guid? id, RuleDraft draft) =>
        (await world.RunAsync(caller, (SaveAvailability verb) => verb.RunAsync(id, draft, CancellationToken.None))).Rule;

    private static Task<bool> RemoveAsync(World world, Caller caller, Guid id) => world.RunAsync(caller, (RemoveAvailability verb) => verb.RunAsync(id, CancellationToken.None));

    private static Task<PracticeSettings> SettingsAsync(World world, Caller caller, SettingsChange change) =>
        world.RunAsync(caller, (ChangePracticeSettings verb) => verb.RunAsync(change, CancellationToken.None));

    private static async Task OverlapsAsync(Func<Task> act) => Assert.Equal("availability_overlap", (await Assert.ThrowsAsync<Refusal>(act)).Code);

    private static async Task<RefusalKind> KindAsync(Func<Task> act) => (await Assert.ThrowsAsync<Refusal>(act)).Kind;

    private static async Task<IEnumerable<string>> SlotsAsync(World world, Caller caller, bool includeTaken = false)
    {
        var from = world.Clock.GetUtcNow();
        var list = await world.RunAsync(caller, (ListSlots verb) => verb.RunAsync(world.Practitioner.UserId, _ => (from, from.AddDays(3)), includeTaken, CancellationToken.None));
        return list.Items.Select(static s => string.Create(CultureInfo.InvariantCulture, $"{s.Slot.StartsAt:ddd HH:mm} {s.Slot.Minutes}"));
    }

    private static async Task<IReadOnlyList<PractitionerView>> FoundAsync(World world, PractitionerSearch search) =>
        (await world.RunAsync(world.Patient, (FindPractitioners verb) => verb.RunAsync(search, CancellationToken.None))).Items;

    /// <summary>As the server does, once a second; how many were looked at.</summary>
    private static async Task<int> SweepAsync(World world)
    {
        var due = await world.Get<Colloque.Storage.Verbs>().RunAsync(null, (FindDueNextTimes verb) => verb.RunAsync(CancellationToken.None), CancellationToken.None);
        foreach (var person in due)
        {
            await world.RunAsync(new(Guid.Empty, person, Role.Practitioner, Guid.Empty), (RefreshNextTime verb) => verb.RunAsync(CancellationToken.None));
        }

        return due.Count;
    }

    private static async Task<Caller> ColleagueAsync(World world)
    {
        var colleague = world.Practitioner with { UserId = Guid.CreateVersion7() };
        await TestDatabase.ExecuteAsync(
            world.Database.Superuser,
            $"""
            insert into users (id, tenant_id, email, name, role, created_at)
              values ('{colleague.UserId}', '{colleague.OrganizationId}', '{colleague.UserId}@example', 'Colleague', 'Practitioner', now())
            """);
        return colleague;
    }
}
