using Colloque.Consultations;
using Colloque.Conversations;
using Colloque.Security;
using Colloque.Storage;
using Colloque.Testing;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Colloque.Tests.Conversations;

/// <summary>Conversations beyond the visit: who has one with whom, who reads what of it, and what a message can ask for.</summary>
public sealed class ConversationTests(PostgresFixture postgres)
{
    [Fact]
    public async Task A_patient_and_their_practitioner_have_one_direct_conversation_whoever_opens_it_first()
    {
        await using var world = await World.CreateAsync(postgres);
        await MessageLogTests.RefusedAsync("no_care_relation", () => OpenAsync(world, world.Patient, world.Practitioner));
        await world.ConsultationAsync(world.Patient, world.Practitioner, ConsultationStatus.Cancelled);
        await MessageLogTests.RefusedAsync("no_care_relation", () => OpenAsync(world, world.Practitioner, world.Patient));
        await world.ConsultationAsync(ConsultationStatus.Confirmed);

        var opened = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => i % 2 == 0 ? OpenAsync(world, world.Patient, world.Practitioner) : OpenAsync(world, world.Practitioner, world.Patient)));
        Assert.Single(opened.Select(static o => o.Conversation.Id).Distinct());
        Assert.Single(opened, static o => o.Created);
        var id = opened[0].Conversation.Id;
        await world.SayAsync(world.Patient, id, "planted-word-quetzal");
        Assert.Equal("planted-word-quetzal", Assert.Single((await world.PageAsync(world.Practitioner, id)).Messages).Text);

        foreach (var stranger in (Caller[])[world.OtherPatient, world.Stranger, world.StrangersPatient, world.Admin])
        {
            await MessageLogTests.RefusedAsync("not_found", () => world.PageAsync(stranger, id));
        }

        await MessageLogTests.RefusedAsync("no_care_relation", () => OpenAsync(world, world.Patient, world.Stranger));
        await MessageLogTests.RefusedAsync("forbidden", () => OpenAsync(world, world.Admin, world.Practitioner));
        Assert.Equal(0, await world.ScalarAsync<long>("select count(*) from conversations v where kind = 'Direct' and (select count(*) from participants p where p.conversation_id = v.id) <> 2"));
    }

    [Fact]
    public async Task A_list_shows_each_conversation_with_its_people_its_last_words_and_what_is_unread()
    {
        await using var world = await World.CreateAsync(postgres);
        var visit = await world.ConsultationAsync();
        var silent = await world.ConsultationAsync();
        var direct = (await OpenAsync(world, world.Patient, world.Practitioner)).Conversation.Id;
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        await world.SayAsync(world.Patient, visit, "one");
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        for (var i = 0; i < 3; i++)
        {
            await world.SayAsync(world.Patient, direct, $"word {i}");
        }

        await world.SayAsync(world.Practitioner, direct, "an answer");
        var list = await ListAsync(world, world.Practitioner);
        Assert.Equal([direct, visit], list.Items.Select(static c => c.Id));
        Assert.DoesNotContain(list.Items, c => c.Id == silent);
        Assert.Equal((3, "an answer", ConversationKind.Direct), (list.Items[0].UnreadCount, list.Items[0].LastMessage!.Text, list.Items[0].Kind));
        Assert.Equal((world.Patient.UserId, world.Practitioner.UserId), (list.Items[0].Patient.UserId, list.Items[0].Practitioner.UserId));

        Assert.Equal(3, await world.Get<ReadConversation>().RunAsync(world.Practitioner, direct, default));
        Assert.Equal(0, await world.Get<ReadConversation>().RunAsync(world.Practitioner, direct, default));
        Assert.Equal([0, 1], (await ListAsync(world, world.Practitioner)).Items.Select(static c => c.UnreadCount));
        Assert.Equal(1, (await ListAsync(world, world.Patient)).Items[0].UnreadCount);

        // The function looks past the policies of rows: whoever asks it sees their own seats alone, and administrators none.
        foreach (var (caller, sees) in ((Caller, int)[])[(world.Practitioner, 2), (world.Stranger, 0), (world.OtherPatient, 0), (world.Admin, 0), (world.Patient with { Role = Role.OrganizationAdmin }, 0), (world.Patient with { Role = Role.Guest }, 0)])
        {
            Assert.Equal(sees, await world.RunAsync(caller, (ColloqueDb db) => db.Database.SqlQuery<int>(
                $"select count(*)::int as \"Value\" from inbox(null, null, array['Consultation', 'Direct'], array['Open'], 'infinity', 'ffffffff-ffff-ffff-ffff-ffffffffffff', 100)").SingleAsync()));
        }

        // Page by page it is the same list.
        var first = await ListAsync(world, world.Patient, most: 1);
        var second = await world.RunAsync(world.Patient, (ListConversations verb) => verb.RunAsync([], false, first.Next, 1, default));
        Assert.Equal([direct, visit], [first.Items[0].Id, second.Items[0].Id]);
        Assert.Null(second.Next);
    }

    [Fact]
    public async Task Who_is_asked_in_reads_from_then_on_unless_the_past_is_granted_and_nothing_once_they_are_out()
    {
        await using var world = await World.CreateAsync(postgres);
        var colleague = world.Freelance;
        await world.AddPlatformPractitionersAsync();
        await TestDatabase.ExecuteAsync(world.Database.Superuser, "update practitioners set status = 'Validated'");
        var id = await world.ConsultationAsync();
        await world.SayAsync(world.Patient, id, "before");
        await MessageLogTests.RefusedAsync("forbidden", () => SeatAsync(world, world.Patient, id, colleague, false));
        await MessageLogTests.RefusedAsync("not_found", () => SeatAsync(world, world.Stranger, id, colleague, false));
        await MessageLogTests.RefusedAsync("invalid", () => SeatAsync(world, world.Practitioner, id, world.OtherPatient, false));

        await SeatAsync(world, world.Practitioner, id, colleague, history: false);
        await world.SayAsync(world.Patient, id, "after");
        await world.SayAsync(colleague, id, "from a colleague");
        Assert.Equal(["from a colleague", "after"], (await world.PageAsync(colleague, id)).Messages.Select(static m => m.Text));
        Assert.Equal(["after"], (await ListAsync(world, colleague)).Items.Select(static c => c.UnreadCount == 1 ? "after" : $"{c.UnreadCount}"));
        await MessageLogTests.RefusedAsync("not_found", async () => await world.Log.OneAsync(colleague, id, (await world.PageAsync(world.Patient, id)).Messages[^1].Id, default));
        // As the runtime role itself, past every function: the row is not there.
        Assert.Equal(2, await world.RunAsync(colleague, (ColloqueDb db) => db.Database.SqlQuery<int>($"select count(*)::int as \"Value\" from messages").SingleAsync()));

        await SeatAsync(world, world.Practitioner, id, colleague, history: true);
        Assert.Equal(3, (await world.PageAsync(colleague, id)).Messages.Count);
        await MessageLogTests.RefusedAsync("not_found", () => world.RunAsync(world.Patient with { Role = Role.Practitioner }, (SeatPractitioner verb) => verb.UnseatAsync(id, colleague.UserId, default)));
        await world.RunAsync(world.Practitioner, (SeatPractitioner verb) => verb.UnseatAsync(id, colleague.UserId, default));
        await MessageLogTests.RefusedAsync("not_found", () => world.PageAsync(colleague, id));
        await MessageLogTests.RefusedAsync("not_found", () => world.SayAsync(colleague, id, "still here?"));
        // The two whose visit it is have seats that nobody ends.
        await MessageLogTests.RefusedAsync("not_found", () => world.RunAsync(world.Practitioner, (SeatPractitioner verb) => verb.UnseatAsync(id, world.Practitioner.UserId, default)));
    }

    [Fact]
    public async Task A_message_answers_another_of_its_conversation_is_urgent_until_acknowledged_and_can_be_pinned()
    {
        await using var world = await World.CreateAsync(postgres);
        var id = await world.ConsultationAsync();
        var elsewhere = await world.ConsultationAsync();
        var far = await world.SayAsync(world.Patient, elsewhere, "elsewhere");
        var urgent = await world.Send.RunAsync(world.Patient, id, new("planted-word-urgent") { IsUrgent = true, RequiresResponse = true, Intent = "side_effects" }, default);
        await MessageLogTests.RefusedAsync("no_such_message", () => world.Send.RunAsync(world.Practitioner, id, new("to what?") { ReplyTo = far.Id }, default));
        await MessageLogTests.RefusedAsync("invalid", () => world.Send.RunAsync(world.Practitioner, id, new("x") { Intent = "gossip" }, default));
        var reply = await world.Send.RunAsync(world.Practitioner, id, new("an answer") { ReplyTo = urgent.Id }, default);
        Assert.Equal(2, reply.Seq);

        var page = await world.PageAsync(world.Practitioner, id);
        Assert.Equal((urgent.Id, true, true, "side_effects"), (page.Messages[0].ReplyTo, page.Messages[1].IsUrgent, page.Messages[1].RequiresResponse, page.Messages[1].Intent));
        Assert.Equal(0, await world.ScalarAsync<long>("select count(*) from messages where encode(coalesce(details, ''), 'escape') like '%side%'"));
        await MessageLogTests.RefusedAsync("forbidden", () => world.RunAsync(world.Patient, (AcknowledgeMessage verb) => verb.RunAsync(id, urgent.Id, default)));
        await MessageLogTests.RefusedAsync("own_message", () => world.RunAsync(world.Practitioner, (AcknowledgeMessage verb) => verb.RunAsync(id, reply.Id, default)));
        Assert.Equal(1, await world.ScalarAsync<long>("select count(*) from urgent_messages where acknowledged_at is null"));
        Assert.Equal(world.Practitioner.UserId, (await world.RunAsync(world.Practitioner, (AcknowledgeMessage verb) => verb.RunAsync(id, urgent.Id, default))).AcknowledgedBy);
        Assert.Equal(0, await world.ScalarAsync<long>("select count(*) from urgent_messages where acknowledged_at is null"));

        Assert.NotNull((await world.RunAsync(world.Patient, (PinMessage verb) => verb.RunAsync(id, urgent.Id, on: true, default))).PinnedAt);
        Assert.Equal([urgent.Id], (await world.Log.PinnedAsync(world.Practitioner, id, default)).Messages.Select(static m => m.Id));
        var changed = (await world.Log.ChangedAsync(world.Patient, id, 0, 10, default)).Messages;
        Assert.Equal(world.Patient.UserId, Assert.Single(changed).PinnedBy);
        await world.RunAsync(world.Practitioner, (PinMessage verb) => verb.RunAsync(id, urgent.Id, on: false, default));
        Assert.Empty((await world.Log.PinnedAsync(world.Patient, id, default)).Messages);
        for (var i = 0; i <= PinMessage.MaxPins; i++)
        {
            var message = await world.SayAsync(world.Patient, id, $"pin {i}");
            var pin = () => world.RunAsync(world.Patient, (PinMessage verb) => verb.RunAsync(id, message.Id, on: true, default));
            await (i < PinMessage.MaxPins ? pin() : MessageLogTests.RefusedAsync("too_many_pins", pin));
        }
    }

    [Fact]
    public async Task What_is_put_away_is_read_and_not_written_until_it_is_taken_out_again()
    {
        await using var world = await World.CreateAsync(postgres);
        var visit = await world.ConsultationAsync();
        var id = (await OpenAsync(world, world.Patient, world.Practitioner)).Conversation.Id;
        var first = await world.SayAsync(world.Patient, id, "kept", "k-1");
        await MessageLogTests.RefusedAsync("consultation_closed", () => world.RunAsync(world.Patient, (ChangeConversation verb) => verb.ArchiveAsync(visit, default)));
        await world.RunAsync(world.Patient, (ChangeConversation verb) => verb.ArchiveAsync(id, default));
        await MessageLogTests.RefusedAsync("conversation_archived", () => world.SayAsync(world.Practitioner, id, "too late"));
        Assert.Equal(first.Id, (await world.SayAsync(world.Patient, id, "kept", "k-1")).Id);
        Assert.Equal("kept", Assert.Single((await world.PageAsync(world.Practitioner, id)).Messages).Text);
        Assert.Empty((await ListAsync(world, world.Patient)).Items);

        await world.RunAsync(world.Practitioner, (ChangeConversation verb) => verb.ReopenAsync(id, default));
        Assert.Equal(2, (await world.SayAsync(world.Practitioner, id, "in time")).Seq);
        await MessageLogTests.RefusedAsync("forbidden", () => world.RunAsync(world.Patient, (ChangeConversation verb) => verb.CloseAsync(id, default)));
        await world.RunAsync(world.Practitioner, (ChangeConversation verb) => verb.CloseAsync(id, default));
        await MessageLogTests.RefusedAsync("consultation_closed", () => world.RunAsync(world.Practitioner, (ChangeConversation verb) => verb.ReopenAsync(id, default)));
        Assert.Equal([ConversationStatus.Archived, ConversationStatus.Open, ConversationStatus.Closed], world.Heard.All.OfType<ConversationChanged>().Select(static c => c.Status));
    }

    [Fact]
    public async Task A_message_about_a_prescription_has_at_most_a_thousand_characters_and_its_record_is_its_two_peoples_alone()
    {
        await using var world = await World.CreateAsync(postgres);
        var (id, now) = (Guid.CreateVersion7(), world.Clock.GetUtcNow());
        Task<int> WriteAsync(Caller caller) => world.RunAsync(caller, async (ColloqueDb db) =>
        {
            await db.Database.ExecuteSqlAsync(
                $"""
                insert into clinical_records (id, tenant_id, kind, patient_id, practitioner_id, created_at) values ({id}, {world.Patient.OrganizationId}, 'Prescription', {world.Patient.UserId}, {world.Practitioner.UserId}, {now});
                insert into conversations (id, tenant_id, kind, status, created_at) values ({id}, {world.Patient.OrganizationId}, 'Prescription', 'Open', {now});
                insert into participants (conversation_id, user_id, tenant_id, role, joined_at) values ({id}, {world.Patient.UserId}, {world.Patient.OrganizationId}, 'Patient', {now}),
                  ({id}, {world.Practitioner.UserId}, {world.Patient.OrganizationId}, 'Practitioner', {now})
                """);
            await world.Keys.CreateAsync(caller, id, db, default);
            return 0;
        });
        await Assert.ThrowsAsync<Npgsql.PostgresException>(() => WriteAsync(world.Practitioner));
        await world.ConsultationAsync();
        await Assert.ThrowsAsync<Npgsql.PostgresException>(() => WriteAsync(world.Patient));
        await WriteAsync(world.Practitioner);
        await world.SayAsync(world.Patient, id, new('x', 1_000));
        await MessageLogTests.RefusedAsync("too_long", () => world.SayAsync(world.Patient, id, new('x', 1_001)));
        Assert.Equal(2, (await world.SayAsync(world.Practitioner, id, "no gap")).Seq);
        foreach (var (caller, sees) in ((Caller, int)[])[(world.Patient, 1), (world.Practitioner, 1), (world.OtherPatient, 0), (world.Stranger, 0), (world.Admin, 0)])
        {
            Assert.Equal(sees, await world.RunAsync(caller, (ColloqueDb db) => db.Database.SqlQuery<int>($"select count(*)::int as \"Value\" from clinical_records").SingleAsync()));
        }
    }

    [Fact]
    public async Task A_practitioner_names_a_deputy_of_their_own_directory_alone()
    {
        await using var world = await World.CreateAsync(postgres);
        var colleague = world.Practitioner with { UserId = Guid.CreateVersion7() };
        await TestDatabase.ExecuteAsync(
            world.Database.Superuser,
            $"insert into users (id, tenant_id, email, name, role, created_at) values ('{colleague.UserId}', '{colleague.OrganizationId}', 'colleague@example', 'A Colleague', 'Practitioner', now())");
        Task<Deputy?> NameAsync(Caller caller, Guid? who, int after = 15) => world.RunAsync(caller, (NameDeputy verb) => verb.NameAsync(who, after, default));
        Assert.Equal(new Deputy(colleague.UserId, "A Colleague", 20), await NameAsync(world.Practitioner, colleague.UserId, 20));
        await MessageLogTests.RefusedAsync("invalid", () => NameAsync(world.Practitioner, world.Stranger.UserId));
        await MessageLogTests.RefusedAsync("invalid", () => NameAsync(world.Practitioner, world.Practitioner.UserId));
        await MessageLogTests.RefusedAsync("invalid", () => NameAsync(world.Practitioner, colleague.UserId, 0));
        await MessageLogTests.RefusedAsync("forbidden", () => NameAsync(world.Patient, colleague.UserId));
        Assert.Null(await NameAsync(world.Practitioner, null));
    }

    private static Task<(ConversationView Conversation, bool Created)> OpenAsync(World world, Caller caller, Caller other) =>
        world.RunAsync(caller, (OpenDirectConversation verb) => verb.RunAsync(other.UserId, default));

    private static Task<ConversationList> ListAsync(World world, Caller caller, int most = 50) => world.RunAsync(caller, (ListConversations verb) => verb.RunAsync([], false, null, most, default));

    [Fact]
    public async Task What_is_done_to_a_conversation_is_said_in_it_once_and_where_it_can_still_be_said()
    {
        await using var world = await World.CreateAsync(postgres);
        var colleague = world.Freelance;
        await world.AddPlatformPractitionersAsync();
        await TestDatabase.ExecuteAsync(world.Database.Superuser, "update practitioners set status = 'Validated'");
        await world.ConsultationAsync(ConsultationStatus.Confirmed);
        var id = (await world.RunAsync(world.Patient, (OpenDirectConversation verb) => verb.RunAsync(world.Practitioner.UserId, default))).Conversation.Id;
        var desk = new ConversationDesk(world.Get<Verbs>(), new(world.Log, world.Clock));

        Assert.Equal($"joined:{colleague.UserId}", (await desk.SeatAsync(world.Practitioner, id, colleague.UserId, withHistory: false, default)).LastMessage?.Text);
        // Granting the past to who is in already seats nobody.
        await desk.SeatAsync(world.Practitioner, id, colleague.UserId, withHistory: true, default);
        await desk.UnseatAsync(colleague, id, colleague.UserId, default);
        await desk.SeatAsync(world.Practitioner, id, colleague.UserId, withHistory: false, default);
        await desk.UnseatAsync(world.Practitioner, id, colleague.UserId, default);
        await MessageLogTests.RefusedAsync("not_found", () => desk.UnseatAsync(world.Practitioner, id, world.Practitioner.UserId, default));
        await MessageLogTests.RefusedAsync("not_found", () => desk.UnseatAsync(world.Practitioner, id, world.Patient.UserId, default));
        await MessageLogTests.RefusedAsync("forbidden", () => desk.CloseAsync(world.Patient, id, default));

        await desk.ArchiveAsync(world.Patient, id, default);
        Assert.Equal("reopened", (await desk.ReopenAsync(world.Patient, id, default)).LastMessage?.Text);
        await desk.ReopenAsync(world.Patient, id, default);
        await desk.CloseAsync(world.Practitioner, id, default);
        await desk.CloseAsync(world.Practitioner, id, default);
        await MessageLogTests.RefusedAsync("consultation_closed", () => desk.ReopenAsync(world.Patient, id, default));

        var said = (await world.PageAsync(world.Patient, id)).Messages.Reverse().ToArray();
        Assert.All(said, static m => Assert.Equal(MessageKind.System, m.Kind));
        var (joined, left) = ($"joined:{colleague.UserId}", $"left:{colleague.UserId}");
        Assert.Equal([joined, left, joined, left, "reopened", "closed"], said.Select(static m => m.Text));
        Assert.Equal(
            [world.Practitioner.UserId, colleague.UserId, world.Practitioner.UserId, world.Practitioner.UserId, world.Patient.UserId, world.Practitioner.UserId], said.Select(static m => m.SenderId));
    }

    private static async Task<ConversationView> SeatAsync(World world, Caller caller, Guid id, Caller who, bool history) =>
        (await world.RunAsync(caller, (SeatPractitioner verb) => verb.SeatAsync(id, who.UserId, history, default))).Conversation;
}
