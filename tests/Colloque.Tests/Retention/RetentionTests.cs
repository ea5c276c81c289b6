using Colloque.Conversations;
using Colloque.Files;
using Colloque.Retention;
using Colloque.Security;
using Colloque.Storage;
using Colloque.Testing;
using Colloque.Tests.Files;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Xunit;

namespace Colloque.Tests.Retention;

/// <summary>How long conversations are kept, and how they go.</summary>
public sealed class RetentionTests(PostgresFixture postgres) : IAsyncLifetime
{
    private FilesClinic clinic = null!;
    private Caller operatorOfAll = null!;

    public async ValueTask InitializeAsync()
    {
        clinic = await FilesClinic.OpenAsync(postgres);
        _ = clinic.Services.GetRequiredService<ObjectStore>();
        operatorOfAll = new(Guid.Empty, Guid.CreateVersion7(), Role.PlatformAdmin, Guid.CreateVersion7());
        await TestDatabase.ExecuteAsync(clinic.Superuser, $"insert into users (id, email, name, role, created_at) values ('{operatorOfAll.UserId}', 'operator@platform.example', 'Operator', 'PlatformAdmin', now())");
    }

    public ValueTask DisposeAsync() => clinic.DisposeAsync();

    [Fact]
    public async Task What_is_over_goes_key_first_and_is_found_nowhere_again_whenever_the_process_was_killed()
    {
        var id = clinic.Consultation;
        var young = await clinic.BookAsync(clinic.OtherPatient);
        await SayAsync(clinic.OtherPatient, young, "stays");
        var said = await SayAsync(clinic.Patient, id, "planted-axolotl");
        await clinic.RunAsync<EditMessage, MessageView>(clinic.Patient, v => v.RunAsync(id, said.Id, "planted-axolotl, again", default));
        await clinic.RunAsync<ReactToMessage, MessageView>(clinic.Practitioner, v => v.RunAsync(id, said.Id, "👍", true, default));
        await Log.AdvanceAsync(clinic.Practitioner, id, said.Id, ReceiptKind.Read);
        var file = await clinic.UploadAsync(clinic.Patient, FilesClinic.Pdf(), "planted-axolotl.pdf");
        await clinic.ConfirmAsync(clinic.Patient, file.FileId);
        Assert.Single(clinic.Objects());
        Assert.True(Keys.Keeps(id));

        clinic.Clock.Now += TimeSpan.FromDays((365 * 19) + 100);
        await SayAsync(clinic.OtherPatient, young, "still spoken in");
        clinic.Clock.Now += TimeSpan.FromDays(365);
        var purge = Purge();
        var hold = await clinic.RunAsync<LegalHolds, LegalHold>(operatorOfAll, v => v.PlaceAsync(null, clinic.Patient.UserId, "RG-26/00321", default));
        Assert.Equal(0, await DaysAsync(purge, 9));
        await clinic.RunAsync<LegalHolds, LegalHold>(operatorOfAll, v => v.LiftAsync(hold.Id, default));

        // Killed after the first transaction: nobody reads or writes it any more, in no process, though its rows are all there.
        Assert.Equal([id], await purge.BeginAsync(default));
        Assert.False(Keys.Keeps(id));
        Assert.Equal((0L, 1L), (await CountAsync($"keys.data_keys where owner_id = '{id}'"), await CountAsync($"messages where conversation_id = '{id}' and kind = 'Text'")));
        Assert.Equal("not_found", (await Assert.ThrowsAsync<Refusal>(() => Log.BeforeAsync(clinic.Patient, id, long.MaxValue, 10, default))).Code);
        Assert.Equal("not_found", (await Assert.ThrowsAsync<Refusal>(() => SayAsync(clinic.Practitioner, id, "late"))).Code);

        // Killed again with rows half gone. The next looks, of two processes at once, finish it, even while the clock cannot be believed.
        Assert.True(await clinic.RunAsync<PurgeRows, bool>(null, rows => rows.EraseAsync(id, default)));
        Assert.Equal(1, (await Task.WhenAll(Purge(time: null).RunAsync(default), Purge(time: null).RunAsync(default))).Sum());
        Assert.Empty(clinic.Objects());
        Assert.Equal(1L, await CountAsync("conversations"));
        foreach (var table in await TablesAsync())
        {
            Assert.True(await CountAsync($"{table} t where t::text like '%planted-axolotl%'") == 0, $"{table} has the words");
            Assert.True(table is "consultations" or "consultation_events" or "consultation_facts" || await CountAsync($"{table} t where t::text like '%{id}%'") == 0, $"{table} has rows of it");
        }

        var report = Assert.Single(await clinic.RunAsync<ListPurges, IReadOnlyList<PurgeReport>>(operatorOfAll, v => v.RunAsync(10, default)));
        Assert.Equal((ConversationKind.Consultation, 1L, 2L, 1L, 1L, 0L), (report.Kind, report.Conversations, report.Messages, report.Files, report.Keys, report.Records));
        Assert.Empty(await clinic.RunAsync<ListPurges, IReadOnlyList<PurgeReport>>(clinic.Admin, v => v.RunAsync(10, default)));
        Assert.Equal(2, (await Log.BeforeAsync(clinic.Practitioner, young, long.MaxValue, 10, default)).Messages.Count);
    }

    [Fact]
    public async Task A_clock_that_jumps_purges_nothing_nor_does_a_machine_that_starts_in_the_wrong_year()
    {
        await SayAsync(clinic.Patient, clinic.Consultation, "kept");
        var watch = clinic.Services.GetRequiredService<ClockWatch>();
        Assert.True(watch.Look());
        Assert.Equal(0, await Purge(time: null).RunAsync(default));
        clinic.Clock.Now += TimeSpan.FromDays(365 * 40);
        Assert.Equal(0, await DaysAsync(Purge(time: null), 20));

        // Another process, which has not seen the jump: it sees that nobody looked for long, and only looks.
        var fresh = Purge();
        Assert.Equal(0, await DaysAsync(fresh, 6));
        clinic.Clock.Now -= TimeSpan.FromDays(2);
        Assert.Equal(0, await DaysAsync(Purge(), 6));
        Assert.Equal(1L, await CountAsync("conversations"));
        Assert.Equal(1, await DaysAsync(Purge(), 2));
    }

    [Fact]
    public async Task A_rule_lengthens_what_the_installation_demands_and_never_shortens_it()
    {
        var organization = clinic.Patient.OrganizationId;
        Assert.Equal("below_floor", (await Assert.ThrowsAsync<Refusal>(() => ChangeAsync(operatorOfAll, organization, 19))).Code);
        Assert.Equal("not_found", (await Assert.ThrowsAsync<Refusal>(() => ChangeAsync(operatorOfAll, Guid.CreateVersion7(), 25))).Code);
        Assert.Equal(25, (await ChangeAsync(operatorOfAll, organization, 25)).Single(static r => r.Kind == ConversationKind.Consultation).Years);
        await Assert.ThrowsAsync<PostgresException>(() => ChangeAsync(clinic.Admin, organization, 150));
        var own = await clinic.RunAsync<RetentionRules, IReadOnlyList<RetentionRule>>(clinic.Admin, v => v.RunAsync(null, default));
        Assert.Equal([(25, 20), (7, 7), (7, 7), (7, 7)], own.Select(static r => (r.Years, r.Floor)));

        clinic.Clock.Now += TimeSpan.FromDays(365 * 22);
        Assert.Equal(0, await DaysAsync(Purge(), 9));
        await TestDatabase.ExecuteAsync(clinic.Superuser, "update retention_rules set years = 1");
        Assert.Equal(1, await Purge().RunAsync(default));
    }

    [Fact]
    public async Task Practitioners_hold_what_they_are_seated_in_operators_anything_and_patients_and_administrators_nothing()
    {
        var id = clinic.Consultation;
        var own = await HoldAsync(clinic.Practitioner, id);
        await HoldAsync(operatorOfAll, id);
        foreach (var nobody in (Caller[])[clinic.Patient, clinic.Admin, clinic.Practitioner with { UserId = clinic.Admin.UserId }])
        {
            Assert.Equal("not_found", (await Assert.ThrowsAsync<Refusal>(() => HoldAsync(nobody, id))).Code);
            Assert.Empty(await clinic.RunAsync<LegalHolds, IReadOnlyList<LegalHold>>(nobody, v => v.RunAsync(default)));
        }

        Assert.Equal("invalid", (await Assert.ThrowsAsync<Refusal>(() => clinic.RunAsync<LegalHolds, LegalHold>(operatorOfAll, v => v.PlaceAsync(id, null, "she said that…", default)))).Code);
        Assert.Equal(own.Id, Assert.Single(await clinic.RunAsync<LegalHolds, IReadOnlyList<LegalHold>>(clinic.Practitioner, v => v.RunAsync(default))).Id);
        Assert.Equal(2, (await clinic.RunAsync<LegalHolds, IReadOnlyList<LegalHold>>(operatorOfAll, v => v.RunAsync(default))).Count);
        await clinic.RunAsync<LegalHolds, LegalHold>(clinic.Practitioner, v => v.LiftAsync(own.Id, default));
        clinic.Clock.Now += TimeSpan.FromDays(365 * 30);
        Assert.Equal(0, await DaysAsync(Purge(), 9));
    }

    [Fact]
    public async Task A_month_of_silence_puts_a_conversation_away_a_consultations_never_and_reopening_begins_its_silence_anew()
    {
        var direct = (await clinic.RunAsync<OpenDirectConversation, (ConversationView Conversation, bool Created)>(clinic.Patient, v => v.RunAsync(clinic.Practitioner.UserId, default))).Conversation.Id;
        clinic.Clock.Now += TimeSpan.FromDays(20);
        await SayAsync(clinic.Patient, direct, "one");
        clinic.Clock.Now += TimeSpan.FromDays(29);
        Assert.Equal(0, await ArchiveAsync());
        clinic.Clock.Now += TimeSpan.FromDays(1);
        // Two servers look at the same time, and again.
        Assert.Equal((1, 0), ((await Task.WhenAll(ArchiveAsync(), ArchiveAsync())).Sum(), await ArchiveAsync()));
        var page = await Log.BeforeAsync(clinic.Patient, direct, long.MaxValue, 10, default);
        Assert.Equal([(2, MessageKind.System, "archived"), (1, MessageKind.Text, "one")], page.Messages.Select(static m => (m.Seq, m.Kind, m.Text!)));
        Assert.Equal(page.Messages[0].Id, Assert.Single(clinic.Heard.All.OfType<MessageAppended>(), static a => a.Message.Kind == MessageKind.System).Message.Id);
        // Nobody said it: it is in nobody's way, whatever they have read. What was said is unread until it is.
        Assert.Equal(((0, 0), (1, 1)), (await UnreadAsync(clinic.Patient), await UnreadAsync(clinic.Practitioner)));
        await Log.AdvanceAsync(clinic.Practitioner, direct, page.Messages[1].Id, ReceiptKind.Read);
        Assert.Equal((0, 0), await UnreadAsync(clinic.Practitioner));
        // It is kept by what people said, and reads as nothing in the database.
        Assert.Equal(1L, await CountAsync($"conversations c join messages m on m.conversation_id = c.id and m.seq = 1 where c.id = '{direct}' and c.last_message_at = m.created_at"));
        Assert.Equal(0L, await CountAsync($"messages m where m.conversation_id = '{direct}' and m.body::text like '%' || encode('archived', 'hex') || '%'"));
        Assert.Equal("conversation_archived", (await Assert.ThrowsAsync<Refusal>(() => SayAsync(clinic.Patient, direct, "two"))).Code);
        await clinic.RunAsync<ChangeConversation, ConversationView>(clinic.Patient, v => v.ReopenAsync(direct, default));
        Assert.Equal(0, await ArchiveAsync());
        await SayAsync(clinic.Patient, direct, "two");
        clinic.Clock.Now += TimeSpan.FromDays(31);
        Assert.Equal(1, await ArchiveAsync());
        // Both lines stand after the mark of one and in the name of the other; marks without a count say the same.
        Assert.Equal(((0, 0), (1, 1)), (await UnreadAsync(clinic.Patient), await UnreadAsync(clinic.Practitioner)));
        await TestDatabase.ExecuteAsync(clinic.Superuser, "update receipts set own = null");
        Assert.Equal(((0, 0), (1, 1)), (await UnreadAsync(clinic.Patient), await UnreadAsync(clinic.Practitioner)));

        async Task<(int List, int Asked)> UnreadAsync(Caller caller)
        {
            var list = await clinic.RunAsync<ListConversations, ConversationList>(caller, v => v.RunAsync([], true, null, 10, default));
            var asked = await clinic.RunAsync<UnreadMessages, (int Count, Guid? Newest)>(caller, v => v.RunAsync(direct, default));
            return (list.Items.Single(c => c.Id == direct).UnreadCount, asked.Count);
        }

        Assert.Equal(
            [ConversationStatus.Archived, ConversationStatus.Open, ConversationStatus.Archived], clinic.Heard.All.OfType<ConversationChanged>().Where(c => c.ConversationId == direct).Select(static c => c.Status));
        Assert.Equal(1L, await CountAsync("conversations where status = 'Open' and kind = 'Consultation'"));
    }

    [Fact]
    public async Task No_table_that_names_a_conversation_is_left_out_of_a_purge() => Assert.Equal(
        0L,
        await CountAsync(
            """
            pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'conversation_id' and not a.attisdropped
              where c.relkind = 'r' and c.relname not in ('purges', 'legal_holds') and not has_table_privilege('colloque_lookup', c.oid, 'delete')
                and not exists (select from pg_constraint k where k.conrelid = c.oid and k.confrelid = 'conversations'::regclass and k.confdeltype = 'c')
            """));

    private MessageLog Log => clinic.Services.GetRequiredService<MessageLog>();

    private KeyRing Keys => clinic.Services.GetRequiredService<KeyRing>();

    private PurgeConversations Purge() => Purge(clinic.Clock);

    /// <param name="time">A process that has been started since its clock was set; null: the one that has run all the time.</param>
    private PurgeConversations Purge(TimeProvider? time) => new(
        clinic.Services.GetRequiredService<Verbs>(), Keys, time is null ? clinic.Services.GetRequiredService<ClockWatch>() : new(new Even(time), NullLogger<ClockWatch>.Instance), new());

    private async Task<int> DaysAsync(PurgeConversations purge, int days)
    {
        var gone = 0;
        for (var day = 0; day < days; day++)
        {
            gone += await purge.RunAsync(default);
            clinic.Clock.Now += TimeSpan.FromDays(1);
        }

        return gone;
    }

    private async Task<MessageView> SayAsync(Caller caller, Guid conversation, string text)
    {
        await using var scope = clinic.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<SendMessage>().RunAsync(caller, conversation, new(text), default);
    }

    private Task<int> ArchiveAsync() => new PutAwaySilent(clinic.Services.GetRequiredService<Verbs>()).RunAsync(default);

    private Task<LegalHold> HoldAsync(Caller caller, Guid conversation) => clinic.RunAsync<LegalHolds, LegalHold>(caller, v => v.PlaceAsync(conversation, null, "RG-1", default));

    private Task<IReadOnlyList<RetentionRule>> ChangeAsync(Caller caller, Guid organization, int years) =>
        clinic.RunAsync<RetentionRules, IReadOnlyList<RetentionRule>>(caller, v => v.ChangeAsync(organization, ConversationKind.Consultation, years, default));

    private async Task<long> CountAsync(string from)
    {
        await using var source = NpgsqlDataSource.Create(clinic.Superuser);
        await using var command = source.CreateCommand($"select count(*) from {from}");
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private async Task<List<string>> TablesAsync()
    {
        var tables = new List<string>();
        await using var source = NpgsqlDataSource.Create(clinic.Superuser);
        await using var command = source.CreateCommand("select c.oid::regclass::text from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind = 'r' and n.nspname in ('public', 'keys')");
        await using var rows = await command.ExecuteReaderAsync();
        while (await rows.ReadAsync())
        {
            tables.Add(rows.GetString(0));
        }

        return tables;
    }

    /// <summary>A clock whose monotonic half goes with its time of day.</summary>
    private sealed class Even(TimeProvider time) : TimeProvider
    {
        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override DateTimeOffset GetUtcNow() => time.GetUtcNow();

        public override long GetTimestamp() => time.GetUtcNow().UtcTicks;
    }
}
