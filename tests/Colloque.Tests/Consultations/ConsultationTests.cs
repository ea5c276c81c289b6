using Colloque.Consultations;
using Colloque.Conversations;
using Colloque.Security;
using Colloque.Testing;
using Xunit;

namespace Colloque.Tests.Consultations;

/// <summary>A visit's life: who may move it, and what illegal moves leave behind.</summary>
public sealed class ConsultationTests(PostgresFixture postgres)
{
    [Fact]
    public async Task The_practitioners_join_starts_a_scheduled_visit_once_and_gives_it_an_unguessable_room()
    {
        await using var world = await World.CreateAsync(postgres);
        var id = await world.ConsultationAsync(ConsultationStatus.Scheduled);
        var joined = await JoinAsync(world, world.Practitioner, id);
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        var again = await JoinAsync(world, world.Practitioner, id);
        Assert.Equal(ConsultationStatus.InProgress, joined.Status);
        Assert.Matches("^c-[0-9a-f]{32}$", joined.RoomName);
        Assert.Equal((joined.StartedAt, joined.RoomName), (again.StartedAt, again.RoomName));
        Assert.Single(world.Heard.All.OfType<ConsultationStarted>());
    }

    [Fact]
    public async Task The_patient_who_comes_first_waits_in_the_order_of_coming()
    {
        await using var world = await World.CreateAsync(postgres);
        var first = await world.ConsultationAsync(ConsultationStatus.Confirmed);
        var second = await world.ConsultationAsync(world.OtherPatient, world.Practitioner, ConsultationStatus.Confirmed);
        var waits = await JoinAsync(world, world.Patient, first);
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        var later = await JoinAsync(world, world.OtherPatient, second);
        Assert.Equal(1, waits.Queue!.Position);
        Assert.Equal(2, later.Queue!.Position);
        // Coming again keeps the place.
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(waits.Queue, (await JoinAsync(world, world.Patient, first)).Queue);
        // The first goes in: the second is next.
        await JoinAsync(world, world.Practitioner, first);
        Assert.Equal(1, (await ViewAsync(world, world.OtherPatient, second)).Queue!.Position);
        Assert.Null((await ViewAsync(world, world.Patient, first)).Queue);
    }

    [Fact]
    public async Task Twenty_practitioners_devices_that_join_at_once_start_it_once()
    {
        await using var world = await World.CreateAsync(postgres);
        var id = await world.ConsultationAsync(ConsultationStatus.Scheduled);
        var joins = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => JoinAsync(world, world.Practitioner, id)));
        Assert.Single(joins.Select(static j => j.RoomName).Distinct());
        Assert.Single(world.Heard.All.OfType<ConsultationStarted>());
        Assert.Equal(1L, await world.ScalarAsync<long>("select count(*) from consultation_events where type = 'Started'"));
    }

    [Fact]
    public async Task Only_a_visit_in_progress_can_be_closed_and_only_once()
    {
        await using var world = await World.CreateAsync(postgres);
        foreach (var status in (ConsultationStatus[])[ConsultationStatus.Scheduled, ConsultationStatus.Confirmed, ConsultationStatus.Completed, ConsultationStatus.Cancelled, ConsultationStatus.NoShow])
        {
            var other = await world.ConsultationAsync(status);
            await RefusedAsync("illegal_transition", () => CloseAsync(world, world.Practitioner, other));
            Assert.Equal(status, (await ViewAsync(world, world.Patient, other)).Status);
        }

        var id = await world.ConsultationAsync();
        await CloseAsync(world, world.Practitioner, id);
        await RefusedAsync("illegal_transition", () => CloseAsync(world, world.Practitioner, id));
        Assert.Single(world.Heard.All.OfType<ConsultationClosed>());
    }

    [Fact]
    public async Task The_patient_may_not_close_and_a_stranger_does_not_learn_that_it_exists()
    {
        await using var world = await World.CreateAsync(postgres);
        var id = await world.ConsultationAsync();
        await RefusedAsync("forbidden", () => CloseAsync(world, world.Patient, id));
        await RefusedAsync("not_found", () => CloseAsync(world, world.Stranger, id));
        await RefusedAsync("not_found", () => CloseAsync(world, world.Stranger, Guid.CreateVersion7()));
        await RefusedAsync("not_found", () => ViewAsync(world, world.Stranger, id));
        await RefusedAsync("not_found", () => JoinAsync(world, world.OtherPatient, id));
    }

    [Fact]
    public async Task An_organizations_admin_closes_its_visits_sees_their_state_and_not_a_word()
    {
        await using var world = await World.CreateAsync(postgres);
        var id = await world.ConsultationAsync();
        var state = await world.RunAsync(world.Admin, (GetConsultation verb) => verb.OperationalAsync(id, CancellationToken.None));
        Assert.Equal("InProgress", state.Status);
        await RefusedAsync("not_found", () => ViewAsync(world, world.Admin, id));
        await RefusedAsync("forbidden", () => JoinAsync(world, world.Admin, id));
        await RefusedAsync("forbidden", () => world.SayAsync(world.Admin, id, "hello"));

        var foreign = await world.ConsultationAsync(world.StrangersPatient, world.Stranger, ConsultationStatus.InProgress);
        await RefusedAsync("not_found", () => CloseAsync(world, world.Admin, foreign));
        await RefusedAsync("not_found", () => world.RunAsync(world.Admin, (GetConsultation verb) => verb.OperationalAsync(foreign, CancellationToken.None)));

        await CloseAsync(world, world.Admin, id);
        Assert.Equal(ConsultationStatus.Completed, (await ViewAsync(world, world.Patient, id)).Status);
        await RefusedAsync("consultation_closed", () => world.SayAsync(world.Patient, id, "late"));
        Assert.Equal("OrganizationAdmin", await world.ScalarAsync<string>("select actor_role from consultation_events where type = 'Ended'"));
    }

    [Fact]
    public async Task Ones_own_list_pages_newest_first_and_counts_what_is_unread()
    {
        await using var world = await World.CreateAsync(postgres);
        var ids = new List<Guid>();
        for (var i = 0; i < 5; i++)
        {
            world.Clock.Advance(TimeSpan.FromHours(1));
            ids.Add(await world.ConsultationAsync());
        }

        await world.ConsultationAsync(world.StrangersPatient, world.Stranger, ConsultationStatus.InProgress);
        await world.SayAsync(world.Practitioner, ids[4], "one");
        await world.SayAsync(world.Patient, ids[4], "mine does not count");
        await world.SayAsync(world.Practitioner, ids[4], "two");
        var (page, cursor) = await ListAsync(world, null, 3);
        Assert.Equal(Enumerable.Reverse(ids).Take(3), page.Select(static c => c.Id));
        Assert.Equal(2, page[0].UnreadCount);
        var (rest, end) = await ListAsync(world, cursor, 3);
        Assert.Equal(Enumerable.Reverse(ids).Skip(3), rest.Select(static c => c.Id));
        Assert.Null(end);
        await RefusedAsync("invalid", () => ListAsync(world, "garbage", 3));
    }

    [Fact]
    public async Task An_edit_keeps_the_old_words_sealed_and_a_deletion_erases_both()
    {
        await using var world = await World.CreateAsync(postgres);
        var id = await world.ConsultationAsync();
        var message = await world.SayAsync(world.Patient, id, "first words");
        await RefusedAsync("not_your_message", () => EditAsync(world, world.Practitioner, id, message.Id, "mine now"));
        var edited = await EditAsync(world, world.Patient, id, message.Id, "second words");
        Assert.Equal(("second words", 1L), (edited.Text, edited.Change));
        Assert.Equal("second words", (await world.PageAsync(world.Practitioner, id)).Messages[0].Text);
        Assert.Equal(1L, await world.ScalarAsync<long>("select count(*) from message_versions"));
        await world.RunAsync(world.Patient, (DeleteMessage verb) => verb.RunAsync(id, message.Id, CancellationToken.None));
        Assert.Equal(0L, await world.ScalarAsync<long>("select count(*) from message_versions"));
        Assert.Equal(1L, await world.ScalarAsync<long>("select count(*) from messages where body is null and deleted_at is not null"));
        await RefusedAsync("message_deleted", () => EditAsync(world, world.Patient, id, message.Id, "third"));
    }

    [Fact]
    public async Task After_fifteen_minutes_a_message_stays_as_it_is()
    {
        await using var world = await World.CreateAsync(postgres);
        var id = await world.ConsultationAsync();
        var message = await world.SayAsync(world.Patient, id, "first words");
        world.Clock.Advance(TimeSpan.FromMinutes(15) + TimeSpan.FromSeconds(1));
        await RefusedAsync("edit_window_over", () => EditAsync(world, world.Patient, id, message.Id, "second"));
        Assert.Equal(0, (await world.Log.HeadAsync(world.Patient, id)).Change);
    }

    [Fact]
    public async Task The_old_state_and_the_announced_changes_make_the_refetched_state()
    {
        await using var world = await World.CreateAsync(postgres);
        var id = await world.ConsultationAsync();
        var one = await world.SayAsync(world.Patient, id, "one");
        var two = await world.SayAsync(world.Practitioner, id, "two");
        var state = (await world.PageAsync(world.Patient, id)).Messages.ToDictionary(static m => m.Id);
        var from = world.Heard.All.Count;

        await EditAsync(world, world.Patient, id, one.Id, "one, better");
        await ReactAsync(world, world.Practitioner, id, one.Id, "👍", true);
        await ReactAsync(world, world.Patient, id, one.Id, "❤️", true);
        await ReactAsync(world, world.Practitioner, id, one.Id, "👍", false);
        await world.RunAsync(world.Practitioner, (DeleteMessage verb) => verb.RunAsync(id, two.Id, CancellationToken.None));
        await world.SayAsync(world.Practitioner, id, "three");

        foreach (var announcement in world.Heard.All.Skip(from))
        {
            var message = announcement switch { MessageAppended a => a.Message, MessageChanged c => c.Message, _ => null };
            if (message is not null)
            {
                state[message.Id] = message;
            }
        }

        var refetched = (await world.PageAsync(world.Patient, id)).Messages;
        Assert.Equivalent(refetched.OrderBy(static m => m.Seq), state.Values.OrderBy(static m => m.Seq), strict: true);
        var changed = await world.Log.ChangedAsync(world.Patient, id, 0, 100, CancellationToken.None);
        Assert.Equal([one.Id, two.Id], changed.Messages.Select(static m => m.Id));
    }

    private static Task<ConsultationView> JoinAsync(World world, Caller caller, Guid id) =>
        world.RunAsync(caller, (JoinConsultation verb) => verb.RunAsync(id, CancellationToken.None));

    private static Task<ConsultationView> ViewAsync(World world, Caller caller, Guid id) =>
        world.RunAsync(caller, (GetConsultation verb) => verb.RunAsync(id, CancellationToken.None));

    private static Task<DateTimeOffset> CloseAsync(World world, Caller caller, Guid id) =>
        world.RunAsync(caller, (CloseConsultation verb) => verb.RunAsync(id, CancellationToken.None));

    private static Task<(IReadOnlyList<ConsultationView> Items, string? NextCursor)> ListAsync(World world, string? cursor, int limit) =>
        world.RunAsync(world.Patient, (ListMyConsultations verb) => verb.RunAsync(ConsultationList.All, new(), cursor, limit, CancellationToken.None));

    private static Task<MessageView> EditAsync(World world, Caller caller, Guid id, Guid message, string text) =>
        world.RunAsync(caller, (EditMessage verb) => verb.RunAsync(id, message, text, CancellationToken.None));

    private static Task<MessageView> ReactAsync(World world, Caller caller, Guid id, Guid message, string emoji, bool on) =>
        world.RunAsync(caller, (ReactToMessage verb) => verb.RunAsync(id, message, emoji, on, CancellationToken.None));

    private static async Task RefusedAsync<T>(string code, Func<Task<T>> act) => Assert.Equal(code, (await Assert.ThrowsAsync<Refusal>(act)).Code);
}
