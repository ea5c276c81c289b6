using Colloque.Consultations;
using Colloque.Conversations;
using Colloque.Records;
using Colloque.Security;
using Colloque.Storage;
using Colloque.Testing;
using Colloque.Tests.Conversations;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Xunit;

namespace Colloque.Tests.Records;

/// <summary>Prescriptions and exam results: who writes and who reads them, that nothing of them is lost or lies open, and the numbers of what is said about them.</summary>
public sealed class RecordTests(PostgresFixture postgres)
{
    private static readonly RecordBody Prescribed = new(new([new("planted-word-drug", "1 tablet", "twice a day", "10 days", null)], "planted-word-note"), null);

    [Fact]
    public async Task A_practitioner_writes_for_a_patient_they_have_a_visit_with_and_the_two_alone_read_it_and_write_about_it()
    {
        await using var world = await World.CreateAsync(postgres);
        await MessageLogTests.RefusedAsync("no_visit_with_patient", () => WriteAsync(world, world.Practitioner, Prescribed));
        await world.ConsultationAsync(world.Patient, world.Practitioner, ConsultationStatus.Cancelled);
        await MessageLogTests.RefusedAsync("no_visit_with_patient", () => WriteAsync(world, world.Practitioner, Prescribed));
        var visit = await world.ConsultationAsync();
        foreach (var caller in (Caller[])[world.Patient, world.Admin])
        {
            await MessageLogTests.RefusedAsync("forbidden", () => WriteAsync(world, caller, Prescribed));
        }

        await MessageLogTests.RefusedAsync("no_visit_with_patient", () => WriteAsync(world, world.Stranger, Prescribed));
        await MessageLogTests.RefusedAsync("invalid", () => WriteAsync(world, world.Practitioner, Prescribed, visit: Guid.CreateVersion7()));
        var record = await WriteAsync(world, world.Practitioner, Prescribed, visit);
        Assert.Equal((1, visit, RecordKind.Prescription), (record.Current.Version, record.ConsultationId, record.Kind));
        Assert.Equal(new RecordWritten(record.Id, RecordKind.Prescription, 1, world.Patient.UserId, world.Practitioner.UserId), Assert.Single(world.Heard.All.OfType<RecordWritten>()));
        Assert.Equal(world.Patient.UserId, await world.ScalarAsync<Guid>($"select user_id from notifications where kind = 'RecordWritten' and conversation_id = '{record.Id}'"));

        Assert.Equal("planted-word-drug", (await GetAsync(world, world.Patient, record.Id)).Current.Body.Prescription!.Medications[0].Medication);
        await world.SayAsync(world.Patient, record.Id, "about it");
        Assert.Equal("about it", Assert.Single((await world.PageAsync(world.Practitioner, record.Id)).Messages).Text);
        foreach (var caller in (Caller[])[world.OtherPatient, world.Stranger, world.StrangersPatient])
        {
            await MessageLogTests.RefusedAsync("not_found", () => GetAsync(world, caller, record.Id));
            Assert.Empty((await ListAsync(world, caller)).Items);
        }

        await MessageLogTests.RefusedAsync("forbidden", () => GetAsync(world, world.Admin, record.Id));
        // As the runtime role itself, past every verb.
        foreach (var (caller, sees) in ((Caller, long)[])[(world.Patient, 2), (world.Practitioner, 2), (world.OtherPatient, 0), (world.Stranger, 0), (world.Admin, 0), (world.Patient with { Role = Role.OrganizationAdmin }, 0)])
        {
            Assert.Equal(sees, await world.RunAsync(caller, (ColloqueDb db) => db.Database.SqlQuery<long>($"select (select count(*) from clinical_records) + (select count(*) from clinical_record_versions) as \"Value\"").SingleAsync()));
        }

        // Nothing of it lies open, in any column.
        Assert.Equal(1, await world.ScalarAsync<long>("select count(*) from clinical_record_versions"));
        Assert.Equal(0, await world.ScalarAsync<long>("select count(*) from clinical_record_versions v where v::text like '%planted%' or encode(body, 'escape') like '%planted%' or encode(body, 'escape') like '%tablet%'"));
    }

    [Fact]
    public async Task A_correction_is_the_next_version_the_earlier_stay_and_of_two_at_once_the_second_is_told()
    {
        await using var world = await World.CreateAsync(postgres);
        await world.ConsultationAsync();
        var id = (await WriteAsync(world, world.Practitioner, Prescribed)).Id;
        var second = new RecordBody(Prescribed.Prescription! with { Notes = "said anew" }, null);
        await MessageLogTests.RefusedAsync("forbidden", () => CorrectAsync(world, world.Patient, id, second));
        await MessageLogTests.RefusedAsync("not_found", () => CorrectAsync(world, world.Stranger, id, second));
        await MessageLogTests.RefusedAsync("invalid", () => CorrectAsync(world, world.Practitioner, id, Exam()));
        Assert.Equal(1, (await CorrectAsync(world, world.Practitioner, id, Prescribed)).Current.Version);

        var third = new RecordBody(Prescribed.Prescription! with { Notes = "and again" }, null);
        var answers = await Task.WhenAll(((RecordBody[])[second, third]).Select(async body =>
        {
            try
            {
                return (await CorrectAsync(world, world.Practitioner, id, body, replaces: 1)).Current.Version.ToString(System.Globalization.CultureInfo.InvariantCulture);
            }
            catch (Refusal refusal)
            {
                return refusal.Code;
            }
        }));
        Assert.Equal(["2", "record_changed"], answers.Order());
        var seen = await GetAsync(world, world.Patient, id);
        Assert.Equal((2, 1, "planted-word-note"), (seen.Current.Version, seen.Earlier.Count, seen.Earlier[0].Body.Prescription!.Notes));
        // Not even its author changes or removes what was said.
        foreach (var sql in (string[])["update clinical_record_versions set body = ''", "delete from clinical_record_versions", "update clinical_records set kind = 'Exam'", "delete from clinical_records"])
        {
            await Assert.ThrowsAsync<PostgresException>(() => world.Runtime.ExecuteAsync(world.Practitioner, sql, [], default));
        }

        // Nor does a body that was moved to another version open there.
        await TestDatabase.ExecuteAsync(world.Database.Superuser, "update clinical_record_versions set body = (select body from clinical_record_versions where version = 1) where version = 2");
        await Assert.ThrowsAsync<System.Security.Cryptography.CryptographicException>(() => GetAsync(world, world.Patient, id));
    }

    [Fact]
    public async Task A_record_written_twice_under_one_key_is_one_and_lists_go_on_where_they_ended()
    {
        await using var world = await World.CreateAsync(postgres);
        await world.ConsultationAsync();
        await world.ConsultationAsync(world.OtherPatient, world.Practitioner, ConsultationStatus.Completed);
        var draft = new RecordDraft(world.Patient.UserId, null, Prescribed, "key-1");
        var made = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => world.RunAsync(world.Practitioner, (WriteRecord verb) => verb.RunAsync(draft, default))));
        Assert.Single(made.Select(static m => m.Record.Id).Distinct());
        Assert.Single(made, static m => m.Created);
        await MessageLogTests.RefusedAsync("record_key_reused", () => world.RunAsync(world.Practitioner, (WriteRecord verb) => verb.RunAsync(draft with { PatientId = world.OtherPatient.UserId }, default)));

        for (var i = 0; i < 3; i++)
        {
            world.Clock.Advance(TimeSpan.FromMinutes(1));
            await WriteAsync(world, world.Practitioner, Exam($"exam {i}"));
        }

        await world.RunAsync(world.Practitioner, (WriteRecord verb) => verb.RunAsync(new(world.OtherPatient.UserId, null, Exam()), default));
        Assert.Equal(5, (await ListAsync(world, world.Practitioner)).Items.Count);
        Assert.Single((await world.RunAsync(world.Practitioner, (ListRecords verb) => verb.RunAsync(null, world.OtherPatient.UserId, null, 10, default))).Items);
        var first = await world.RunAsync(world.Patient, (ListRecords verb) => verb.RunAsync(RecordKind.Exam, null, null, 2, default));
        var second = await world.RunAsync(world.Patient, (ListRecords verb) => verb.RunAsync(RecordKind.Exam, null, first.Next, 2, default));
        Assert.Equal(["exam 2", "exam 1", "exam 0"], first.Items.Concat(second.Items).Select(static r => r.Current.Body.Exam!.Exam));
        Assert.Null(second.Next);
    }

    [Theory]
    [InlineData("prescription.medications")]
    [InlineData("prescription.medications[1].dosage")]
    [InlineData("prescription.notes")]
    [InlineData("exam.date")]
    [InlineData("exam.values[0].value")]
    [InlineData("exam.values")]
    [InlineData("exam.exam")]
    public void What_is_wrong_in_a_record_is_refused_by_its_name(string field)
    {
        var line = Prescribed.Prescription!.Medications[0];
        var exam = Exam().Exam!;
        var body = field switch
        {
            "prescription.medications" => new RecordBody(new([], null), null),
            "prescription.medications[1].dosage" => new(new([line, line with { Dosage = " " }], null), null),
            "prescription.notes" => new(new([line], new('x', RecordText.MaxNotes + 1)), null),
            "exam.date" => new(null, exam with { Date = new(2026, 3, 3) }),
            "exam.values[0].value" => new(null, exam with { Values = [exam.Values[0] with { Value = "1\u0000" }] }),
            "exam.values" => new(null, exam with { Values = [], Conclusion = null }),
            _ => new RecordBody(null, exam with { Exam = "" }),
        };
        Assert.Equal(field, Assert.Throws<Refusal>(() => RecordText.Parse(body, new(2026, 3, 1))).Field);
    }

    [Fact]
    public async Task Each_side_of_a_session_has_its_own_unread_count_and_ones_numbers_are_ones_own()
    {
        await using var world = await World.CreateAsync(postgres);
        await world.ConsultationAsync();
        var id = (await WriteAsync(world, world.Practitioner, Prescribed)).Id;
        var quiet = (await WriteAsync(world, world.Practitioner, Exam())).Id;
        Task<ContextSession> SessionAsync(Caller caller, ConversationKind? kind = null) => world.RunAsync(caller, (GetContextSession verb) => verb.RunAsync(kind, id, default));
        async Task SayAsync(Caller caller, int afterMinutes, bool asks = false)
        {
            world.Clock.Advance(TimeSpan.FromMinutes(afterMinutes));
            await world.Send.RunAsync(caller, id, new("x") { RequiresResponse = asks, IsUrgent = asks }, default);
        }

        await SayAsync(world.Patient, 0);
        await SayAsync(world.Patient, 5);
        await SayAsync(world.Practitioner, 5);
        await SayAsync(world.Practitioner, 30);
        await SayAsync(world.Patient, 20, asks: true);
        await SayAsync(world.Practitioner, 30);
        await SayAsync(world.Patient, 60, asks: true);
        var session = await SessionAsync(world.Patient, ConversationKind.Prescription);
        Assert.Equal((3, 4, 7), (session.PatientUnread, session.PractitionerUnread, session.Conversation.Head.Seq));
        await MessageLogTests.RefusedAsync("not_found", () => SessionAsync(world.Patient, ConversationKind.Exam));
        await MessageLogTests.RefusedAsync("not_found", () => SessionAsync(world.OtherPatient));
        await world.Get<ReadConversation>().RunAsync(world.Practitioner, id, default);
        Assert.Equal((3, 0), await SessionAsync(world.Practitioner) is { } s ? (s.PatientUnread, s.PractitionerUnread) : default);
        Assert.Equal([id], (await world.RunAsync(world.Patient, (ListUnreadSessions verb) => verb.RunAsync(default))).Select(static u => u.Conversation.Id));
        Assert.Empty(await world.RunAsync(world.Practitioner, (ListUnreadSessions verb) => verb.RunAsync(default)));

        // The practitioner answered after 10 minutes (counted from the first that waited) and after 30; the patient after 50 and after 60.
        await world.RunAsync(world.Patient, (ChangeConversation verb) => verb.ArchiveAsync(quiet, default));
        Assert.Equal(new MessagingMeasure(1, 1, 0, 3, 4, 2, 1, 2, 1_200), await MeasureAsync(world.Practitioner));
        Assert.Equal(new MessagingMeasure(1, 1, 0, 4, 3, 0, 0, 2, 3_300), await MeasureAsync(world.Patient));
        Assert.Equal(new MessagingMeasure(0, 0, 0, 0, 0, 0, 0, 0, null), await MeasureAsync(world.OtherPatient));
        await MessageLogTests.RefusedAsync("forbidden", () => MeasureAsync(world.Admin));

        Task<MessagingMeasure> MeasureAsync(Caller caller) => world.RunAsync(caller, (MeasureMessaging verb) => verb.RunAsync(default));
    }

    [Fact]
    public async Task A_practitioner_of_the_platforms_own_writes_into_the_organization_of_the_patient()
    {
        await using var world = await World.CreateAsync(postgres);
        await world.AddPlatformPractitionersAsync();
        await TestDatabase.ExecuteAsync(world.Database.Superuser, "update practitioners set status = 'Validated'");
        await world.ConsultationAsync(world.Patient, world.Freelance, ConsultationStatus.Completed);
        var record = await WriteAsync(world, world.Freelance, Prescribed);
        Assert.Equal(world.Patient.OrganizationId, await world.ScalarAsync<Guid>("select tenant_id from clinical_record_versions"));
        Assert.Equal(2, (await CorrectAsync(world, world.Freelance, record.Id, new(Prescribed.Prescription! with { Notes = null }, null))).Current.Version);
        Assert.Single((await GetAsync(world, world.Patient, record.Id)).Earlier);
        await MessageLogTests.RefusedAsync("not_found", () => GetAsync(world, world.OtherFreelance, record.Id));
    }

    private static RecordBody Exam(string name = "Blood count") =>
        new(null, new(name, new(2026, 2, 27), [new("Hemoglobin", "13.1", "g/dL", "12 - 16", ExamFlag.Normal)], "planted-word-conclusion", null));

    private static async Task<RecordView> WriteAsync(World world, Caller caller, RecordBody body, Guid? visit = null) =>
        (await world.RunAsync(caller, (WriteRecord verb) => verb.RunAsync(new(world.Patient.UserId, visit, body), default))).Record;

    private static Task<RecordView> CorrectAsync(World world, Caller caller, Guid id, RecordBody body, int? replaces = null) =>
        world.RunAsync(caller, (CorrectRecord verb) => verb.RunAsync(id, body, replaces, default));

    private static Task<RecordView> GetAsync(World world, Caller caller, Guid id) => world.RunAsync(caller, (GetRecord verb) => verb.RunAsync(id, default));

    private static Task<RecordList> ListAsync(World world, Caller caller) => world.RunAsync(caller, (ListRecords verb) => verb.RunAsync(null, null, null, 50, default));
}
