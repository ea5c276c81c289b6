using Colloque.Consultations;
using Colloque.Conversations;
using Colloque.Files;
using Colloque.Security;
using Colloque.Storage;
using Colloque.Testing;
using Npgsql;
using Xunit;

namespace Colloque.Tests.Consultations;

/// <summary>A practitioner without an organization in patients' organizations: everything of a visit works, and nothing beyond their part in it shows.</summary>
public sealed class PlatformPractitionerTests(PostgresFixture postgres)
{
    private static readonly string[] Clinical =
        ["consultations", "consultation_events", "queue_items", "conversations", "participants", "messages", "message_versions", "receipts", "reactions", "files", "keys.data_keys"];

    [Fact]
    public async Task One_practitioner_of_the_platform_sees_patients_of_two_organizations_who_never_see_each_other()
    {
        await using var world = await World.CreateAsync(postgres);
        await world.AddPlatformPractitionersAsync();
        var here = await VisitAsync(world, world.Patient);
        var there = await VisitAsync(world, world.StrangersPatient);

        var (mine, _) = await world.RunAsync(world.Freelance, (ListMyConsultations verb) => verb.RunAsync(ConsultationList.All, new(), null, 50, default));
        Assert.Equal(((Guid[])[here, there]).Order(), mine.Select(static v => v.Id).Order());
        Assert.All(mine, static v => Assert.Equal(("Name of Patient", "Freelance One", 1), (v.Patient.Name, v.Practitioner.Name, v.UnreadCount)));
        foreach (var (patient, own, other) in new[] { (world.Patient, here, there), (world.StrangersPatient, there, here) })
        {
            var (visits, _) = await world.RunAsync(patient, (ListMyConsultations verb) => verb.RunAsync(ConsultationList.All, new(), null, 50, default));
            Assert.Equal(own, Assert.Single(visits).Id);
            Assert.Equal("Freelance One", visits[0].Practitioner.Name);
            await RefusedAsync(RefusalKind.NotFound, () => world.PageAsync(patient, other));
            await RefusedAsync(RefusalKind.NotFound, () => world.SayAsync(patient, other, "whose is this?"));
        }

        // Each row is of its patient's organization, whoever of the two wrote it.
        foreach (var (visit, tenant) in new[] { (here, world.Patient.OrganizationId), (there, world.StrangersPatient.OrganizationId) })
        {
            foreach (var table in Clinical)
            {
                var key = table switch { "consultations" or "conversations" => "id", "consultation_events" or "queue_items" => "consultation_id", "keys.data_keys" => "owner_id", _ => "conversation_id" };
                Assert.True(await world.ScalarAsync<bool>($"select count(*) > 0 and bool_and(tenant_id = '{tenant}') from {table} where {key} = '{visit}'"), table);
            }
        }

        var closedAt = await world.RunAsync(world.Freelance, (CloseConsultation verb) => verb.RunAsync(here, default));
        Assert.Equal(world.Clock.GetUtcNow(), closedAt);
        await world.RunAsync(world.Admin with { OrganizationId = world.StrangersPatient.OrganizationId }, (CloseConsultation verb) => verb.RunAsync(there, default));
        await RefusedAsync(RefusalKind.Conflict, () => world.SayAsync(world.Freelance, here, "too late"));
    }

    [Fact]
    public async Task What_a_practitioner_of_the_platform_has_no_part_in_does_not_exist_for_them()
    {
        await using var world = await World.CreateAsync(postgres);
        await world.AddPlatformPractitionersAsync();
        var visit = await VisitAsync(world, world.Patient);
        var inside = await world.ConsultationAsync();
        await world.SayAsync(world.Patient, inside, "between us");

        foreach (var table in (string[])[.. Clinical, "keys.tenant_keys", "organizations", "employees"])
        {
            Assert.Equal((table, 0), (table, await CountAsync(world, world.OtherFreelance, table)));
            // The hot path says "no organization" in zeros.
            Assert.Equal((table, 0), (table, await CountAsync(world, world.OtherFreelance, $"(select set_config('app.tenant_id', '{Guid.Empty}', true)) z, {table}")));
            // Whoever is of no organization and gives no care gets nothing by that.
            Assert.Equal((table, 0), (table, await CountAsync(world, world.OtherFreelance with { Role = Role.Patient }, table)));
            // A practitioner of one organization never has another's rows, nor those of a colleague of the platform.
            Assert.Equal((table, 0), (table, table is "organizations" ? 0 : await CountAsync(world, world.Stranger, table)));
        }

        Assert.Equal(1, await CountAsync(world, world.OtherFreelance, "users"));
        Assert.Equal(2, await CountAsync(world, world.Freelance, "users"));
        Assert.Equal(1, await CountAsync(world, world.Freelance, "consultations"));
        Assert.Equal(1, await CountAsync(world, world.Freelance, "organizations"));
        Assert.Equal(1, await CountAsync(world, world.Freelance, "keys.tenant_keys"));
        await RefusedAsync(RefusalKind.NotFound, () => world.PageAsync(world.Freelance, inside));
        foreach (var stranger in (Caller[])[world.OtherFreelance, world.Practitioner, world.Stranger])
        {
            await RefusedAsync(RefusalKind.NotFound, () => world.PageAsync(stranger, visit));
            await RefusedAsync(RefusalKind.NotFound, () => world.SayAsync(stranger, visit, "let me in"));
            await RefusedAsync(RefusalKind.NotFound, () => world.Log.HeadAsync(stranger, visit));
            await RefusedAsync(RefusalKind.NotFound, () => world.RunAsync(stranger, (GetConsultation verb) => verb.RunAsync(visit, default)));
            await RefusedAsync(RefusalKind.NotFound, () => world.RunAsync(stranger, (JoinConsultation verb) => verb.RunAsync(visit, default)));
        }
    }

    [Fact]
    public async Task Nobody_is_seated_in_an_organization_but_its_people_and_practitioners_of_the_platform_whom_the_patient_chose()
    {
        await using var world = await World.CreateAsync(postgres);
        await world.AddPlatformPractitionersAsync();
        var visit = await VisitAsync(world, world.Patient);
        var draft = new ConsultationDraft(world.Patient.UserId, world.Freelance.UserId, ConsultationStatus.Scheduled, ConsultationFormat.Video, world.Clock.GetUtcNow().AddDays(7), 50);

        // A follow-up of one's own patient is the patient's organization's; a patient one has never met is nobody to book.
        var later = await world.RunAsync(world.Freelance, (RecordConsultation verb) => verb.RunAsync(draft, default));
        Assert.Equal(world.Patient.OrganizationId, await world.ScalarAsync<Guid>($"select tenant_id from keys.data_keys where owner_id = '{later}'"));
        await world.SayAsync(world.Freelance, later, "see you next week");
        await RefusedAsync(RefusalKind.NotFound, () => world.RunAsync(world.OtherFreelance, (RecordConsultation verb) => verb.RunAsync(draft with { PractitionerId = world.OtherFreelance.UserId }, default)));

        string Booking(Guid patient, Guid practitioner, Guid tenant) =>
            $"insert into consultations (id, tenant_id, patient_id, practitioner_id, status, format, scheduled_at, duration_minutes, created_at) values (gen_random_uuid(), '{tenant}', '{patient}', '{practitioner}', 'Scheduled', 'Video', now(), 50, now())";
        var (here, elsewhere) = (world.Patient.OrganizationId, world.Stranger.OrganizationId);
        var administrator = Guid.CreateVersion7();
        await TestDatabase.ExecuteAsync(world.Database.Superuser, $"insert into users (id, email, name, role, created_at) values ('{administrator}', 'platform@example', 'P', 'PlatformAdmin', now())");
        var forbidden = new (string Why, Caller Caller, string Sql)[]
        {
            ("unasked", world.OtherFreelance, Booking(world.Patient.UserId, world.OtherFreelance.UserId, here)),
            ("under another tenant than the patient's", world.Freelance, Booking(world.Patient.UserId, world.Freelance.UserId, elsewhere)),
            ("with another organization's practitioner", world.Patient, Booking(world.Patient.UserId, world.Stranger.UserId, here)),
            ("with somebody of no organization who gives no care", world.Patient, Booking(world.Patient.UserId, administrator, here)),
            ("between two others", world.Freelance, Booking(world.Patient.UserId, world.OtherFreelance.UserId, here)),
            ("a seat for a colleague", world.Freelance, $"insert into participants (conversation_id, user_id, tenant_id, role, joined_at) values ('{visit}', '{world.OtherFreelance.UserId}', '{here}', 'Practitioner', now())"),
            ("a message under another tenant", world.Freelance, Message(visit, world.Freelance, elsewhere)),
            ("a message without a seat", world.OtherFreelance, Message(visit, world.OtherFreelance, here)),
            ("an event under another tenant", world.Freelance, $"insert into consultation_events (id, tenant_id, consultation_id, type, actor_id, actor_role, at) values (gen_random_uuid(), '{elsewhere}', '{visit}', 'Left', '{world.Freelance.UserId}', 'Practitioner', now())"),
            ("a key without a seat", world.OtherFreelance, $"insert into keys.data_keys (id, tenant_id, tenant_key_id, owner_id, epoch, wrapped, commitment, created_at) select gen_random_uuid(), '{here}', tenant_key_id, owner_id, 2, wrapped, commitment, now() from (select gen_random_uuid() tenant_key_id, '{visit}'::uuid owner_id, 'x'::bytea wrapped, 'x'::bytea commitment) k"),
        };
        foreach (var (why, caller, sql) in forbidden)
        {
            var refused = await Record.ExceptionAsync(() => world.Runtime.ExecuteAsync(caller, sql, [], default));
            Assert.True(refused is PostgresException { SqlState: "42501" or "23503" }, $"{why}: {refused?.Message ?? "was done"}");
        }

        // As the owner of everything, too: the seat is the table's own rule, not the caller's.
        foreach (var person in (Guid[])[world.Stranger.UserId, administrator])
        {
            await Assert.ThrowsAsync<PostgresException>(() => TestDatabase.ExecuteAsync(
                world.Database.Superuser, $"insert into participants (conversation_id, user_id, tenant_id, role, joined_at) values ('{visit}', '{person}', '{here}', 'Practitioner', now())"));
        }
    }

    [Fact]
    public async Task Whose_row_it_is_is_part_of_the_plan_and_no_call_a_row()
    {
        await using var world = await World.CreateAsync(postgres);
        await world.AddPlatformPractitionersAsync();
        var visit = await VisitAsync(world, world.Patient);
        foreach (var sql in (string[])
            [
                $"update conversations set last_seq = last_seq + 1 where id = '{visit}'", Message(visit, world.Freelance, world.Patient.OrganizationId),
                $"select m.seq from messages m where m.id = '{visit}' and m.conversation_id = '{visit}'", $"select from participants where conversation_id = '{visit}' and user_id = '{visit}'",
                $"insert into receipts (conversation_id, kind, seq, user_id, tenant_id, at) values ('{visit}', 'r', 9, '{world.Freelance.UserId}', '{world.Patient.OrganizationId}', now())",
            ])
        {
            var plan = "";
            await world.Runtime.ReadAsync(world.Freelance, $"explain (verbose, costs off) {sql}", [], r => plan += r.GetString(0) + "\n", default);
            Assert.Contains("current_setting('app.tenant_id'", plan, StringComparison.Ordinal);
            Assert.DoesNotContain("is_own_tenant", plan, StringComparison.Ordinal);
        }
    }

    private static string Message(Guid visit, Caller caller, Guid tenant) =>
        $"insert into messages (id, tenant_id, conversation_id, seq, sender_id, sender_role, client_msg_id, kind, body, created_at) values (gen_random_uuid(), '{tenant}', '{visit}', 99, '{caller.UserId}', 'Practitioner', 'x', 'Text', 'x', now())";

    /// <summary>The whole of a visit: the patient waits, the practitioner starts, both speak, correct, react, read and announce a file. The patient's last word is unread.</summary>
    private static async Task<Guid> VisitAsync(World world, Caller patient)
    {
        var id = await world.ConsultationAsync(patient, world.Freelance, ConsultationStatus.Scheduled);
        var waiting = await world.RunAsync(patient, (JoinConsultation verb) => verb.RunAsync(id, default));
        Assert.Equal(1, waiting.Queue?.Position);
        var joined = await world.RunAsync(world.Freelance, (JoinConsultation verb) => verb.RunAsync(id, default));
        Assert.Equal((ConsultationStatus.InProgress, null), (joined.Status, joined.Queue));
        Assert.True((await world.RunAsync(world.Freelance, (EnterRoom verb) => verb.RunAsync(id, default))).IsPractitioner);

        // First the one without an organization, so that it is they who load the key.
        var hello = await world.SayAsync(world.Freelance, id, "hello", $"first of {id}");
        Assert.Equal(hello, await world.SayAsync(world.Freelance, id, "hello", $"first of {id}"));
        await world.RunAsync(world.Freelance, (EditMessage verb) => verb.RunAsync(id, hello.Id, "good morning", default));
        var answer = await world.SayAsync(patient, id, "good morning to you");
        await world.RunAsync(world.Freelance, (ReactToMessage verb) => verb.RunAsync(id, answer.Id, "🙂", true, default));
        Assert.NotNull(await world.Log.AdvanceAsync(world.Freelance, id, answer.Id, ReceiptKind.Read));
        await world.Log.AdvanceAsync(patient, id, hello.Id, ReceiptKind.Read);
        var slip = await world.SayAsync(world.Freelance, id, "oops");
        await world.RunAsync(world.Freelance, (DeleteMessage verb) => verb.RunAsync(id, slip.Id, default));
        var last = await world.SayAsync(patient, id, "one more thing");

        var head = await world.Log.HeadAsync(world.Freelance, id);
        Assert.Equal(last.Seq, head.Seq);
        foreach (var caller in (Caller[])[world.Freelance, patient])
        {
            var page = await world.PageAsync(caller, id);
            Assert.Equal(["one more thing", null, "good morning to you", "good morning"], page.Messages.Select(static m => m.Text));
            Assert.NotNull(page.Messages[2].ReadAt);
            Assert.Equal("🙂", Assert.Single(page.Messages[2].Reactions).Emoji);
        }

        await FileAsync(world, id);
        return id;
    }

    private static async Task FileAsync(World world, Guid id)
    {
        var file = await world.RunAsync(world.Freelance, (ColloqueDb db) => AddAsync(new(db, TimeProvider.System)));
        Assert.NotNull(await world.RunAsync(world.Freelance, (ColloqueDb db) => new FileRows(db, TimeProvider.System).FindAsync(id, file, default)));

        async Task<Guid> AddAsync(FileRows rows)
        {
            var ring = await world.Keys.OfConversationAsync(world.Freelance, id, default);
            var one = new StoredFile
            {
                Id = Guid.CreateVersion7(), TenantId = ring.TenantId, ConversationId = id, UploaderId = world.Freelance.UserId, Status = FileStatus.Prepared, MimeType = "application/pdf",
                SizeBytes = 1, Sealed = [1], ObjectKey = FrameCipher.NewObjectKey(), CreatedAt = world.Clock.GetUtcNow(),
            };
            await rows.AddAsync(one, default);
            return one.Id;
        }
    }

    private static async Task<int> CountAsync(World world, Caller caller, string tables)
    {
        var count = 0;
        await world.Runtime.ReadAsync(caller, $"select count(*) from {tables}", [], r => count = (int)r.GetInt64(0), default);
        return count;
    }

    private static async Task RefusedAsync<T>(RefusalKind kind, Func<Task<T>> run) => Assert.Equal(kind, (await Assert.ThrowsAsync<Refusal>(run)).Kind);
}
