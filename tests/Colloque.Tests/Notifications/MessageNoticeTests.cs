using System.Text;
using Colloque.Conversations;
using Colloque.Notifications;
using Colloque.Security;
using Colloque.Storage;
using Colloque.Testing;
using Colloque.Tests.Conversations;
using Xunit;

namespace Colloque.Tests.Notifications;

/// <summary>Notices of messages under a clock that goes only when told to: one a conversation, none for who reads, none lost with a process, none twice.</summary>
public sealed class MessageNoticeTests(PostgresFixture postgres)
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Who_leaves_messages_unread_has_one_notice_and_one_mail_however_many_there_are_and_however_often_it_is_looked()
    {
        await using var world = await WrittenAsync();
        var id = await world.ConsultationAsync();
        await SayAsync(world, world.Practitioner, id, "planted-word-one");
        world.Clock.Advance(4 * Minute);
        Assert.Equal(0, await LookAsync(world));
        await SayAsync(world, world.Practitioner, id, "planted-word-two");
        world.Clock.Advance(1.1 * Minute);
        await LookAsync(world);
        await LookAsync(world);
        var notice = Assert.Single(await UnreadAsync(world, world.Patient));
        Assert.Equal((NoticeKind.MessageReceived, (Guid?)id), (notice.Kind, notice.ConversationId));
        Assert.Empty(await UnreadAsync(world, world.Practitioner));
        Assert.Equal(notice.Id, Assert.Single(world.Heard.All.OfType<NoticeMade>(), n => n.Notice.Kind == NoticeKind.MessageReceived).Notice.Id);
        Assert.Equal(0, await MailsAsync(world));

        // A restart: the memory is gone, and the scan finds what is so.
        world.Get<MessageNews>().NeedsScan = true;
        await LookAsync(world);
        await SayAsync(world, world.Practitioner, id, "planted-word-three");
        world.Clock.Advance(10 * Minute);
        await LookAsync(world);
        await LookAsync(world);
        Assert.Equal(notice.Id, Assert.Single(await UnreadAsync(world, world.Patient)).Id);
        Assert.Equal(1, await MailsAsync(world));

        // Who has read all of it has read the notice too; what comes after that is news again.
        await ReadAsync(world, world.Patient, id);
        await LookAsync(world);
        Assert.Empty(await UnreadAsync(world, world.Patient));
        await SayAsync(world, world.Practitioner, id, "planted-word-four");
        world.Clock.Advance(20 * Minute);
        await LookAsync(world);
        Assert.NotEqual(notice.Id, Assert.Single(await UnreadAsync(world, world.Patient)).Id);
        Assert.Equal(2, await MailsAsync(world));
        Assert.Equal(2, await world.ScalarAsync<long>("select count(*) from notifications where kind = 'MessageReceived'"));
    }

    [Fact]
    public async Task Who_reads_in_time_is_told_nothing_and_who_reads_before_the_mail_gets_none()
    {
        await using var world = await WrittenAsync();
        var id = await world.ConsultationAsync();
        await SayAsync(world, world.Practitioner, id, "one");
        world.Clock.Advance(3 * Minute);
        await ReadAsync(world, world.Patient, id);
        world.Clock.Advance(10 * Minute);
        await LookAsync(world);
        Assert.Equal(0, await world.ScalarAsync<long>("select count(*) from notifications where kind = 'MessageReceived'"));

        await SayAsync(world, world.Practitioner, id, "two");
        world.Clock.Advance(6 * Minute);
        await LookAsync(world);
        Assert.Single(await UnreadAsync(world, world.Patient));
        // Read while the server is away: the next start sees it.
        await world.Get<ReadConversation>().RunAsync(world.Patient, id, default);
        world.Get<MessageNews>().NeedsScan = true;
        world.Clock.Advance(10 * Minute);
        await LookAsync(world);
        Assert.Empty(await UnreadAsync(world, world.Patient));
        Assert.Equal(0, await MailsAsync(world));

        // What lay for days when a server is set up is no news.
        await SayAsync(world, world.Practitioner, id, "three");
        world.Clock.Advance(TimeSpan.FromDays(4));
        world.Get<MessageNews>().NeedsScan = true;
        await LookAsync(world);
        Assert.Empty(await UnreadAsync(world, world.Patient));
    }

    [Fact]
    public async Task A_look_that_fails_is_made_again_and_tells_once()
    {
        await using var world = await WrittenAsync();
        var id = await world.ConsultationAsync();
        await SayAsync(world, world.Practitioner, id, "one");
        world.Clock.Advance(16 * Minute);
        await world.Get<Verbs>().RunAsync(null, (NoticeMessages verb) => verb.RunAsync(default), default);
        await Assert.ThrowsAsync<Refusal>(() => world.Get<Verbs>().RunAsync<SendDueNotices, int>(null, async verb =>
        {
            Assert.Equal(1, await verb.RunAsync(default));
            throw Refusal.Unavailable();
        }, default));
        Assert.Equal(0, await MailsAsync(world));
        await Task.WhenAll(LookAsync(world), LookAsync(world), LookAsync(world));
        Assert.Equal(1, await MailsAsync(world));
        Assert.Equal(0, await world.RunAsync(world.Patient, (SendDueNotices verb) => verb.RunAsync(default)));
    }

    [Fact]
    public async Task Choices_and_quiet_hours_are_kept_and_what_is_absent_stays()
    {
        await using var world = await WrittenAsync();
        var id = await world.ConsultationAsync();
        var usual = await world.RunAsync(world.Patient, (ReadNoticeSettings verb) => verb.RunAsync(default));
        Assert.Equal((true, true, null, true), (usual.MailMessages, usual.PushMessages, usual.Quiet, usual.UrgentPasses));
        Assert.False((await world.RunAsync(world.Practitioner, (ReadNoticeSettings verb) => verb.RunAsync(default))).MailMessages);
        await MessageLogTests.RefusedAsync("time_zone_unknown", () => ChooseAsync(world, world.Patient, new() { Quiet = new(0, 60, "Nowhere/Town") }));
        await MessageLogTests.RefusedAsync("invalid", () => ChooseAsync(world, world.Patient, new() { Quiet = new(60, 60, "Europe/Paris") }));

        // It is 9:00 in UTC and 10:00 in Paris: quiet until 11:00 there.
        await ChooseAsync(world, world.Patient, new() { Quiet = new(22 * 60, 11 * 60, "Europe/Paris") });
        var kept = await ChooseAsync(world, world.Patient, new() { MailReminders = false });
        Assert.Equal((true, new QuietHours(22 * 60, 11 * 60, "Europe/Paris")), (kept.MailMessages, kept.Quiet));
        await SubscribeAsync(world, world.Patient, "https://push.example.com/p");
        await SayAsync(world, world.Practitioner, id, "one");
        world.Clock.Advance(20 * Minute);
        await LookAsync(world);
        Assert.Single(await UnreadAsync(world, world.Patient));
        Assert.Equal((0, 0), (await MailsAsync(world), await world.ScalarAsync<long>("select count(*) from push_deliveries")));
        world.Clock.Advance(41 * Minute);
        await LookAsync(world);
        await LookAsync(world);
        Assert.Equal((1, 1), (await MailsAsync(world), await world.ScalarAsync<long>("select count(*) from push_deliveries")));

        Assert.Null((await ChooseAsync(world, world.Patient, new() { EndsQuiet = true, MailMessages = false, PushMessages = false })).Quiet);
        await ReadAsync(world, world.Patient, id);
        await LookAsync(world);
        await SayAsync(world, world.Practitioner, id, "two");
        world.Clock.Advance(20 * Minute);
        await LookAsync(world);
        Assert.Single(await UnreadAsync(world, world.Patient));
        Assert.Equal((1, 1), (await MailsAsync(world), await world.ScalarAsync<long>("select count(*) from push_deliveries")));
    }

    [Fact]
    public async Task An_urgent_message_climbs_to_the_deputy_once_who_reads_it_and_nothing_before_it()
    {
        await using var world = await WrittenAsync();
        await world.AddPlatformPractitionersAsync();
        await TestDatabase.ExecuteAsync(world.Database.Superuser, "update practitioners set status = 'Validated'");
        await world.RunAsync(world.Practitioner, (NameDeputy verb) => verb.NameAsync(world.Freelance.UserId, 10, default));
        var id = await world.ConsultationAsync();
        await world.SayAsync(world.Patient, id, "before");
        var urgent = await world.Send.RunAsync(world.Patient, id, new("planted-word-urgent") { IsUrgent = true }, default);
        var seen = await world.Send.RunAsync(world.Patient, id, new("seen to") { IsUrgent = true }, default);
        await world.RunAsync(world.Practitioner, (AcknowledgeMessage verb) => verb.RunAsync(id, seen.Id, default));
        world.Clock.Advance(9 * Minute);
        Assert.Equal(0, await ClimbAsync(world));
        await MessageLogTests.RefusedAsync("not_found", () => world.PageAsync(world.Freelance, id));

        world.Clock.Advance(1.1 * Minute);
        // Two servers look at the same time, and again after a restart.
        Assert.Equal(1, (await Task.WhenAll(ClimbAsync(world), ClimbAsync(world))).Sum());
        Assert.Equal(0, await ClimbAsync(world));
        Assert.Single(world.Heard.All.OfType<SeatsChanged>(), s => s.ConversationId == id);
        Assert.Equal(["seen to", "planted-word-urgent"], (await world.PageAsync(world.Freelance, id)).Messages.Select(static m => m.Text));
        Assert.Equal(world.Practitioner.UserId, await world.ScalarAsync<Guid>($"select granted_by from participants where conversation_id = '{id}' and user_id = '{world.Freelance.UserId}'"));
        Assert.Equal((NoticeKind.UrgentEscalated, (Guid?)id), (Assert.Single(await UnreadAsync(world, world.Freelance)) is var told ? (told.Kind, told.ConversationId) : default));
        Assert.Equal(NoticeKind.UrgentWaiting, Assert.Single(await UnreadAsync(world, world.Patient)).Kind);
        Assert.Empty(await UnreadAsync(world, world.Practitioner));
        await LookAsync(world);
        Assert.Equal(["UrgentEscalated", "UrgentWaiting"], (await world.ScalarAsync<string[]>("select array_agg(kind order by kind) from mails"))!);

        // The conversation says so once, by the deputy's id, in the practitioner's name.
        var deputies = new TellOfDeputies(world.Get<Verbs>(), new(world.Log, world.Clock));
        await Task.WhenAll(deputies.RunAsync(default), deputies.RunAsync(default));
        Assert.Equal(0, await deputies.RunAsync(default));
        var said = Assert.Single((await world.PageAsync(world.Patient, id)).Messages, static m => m.Kind == MessageKind.System);
        Assert.Equal(($"deputy:{world.Freelance.UserId}", world.Practitioner.UserId), (said.Text, said.SenderId));

        await world.RunAsync(world.Freelance, (AcknowledgeMessage verb) => verb.RunAsync(id, urgent.Id, default));
        Assert.Empty(await UnreadAsync(world, world.Freelance));
        Assert.Empty(await UnreadAsync(world, world.Patient));
    }

    [Fact]
    public async Task Without_a_deputy_the_practitioner_is_reminded_once_and_urgency_passes_quiet_hours_where_that_was_chosen()
    {
        await using var world = await WrittenAsync();
        await TestDatabase.ExecuteAsync(world.Database.Superuser, "update practitioners set status = 'Validated'");
        await ChooseAsync(world, world.Practitioner, new() { Quiet = new(0, 1439, "UTC") });
        await ChooseAsync(world, world.Patient, new() { Quiet = new(0, 1439, "UTC"), UrgentPasses = false });
        var id = await world.ConsultationAsync();
        var urgent = await world.Send.RunAsync(world.Patient, id, new("now") { IsUrgent = true }, default);
        world.Clock.Advance(14 * Minute);
        Assert.Equal(0, await ClimbAsync(world));
        world.Clock.Advance(2 * Minute);
        Assert.Equal((1, 0), (await ClimbAsync(world), await ClimbAsync(world)));
        Assert.Equal(NoticeKind.UrgentReminder, Assert.Single(await UnreadAsync(world, world.Practitioner)).Kind);
        Assert.Empty(world.Heard.All.OfType<SeatsChanged>());
        await LookAsync(world);
        // To the practitioner at once, and to the patient when it is no news any more: not at all.
        Assert.Equal(["UrgentReminder"], (await world.ScalarAsync<string[]>("select array_agg(kind order by kind) from mails"))!);
        await world.RunAsync(world.Practitioner, (AcknowledgeMessage verb) => verb.RunAsync(id, urgent.Id, default));
        world.Clock.Advance(TimeSpan.FromDays(1));
        await LookAsync(world);
        Assert.Equal(1, await MailsAsync(world));
        Assert.Empty(await world.RunAsync(world.Patient, (ClimbUrgentMessages verb) => verb.RunAsync(default)));
    }

    [Fact]
    public async Task A_clock_that_jumps_lets_nothing_climb()
    {
        await using var world = await WrittenAsync();
        await TestDatabase.ExecuteAsync(world.Database.Superuser, "update practitioners set status = 'Validated'");
        Assert.Equal(0, await ClimbAsync(world));
        var id = await world.ConsultationAsync();
        await world.Send.RunAsync(world.Patient, id, new("now") { IsUrgent = true }, default);
        world.Clock.Advance(TimeSpan.FromHours(5));
        Assert.Equal((0, 0), (await ClimbAsync(world), await ClimbAsync(world)));
        Assert.Equal(0, await world.ScalarAsync<long>("select count(*) from notifications where kind like 'Urgent%'"));
    }

    [Fact]
    public async Task Devices_are_their_owners_alone_their_addresses_are_sealed_and_a_push_is_tried_five_times()
    {
        await using var world = await WrittenAsync();
        foreach (var bad in (string[])["http://push.example.com/p", "https://127.0.0.1/p", "https://10.1.2.3/p", "https://[::1]/p", "https://[::ffff:10.0.0.1]/p", "https://[fd00::1]/", "https://localhost/p", "https://printer.local/p", "https://push.example.com:8443/p", "https://a@push.example.com/", "https://169.254.169.254/latest", "https://0x7f000001/", "https://2130706433/", "ftp://push.example.com", "x"])
        {
            await MessageLogTests.RefusedAsync("push_endpoint", () => SubscribeAsync(world, world.Patient, bad));
        }

        await MessageLogTests.RefusedAsync("invalid", () => world.RunAsync(world.Patient, (SubscribeToPush verb) => verb.RunAsync("https://push.example.com/p", "BA" + new string('A', 85), Secret, default)));
        await SubscribeAsync(world, world.OtherPatient, "https://push.example.com/planted-address");
        await SubscribeAsync(world, world.Patient, "https://push.example.com/planted-address");
        Assert.Equal(world.Patient.UserId, await world.ScalarAsync<Guid>("select user_id from push_subscriptions"));
        Assert.False(await world.ScalarAsync<bool>("select position('planted-address'::bytea in sealed) > 0 from push_subscriptions"));
        Assert.Equal(0, await world.RunAsync(world.OtherPatient, (UnsubscribeFromPush verb) => verb.RunAsync("https://push.example.com/planted-address", default)));

        var id = await world.ConsultationAsync();
        await SayAsync(world, world.Practitioner, id, "one");
        world.Clock.Advance(6 * Minute);
        await LookAsync(world);
        Assert.Empty(await world.RunAsync(world.Patient, (ClaimPushes verb) => verb.RunAsync(default)));
        for (var attempt = 1; attempt <= 5; attempt++)
        {
            var push = Assert.Single(await ClaimAsync(world));
            Assert.Equal((attempt, "https://push.example.com/planted-address"), (push.Attempt, push.Endpoint!.AbsoluteUri));
            Assert.DoesNotContain("message", Encoding.Latin1.GetString(push.Body), StringComparison.Ordinal);
            Assert.Empty(await ClaimAsync(world));
            world.Clock.Advance(Math.Pow(4, attempt - 1) * Minute);
        }

        world.Clock.Advance(TimeSpan.FromHours(6));
        Assert.Empty(await ClaimAsync(world));
        Assert.Equal(0, await world.ScalarAsync<long>("select count(*) from push_deliveries"));

        // Eleven devices are ten; and one that is gone goes.
        for (var i = 0; i < 11; i++)
        {
            world.Clock.Advance(Minute);
            await SubscribeAsync(world, world.Patient, $"https://push.example.com/{i}");
        }

        Assert.Equal(10, await world.ScalarAsync<long>("select count(*) from push_subscriptions"));
        await ReadAsync(world, world.Patient, id);
        await LookAsync(world);
        await SayAsync(world, world.Practitioner, id, "two");
        world.Clock.Advance(6 * Minute);
        await LookAsync(world);
        var pushes = await ClaimAsync(world);
        Assert.Equal(10, pushes.Count);
        await world.Get<Verbs>().RunAsync(null, (SettlePushes verb) => verb.RunAsync([.. pushes.Skip(1).Select(static p => p.Id)], [pushes[0].Id], default), default);
        Assert.Equal((9, 0), (await world.ScalarAsync<long>("select count(*) from push_subscriptions"), await world.ScalarAsync<long>("select count(*) from push_deliveries")));
        Assert.Equal(1, await world.RunAsync(world.Patient, (UnsubscribeFromPush verb) => verb.RunAsync(pushes[1].Endpoint!.AbsoluteUri, default)));
    }

    [Fact]
    public async Task Others_are_told_of_an_export_and_a_patient_of_a_record_by_those_alone_who_may()
    {
        await using var world = await WrittenAsync();
        var id = await world.ConsultationAsync();
        Assert.Equal(1, await world.RunAsync(world.Practitioner, (TellOfExport verb) => verb.RunAsync(id, default)));
        Assert.Equal(1, await world.RunAsync(world.Practitioner, (TellOfExport verb) => verb.RunAsync(id, default)));
        Assert.Equal(0, await world.RunAsync(world.OtherPatient, (TellOfExport verb) => verb.RunAsync(id, default)));
        Assert.Equal(2, (await UnreadAsync(world, world.Patient)).Count(n => n.Kind == NoticeKind.Exported && n.ConversationId == id));
        Assert.Empty(await UnreadAsync(world, world.Practitioner));

        var record = Guid.CreateVersion7();
        await TestDatabase.ExecuteAsync(
            world.Database.Superuser,
            $"""
            insert into clinical_records (id, tenant_id, kind, patient_id, practitioner_id, created_at) values ('{record}', '{world.Patient.OrganizationId}', 'Exam', '{world.Patient.UserId}', '{world.Practitioner.UserId}', now());
            insert into conversations (id, tenant_id, kind, created_at) values ('{record}', '{world.Patient.OrganizationId}', 'Exam', now())
            """);
        Assert.Equal(0, await world.RunAsync(world.Patient, (TellOfRecord verb) => verb.RunAsync(record, default)));
        Assert.Equal(1, await world.RunAsync(world.Practitioner, (TellOfRecord verb) => verb.RunAsync(record, default)));
        Assert.Contains(await UnreadAsync(world, world.Patient), n => n.Kind == NoticeKind.RecordWritten && n.ConversationId == record);
        await LookAsync(world);
        Assert.Equal(["ConversationExported", "ConversationExported", "RecordWritten"], (await world.ScalarAsync<string[]>("select array_agg(kind order by kind) from mails"))!);
    }

    [Fact]
    public async Task When_an_answer_can_be_expected_is_said_to_those_in_the_conversation_alone()
    {
        await using var world = await WrittenAsync();
        var id = await world.ConsultationAsync();
        // It is Sunday, nine o'clock; hours are on Mondays from eight.
        await TestDatabase.ExecuteAsync(
            world.Database.Superuser,
            $"""
            update practitioners set time_zone = 'Europe/Paris', status = 'Validated';
            insert into availability_rules (id, practitioner_id, kind, day_of_week, start_minute, end_minute, created_at, updated_at)
              values (gen_random_uuid(), '{world.Practitioner.UserId}', 'Recurring', 1, 480, 720, now(), now())
            """);
        var hours = await world.RunAsync(world.Patient, (ReadHours verb) => verb.RunAsync(id, default));
        Assert.Equal((false, new DateTimeOffset(2026, 3, 2, 7, 0, 0, TimeSpan.Zero)), (hours.IsOpen, hours.NextAnswerAt));
        Assert.Equal(["15", "112"], hours.EmergencyNumbers);
        world.Clock.Advance(TimeSpan.FromHours(22.5));
        Assert.Equal((true, null), await world.RunAsync(world.Patient, (ReadHours verb) => verb.RunAsync(id, default)) is var now ? (now.IsOpen, now.NextAnswerAt) : default);
        await MessageLogTests.RefusedAsync("not_found", () => world.RunAsync(world.OtherPatient, (ReadHours verb) => verb.RunAsync(id, default)));
        await MessageLogTests.RefusedAsync("forbidden", () => world.RunAsync(world.Admin, (ReadHours verb) => verb.RunAsync(id, default)));
    }

    /// <summary>A device's keys: of the example of RFC 8291.</summary>
    internal const string Point = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4";
    internal const string Secret = "BTBZMqHH6r4Tts7J_aSIgg";

    private static Task<bool> SubscribeAsync(World world, Caller caller, string endpoint) => world.RunAsync(caller, (SubscribeToPush verb) => verb.RunAsync(endpoint, Point, Secret, default));

    private static Task<NoticeSettings> ChooseAsync(World world, Caller caller, NoticeChoices choices) => world.RunAsync(caller, (ChangeNoticeSettings verb) => verb.RunAsync(choices, default));

    private static Task<IReadOnlyList<Push>> ClaimAsync(World world) => world.Get<Verbs>().RunAsync(null, (ClaimPushes verb) => verb.RunAsync(default), default);

    private static async Task<int> ClimbAsync(World world) => (await world.Get<Verbs>().RunAsync(null, (ClimbUrgentMessages verb) => verb.RunAsync(default), default)).Count;

    private static async Task<IReadOnlyList<NoticeView>> UnreadAsync(World world, Caller caller) =>
        [.. (await world.RunAsync(caller, (ListNotices verb) => verb.RunAsync(true, null, 100, default))).Items.Where(static n => n.Kind >= NoticeKind.MessageReceived)];

    private static Task<long> MailsAsync(World world) => world.ScalarAsync<long>("select count(*) from mails");

    /// <summary>As the server hears of it: what is announced is remembered.</summary>
    private static async Task SayAsync(World world, Caller caller, Guid conversation, string text) =>
        world.Get<MessageNews>().Announce(new MessageAppended(await world.SayAsync(caller, conversation, text)));

    private static async Task ReadAsync(World world, Caller caller, Guid conversation)
    {
        await world.Get<ReadConversation>().RunAsync(caller, conversation, default);
        world.Get<MessageNews>().Announce(world.Heard.All.OfType<ReceiptAdvanced>().Last(r => r.UserId == caller.UserId && r.Kind == ReceiptKind.Read));
    }

    /// <summary>One look of each of the server's sweeps.</summary>
    private static async Task<int> LookAsync(World world)
    {
        var verbs = world.Get<Verbs>();
        await verbs.RunAsync(null, (SettleNotices verb) => verb.RunAsync(default), default);
        if (world.Get<MessageNews>().NeedsScan)
        {
            await verbs.RunAsync(null, (FindNews verb) => verb.RunAsync(default), default);
        }

        await verbs.RunAsync(null, (NoticeMessages verb) => verb.RunAsync(default), default);
        await verbs.RunAsync(null, (TellNotices verb) => verb.RunAsync(default), default);
        return await verbs.RunAsync(null, (SendDueNotices verb) => verb.RunAsync(default), default);
    }

    private async Task<World> WrittenAsync()
    {
        var world = await World.CreateAsync(postgres);
        await TestDatabase.ExecuteAsync(world.Database.Superuser, "update users set email = id || '@clinic.example'");
        return world;
    }
}
