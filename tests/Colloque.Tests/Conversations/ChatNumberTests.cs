using Colloque.Consultations;
using Colloque.Conversations;
using Colloque.Security;
using Colloque.Storage;
using Colloque.Testing;
using Xunit;

namespace Colloque.Tests.Conversations;

/// <summary>Direct conversations by numbers: who finds which, and what a number leads to.</summary>
public sealed class ChatNumberTests(PostgresFixture postgres)
{
    [Fact]
    public async Task A_pair_of_numbers_opens_the_chat_of_its_two_for_these_two_alone()
    {
        await using var world = await World.CreateAsync(postgres);
        await world.ConsultationAsync(ConsultationStatus.Confirmed);
        var contact = Assert.Single(await ContactsAsync(world, world.Patient));
        Assert.Null(contact.Chat);
        Assert.Empty(await ContactsAsync(world, world.OtherPatient));
        await MessageLogTests.RefusedAsync("forbidden", () => ContactsAsync(world, world.Admin));
        var (doctor, patient) = (contact.Number, contact.Own);
        await MessageLogTests.RefusedAsync("forbidden", () => OpenAsync(world, world.Patient, patient, doctor));
        await MessageLogTests.RefusedAsync("forbidden", () => OpenAsync(world, world.OtherPatient, doctor, patient));
        await MessageLogTests.RefusedAsync("forbidden", () => OpenAsync(world, world.Admin, doctor, patient));
        await MessageLogTests.RefusedAsync("no_care_relation", () => OpenAsync(world, world.Patient, doctor + 1_000, patient));
        var strangers = await world.ScalarAsync<long>($"select number from users where id = '{world.Stranger.UserId}'");
        await MessageLogTests.RefusedAsync("no_care_relation", () => OpenAsync(world, world.Patient, strangers, patient));

        var (chat, created) = await OpenAsync(world, world.Patient, doctor, patient);
        Assert.True(created);
        Assert.Equal((chat.Id, false), (await OpenAsync(world, world.Practitioner, doctor, patient)) is var (again, fresh) ? (again.Id, fresh) : default);
        Assert.Equal(chat.Number, Assert.Single(await ContactsAsync(world, world.Practitioner)).Chat);
        Assert.Equal(chat.Id, Assert.Single((await world.RunAsync(world.Patient, (ListConversations verb) => verb.RunAsync([ConversationKind.Direct], null, null, 10, default))).Items).Id);
        foreach (var nobody in (Caller[])[world.OtherPatient, world.Stranger, world.StrangersPatient])
        {
            await MessageLogTests.RefusedAsync("not_found", () => FindAsync(world, nobody, chat.Number));
        }

        // A visit's conversation has a number too, and is no chat of this kind.
        var visit = await world.ConsultationAsync();
        await MessageLogTests.RefusedAsync("not_found", async () => await FindAsync(world, world.Patient, await world.ScalarAsync<long>($"select number from conversations where id = '{visit}'")));
    }

    [Fact]
    public async Task Who_is_asked_in_later_counts_from_there_and_is_told_of_nothing_before()
    {
        await using var world = await World.CreateAsync(postgres);
        await world.ConsultationAsync(ConsultationStatus.Confirmed);
        var (id, number) = (await world.RunAsync(world.Patient, (OpenDirectConversation verb) => verb.RunAsync(world.Practitioner.UserId, default))).Conversation is var c ? (c.Id, c.Number) : default;
        var before = await world.SayAsync(world.Patient, id, "before");
        var colleague = world.Freelance;
        await world.AddPlatformPractitionersAsync();
        await TestDatabase.ExecuteAsync(world.Database.Superuser, "update practitioners set status = 'Validated'");
        await world.RunAsync(world.Practitioner, (SeatPractitioner verb) => verb.SeatAsync(id, colleague.UserId, false, default));
        var after = await world.SayAsync(world.Patient, id, "after");

        var seat = await FindAsync(world, colleague, number);
        Assert.Equal((id, 1), (seat.Id, seat.Floor));
        Assert.Equal(3, seat.People.Count);
        Assert.Equal("after", Assert.Single((await world.Log.AfterAsync(colleague, id, seat.Floor, 50, default)).Messages).Text);
        Assert.Equal([0, 0, 1], (await new ConversationSeats(world.Get<Verbs>()).OfAsync(id, default)).Select(static s => s.Floor).Order());
        var react = (long seq) => world.RunAsync(colleague, (ChangeInChat verb) => verb.RunAsync(number, ChatNumber.Of(number, seq), "👍", on: true, default));
        await MessageLogTests.RefusedAsync("not_found", () => react(before.Seq));
        Assert.Equal(after.Id, (await react(after.Seq)).Message.Id);
        await MessageLogTests.RefusedAsync("not_found", () => world.Get<ReadMessage>().RunAsync(colleague, before.Id, default));
        Assert.Equal(id, await world.Get<ReadMessage>().RunAsync(colleague, after.Id, default));
        await MessageLogTests.RefusedAsync("not_found", () => world.Get<ReadMessage>().RunAsync(world.Stranger, after.Id, default));
    }

    [Fact]
    public void A_messages_number_leads_back_to_its_chat_and_place_and_fits_a_javascript_number()
    {
        Assert.Equal(5, ChatNumber.SeqOf(3, ChatNumber.Of(3, 5)));
        Assert.Null(ChatNumber.SeqOf(4, ChatNumber.Of(3, 5)));
        Assert.Null(ChatNumber.SeqOf(3, 5));
        Assert.Null(ChatNumber.SeqOf(0, -1));
        Assert.True(ChatNumber.Of(100_000_000, 1_000_000) < 1L << 53);
    }

    private static Task<IReadOnlyList<ChatContact>> ContactsAsync(World world, Caller caller) => world.RunAsync(caller, (ListChatContacts verb) => verb.RunAsync(default));

    private static Task<ConversationView> FindAsync(World world, Caller caller, long number) => world.RunAsync(caller, (FindChat verb) => verb.RunAsync(number, default));

    private static Task<(ConversationView Conversation, bool Created)> OpenAsync(World world, Caller caller, long doctor, long patient) =>
        world.RunAsync(caller, (OpenDirectConversation verb) => verb.RunAsync(doctor, patient, default));
}
