using Colloque.Consultations;
using Colloque.Conversations;
using Colloque.Security;
using Colloque.Teleconsultation;
using Colloque.Testing;
using Colloque.WaitingRoom;
using Npgsql;
using Xunit;

namespace Colloque.Tests.Teleconsultation;

/// <summary>Who comes by a link: the database itself shows them one visit from their coming on, and no more, whatever the program asks.</summary>
public sealed class GuestTests(PostgresFixture postgres)
{
    /// <summary>What a guest sees of each table, once one message was said before their coming and one after it; of every table that is not here, nothing.</summary>
    private static readonly Dictionary<string, int> Theirs = new()
    {
        ["public.conversations"] = 1,
        ["public.participants"] = 1,
        ["public.messages"] = 1,
        ["public.consultation_guests"] = 1,
        ["keys.data_keys"] = 1,
        ["keys.tenant_keys"] = 1,
    };

    [Fact]
    public async Task A_guest_sees_of_every_table_what_is_said_since_they_came_and_can_change_none_of_it()
    {
        await using var world = await World.CreateAsync(postgres);
        var id = await world.ConsultationAsync();
        var other = await world.ConsultationAsync(world.OtherPatient, world.Practitioner, ConsultationStatus.InProgress);
        var before = await world.SayAsync(world.Patient, id, "before");
        await world.Log.AdvanceAsync(world.Practitioner, id, before.Id, ReceiptKind.Read);
        await world.RunAsync(world.Practitioner, (ReactToMessage verb) => verb.RunAsync(id, before.Id, "👍", true, CancellationToken.None));
        await world.RunAsync(world.Patient, (EditMessage verb) => verb.RunAsync(id, before.Id, "before, edited", CancellationToken.None));
        await world.RunAsync(world.Patient, (JoinTeleconsultation verb) => verb.RunAsync(id, CancellationToken.None));
        var guest = (await EnterAsync(world, await InviteAsync(world, world.Patient, id))).Caller;
        var after = await world.SayAsync(world.Patient, id, "after");

        foreach (var table in await TablesAsync(world))
        {
            Assert.True(await VisibleAsync(world, table, guest) == Theirs.GetValueOrDefault(table), $"{table} shows {await VisibleAsync(world, table, guest)} rows to a guest");
            // The same id under a role or an organization that it is not of.
            Assert.True(await VisibleAsync(world, table, guest with { OrganizationId = world.Stranger.OrganizationId }) == 0, $"{table} shows rows across organizations");
            Assert.True(await VisibleAsync(world, table, guest with { UserId = world.Patient.UserId }) == 0, $"{table} shows the patient's rows under a guest's role");
        }

        // What is read by page, by change and by id begins where they came.
        Assert.Equal([after.Id], (await world.PageAsync(guest, id)).Messages.Select(static m => m.Id));
        Assert.Equal("after", (await world.PageAsync(guest, id)).Messages[0].Text);
        Assert.Empty((await world.Log.ChangedAsync(guest, id, 0, 100, CancellationToken.None)).Messages);
        await Assert.ThrowsAsync<Refusal>(() => world.Log.OneAsync(guest, id, before.Id, CancellationToken.None));
        await Assert.ThrowsAsync<Refusal>(() => world.PageAsync(guest, other));
        Assert.Equal(2, (await world.PageAsync(world.Patient, id)).Messages.Count);

        var said = await world.SayAsync(guest, id, "hello");
        Assert.Equal(Role.Guest, said.SenderRole);
        Assert.Equal(Role.Guest, (await world.PageAsync(world.Patient, id)).Messages[0].SenderRole);
        await Assert.ThrowsAsync<Refusal>(() => world.SayAsync(guest, other, "hello"));
        foreach (var change in (string[])[
            $"update messages set deleted_at = now() where conversation_id = '{id}'", $"update consultations set status = 'Completed' where id = '{id}'",
            $"delete from reactions where conversation_id = '{id}'", $"delete from files where conversation_id = '{id}'", $"update participants set left_at = null",
            $"update consultation_guests set role = 'Practitioner'", "update join_links set revoked_at = now()", $"update conversations set status = 'Closed' where id = '{id}'",
            $"insert into participants (conversation_id, user_id, tenant_id, role, joined_at) values ('{other}', '{guest.UserId}', '{guest.OrganizationId}', 'Guest', now())",
            $"insert into receipts (conversation_id, kind, seq, user_id, tenant_id, at) values ('{id}', 'r', 2, '{guest.UserId}', '{guest.OrganizationId}', now())",
            $"insert into messages (id, tenant_id, conversation_id, seq, sender_id, sender_role, client_msg_id, kind, body, created_at) values (gen_random_uuid(), '{guest.OrganizationId}', '{id}', 99, '{world.Practitioner.UserId}', 'Practitioner', 'x', 'Text', 'x', now())"])
        {
            try
            {
                await world.Runtime.ExecuteAsync(guest, change, [], CancellationToken.None);
            }
            catch (PostgresException e)
            {
                // A seat that is not theirs is refused by its trigger, before any policy is asked.
                Assert.Contains(e.SqlState, (string[])[PostgresErrorCodes.InsufficientPrivilege, PostgresErrorCodes.ForeignKeyViolation]);
            }
        }

        Assert.Equal(
            "InProgress|Open|0|1|1|3",
            await world.ScalarAsync<string>(
                $"""
                select concat_ws('|', (select status from consultations where id = '{id}'), (select status from conversations where id = '{id}'),
                  (select count(*) from messages where deleted_at is not null), (select count(*) from reactions), (select count(*) from receipts where kind = 'r'),
                  (select count(*) from messages where conversation_id = '{id}'))
                """));
    }

    [Fact]
    public async Task Who_left_and_comes_again_sees_what_is_said_from_then_on_and_who_only_reloads_sees_what_they_saw()
    {
        await using var world = await World.CreateAsync(postgres);
        var id = await world.ConsultationAsync();
        var token = await InviteAsync(world, world.Practitioner, id);
        var first = await EnterAsync(world, token);
        await world.SayAsync(world.Patient, id, "one");
        var reloaded = await EnterAsync(world, token, "Another Name");
        Assert.Equal((first.Caller, 2, "Another Name"), (reloaded.Caller, reloaded.Version, reloaded.Name));
        Assert.Single((await world.PageAsync(reloaded.Caller, id)).Messages);

        await world.RunAsync(reloaded.Caller, (LeaveAsGuest verb) => verb.RunAsync(CancellationToken.None));
        await Assert.ThrowsAsync<Refusal>(() => world.PageAsync(reloaded.Caller, id));
        await world.SayAsync(world.Patient, id, "in their absence");
        var back = await EnterAsync(world, token);
        Assert.Empty((await world.PageAsync(back.Caller, id)).Messages);

        // The end of the visit, by whatever contract, is the end of their time in it.
        await world.RunAsync(world.Practitioner, (CloseConsultation verb) => verb.RunAsync(id, CancellationToken.None));
        await Assert.ThrowsAsync<Refusal>(() => world.PageAsync(back.Caller, id));
        await Assert.ThrowsAsync<Refusal>(() => world.RunAsync(back.Caller, (SeeVisitAsGuest verb) => verb.RunAsync(id, CancellationToken.None)));
        Assert.False(await world.ScalarAsync<bool>($"select live from accounts_sign_in_states(array['{back.Caller.SignInId}'::uuid])"));
        Assert.Equal("join_link_gone", (await Assert.ThrowsAsync<Refusal>(() => OutcomeAsync(world, token))).Code);
    }

    [Fact]
    public async Task Who_comes_by_the_patients_link_takes_the_patients_place_and_none_of_the_accounts_rights()
    {
        await using var world = await World.CreateAsync(postgres);
        var id = await world.ConsultationAsync(ConsultationStatus.Confirmed);
        var earlier = await world.ConsultationAsync();
        var begun = await world.ConsultationAsync();
        await EnterAsync(world, await InviteAsync(world, world.Practitioner, begun, GuestRole.Patient));
        await EnterAsync(world, await InviteAsync(world, world.Practitioner, earlier, GuestRole.Interpreter));
        var token = await InviteAsync(world, world.Practitioner, id, GuestRole.Patient);
        var relative = (await EnterAsync(world, await InviteAsync(world, world.Patient, id))).Caller;
        Assert.Empty((await QueueAsync(world)).Places);
        await RefusedAsync("forbidden", () => WaitAsync(world, relative, id));

        var guest = (await EnterAsync(world, token, "Marc M.")).Caller;
        var place = Assert.Single((await QueueAsync(world)).Places);
        Assert.Equal((id, world.Patient.UserId, "Name of Patient", guest.UserId, "Marc M."), (place.ConsultationId, place.PatientId, place.PatientName, place.Guest!.Id, place.Guest.Name));
        Assert.Contains(world.Heard.All, a => a is QueueChanged q && q.ConsultationId == id);
        var own = (await WaitAsync(world, guest, id)).Place;
        Assert.Equal((1, (string?)null, (PersonView?)null), (own.Position, own.PatientName, own.Guest));
        Assert.Equal(1, (await SeeAsync(world, guest, id)).Queue!.Position);
        Assert.Null((await SeeAsync(world, relative, id)).Queue);
        foreach (var table in await TablesAsync(world))
        {
            // The other guest is seen beside them; nothing else is.
            Assert.True(await VisibleAsync(world, table, guest) <= (table == "public.consultation_guests" ? 2 : Theirs.GetValueOrDefault(table)), table);
        }

        await Assert.ThrowsAsync<Refusal>(() => world.PageAsync(guest, earlier));
        await RefusedAsync("room_closed", () => world.RunAsync(guest, (OpenRoom verb) => verb.RunAsync(id, CancellationToken.None)));

        // Called in as the patient; and who came so has come.
        await world.RunAsync(world.Practitioner, (AdmitPatient verb) => verb.RunAsync(id, CancellationToken.None));
        var room = await world.RunAsync(guest, (OpenRoom verb) => verb.RunAsync(id, CancellationToken.None));
        Assert.Equal(("peer", false, "Marc M.", GuestRole.Patient), (room.Provider, room.Moderates, room.Name, room.Guest));
        Assert.Equal(room.RoomName, (await world.RunAsync(world.Practitioner, (OpenRoom verb) => verb.RunAsync(id, CancellationToken.None))).RoomName);
        await RefusedAsync("not_found", () => world.RunAsync(guest, (OpenRoom verb) => verb.RunAsync(earlier, CancellationToken.None)));
        world.Clock.Advance(TimeSpan.FromMinutes(70));
        await SweepAsync(world);
        foreach (var met in (Guid[])[id, begun])
        {
            Assert.Equal("InProgress", await world.ScalarAsync<string>($"select status from consultations where id = '{met}'"));
        }

        Assert.Equal("NoShow", await world.ScalarAsync<string>($"select status from consultations where id = '{earlier}'"));
        world.Clock.Advance(TimeSpan.FromHours(4));
        await SweepAsync(world);
        Assert.Equal("Completed", await world.ScalarAsync<string>($"select status from consultations where id = '{id}'"));
        Assert.Null(await world.RunAsync(world.Patient, (FindRoom verb) => verb.RunAsync(id, null, CancellationToken.None)));
        Assert.Equal(room.RoomName, await world.RunAsync(null!, (FindRoom verb) => verb.RunAsync(id, null, CancellationToken.None)));
    }

    [Fact]
    public async Task A_place_taken_by_a_link_goes_with_it_unless_the_patients_own_account_has_come()
    {
        await using var world = await World.CreateAsync(postgres);
        var id = await world.ConsultationAsync(ConsultationStatus.Confirmed);
        var token = await InviteAsync(world, world.Practitioner, id, GuestRole.Patient);
        var first = await EnterAsync(world, token);
        await world.RunAsync(first.Caller, (LeaveAsGuest verb) => verb.RunAsync(CancellationToken.None));
        Assert.Empty((await QueueAsync(world)).Places);

        // Who left comes again as the same guest, on tokens of another time: what ended stays so.
        var again = await EnterAsync(world, token);
        Assert.Equal(first.Caller.UserId, again.Caller.UserId);
        Assert.NotEqual(first.Caller.SignInId, again.Caller.SignInId);
        Assert.Equal(0L, await world.ScalarAsync<long>($"select count(*) from accounts_sign_in_states(array['{first.Caller.SignInId}'::uuid])"));
        Assert.True(await world.ScalarAsync<bool>($"select live from accounts_sign_in_states(array['{again.Caller.SignInId}'::uuid])"));
        var joined = Assert.Single((await QueueAsync(world)).Places).JoinedAt;

        world.Clock.Advance(TimeSpan.FromMinutes(1));
        await world.RunAsync(world.Patient, (EnterWaitingRoom verb) => verb.RunAsync(id, CancellationToken.None));
        await world.RunAsync(again.Caller, (LeaveAsGuest verb) => verb.RunAsync(CancellationToken.None));
        var kept = Assert.Single((await QueueAsync(world)).Places);
        Assert.Equal((joined, (PersonView?)null), (kept.JoinedAt, kept.Guest));
    }

    [Fact]
    public async Task Of_its_two_people_who_are_signed_in_a_link_knows_that_the_visit_is_theirs_and_of_nobody_else()
    {
        await using var world = await World.CreateAsync(postgres);
        var id = await world.ConsultationAsync();
        var token = await InviteAsync(world, world.Practitioner, id, GuestRole.Patient);
        Task<JoinLinkFace> FaceAsync(Caller? caller) => world.RunAsync(caller!, (SeeJoinLink verb) => verb.RunAsync(token, CancellationToken.None));
        foreach (var own in (Caller[])[world.Patient, world.Practitioner])
        {
            Assert.Equal((true, (Guid?)id), ((await FaceAsync(own)).Own, (await FaceAsync(own)).ConsultationId));
        }

        foreach (var other in (Caller?[])[null, world.OtherPatient, world.Stranger, world.Admin, world.Admin with { UserId = world.Patient.UserId }])
        {
            Assert.Equal((false, (Guid?)null), ((await FaceAsync(other)).Own, (await FaceAsync(other)).ConsultationId));
        }
    }

    [Fact]
    public async Task A_link_opens_half_an_hour_before_the_planned_start_and_no_longer_than_four_hours_after_its_end()
    {
        await using var world = await World.CreateAsync(postgres);
        var id = await world.ConsultationAsync(ConsultationStatus.Confirmed);
        var token = await InviteAsync(world, world.Practitioner, id);
        await TestDatabase.ExecuteAsync(world.Database.Superuser, $"update consultations set scheduled_at = scheduled_at + interval '31 minutes' where id = '{id}'");
        Assert.Equal("join_too_early", (await OutcomeAsync(world, token)).No!.Code);
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.NotNull((await OutcomeAsync(world, token)).Guest);
        world.Clock.Advance(TimeSpan.FromMinutes(49) + TimeSpan.FromHours(4));
        Assert.Equal("join_link_gone", (await Assert.ThrowsAsync<Refusal>(() => OutcomeAsync(world, token))).Code);
    }

    private static async Task<string> InviteAsync(World world, Caller by, Guid id, GuestRole role = GuestRole.Relative)
    {
        var link = await world.RunAsync(by, (InviteGuest verb) => verb.RunAsync(id, new(role, null, null, false, null), CancellationToken.None));
        return link.Url!.Split("/join/")[1];
    }

    private static async Task<GuestEntry> EnterAsync(World world, string token, string name = "A Relative") => (await OutcomeAsync(world, token, name)).Guest!;

    private static Task<GuestOutcome> OutcomeAsync(World world, string token, string name = "A Relative") =>
        world.RunAsync(null!, (EnterAsGuest verb) => verb.RunAsync(token, name, null, CancellationToken.None));

    private static Task<QueueBoard> QueueAsync(World world) => world.RunAsync(world.Practitioner, (ListQueue verb) => verb.RunAsync(CancellationToken.None));

    private static Task<OwnPlace> WaitAsync(World world, Caller guest, Guid id) => world.RunAsync(guest, (WaitAsGuest verb) => verb.RunAsync(id, CancellationToken.None));

    private static Task<GuestVisit> SeeAsync(World world, Caller guest, Guid id) => world.RunAsync(guest, (SeeVisitAsGuest verb) => verb.RunAsync(id, CancellationToken.None));

    private static Task<int> SweepAsync(World world) => world.RunAsync(
        null!, (SweepConsultations verb) => verb.RunAsync(new(TimeSpan.FromMinutes(15), TimeSpan.FromHours(4)), CancellationToken.None));

    private static async Task RefusedAsync<T>(string code, Func<Task<T>> act) => Assert.Equal(code, (await Assert.ThrowsAsync<Refusal>(act)).Code);

    private static async Task<List<string>> TablesAsync(World world)
    {
        var names = await world.ScalarAsync<string[]>(
            """
            select array_agg(format('%I.%I', n.nspname, c.relname) order by 1) from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where c.relkind in ('r', 'p') and n.nspname not in ('pg_catalog', 'information_schema') and n.nspname not like 'pg_toast%'
            """);
        return [.. names!];
    }

    private static async Task<int> VisibleAsync(World world, string table, Caller caller)
    {
        var count = 0L;
        try
        {
            await world.Runtime.ReadAsync(caller, $"select count(*) from {table}", [], r => count = r.GetInt64(0), CancellationToken.None);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            return 0;
        }

        return (int)count;
    }
}
