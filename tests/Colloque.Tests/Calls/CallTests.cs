using Colloque.Calls;
using Colloque.Consultations;
using Colloque.Security;
using Colloque.Storage;
using Colloque.Testing;
using Npgsql;
using Xunit;

namespace Colloque.Tests.Calls;

/// <summary>Calls over the real database: who may, what holds when several move at once, what time does to them, and what is left behind.</summary>
public sealed class CallTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Of_any_number_who_call_or_answer_at_once_one_call_and_one_device_comes_out_and_nobody_else_sees_it()
    {
        await using var world = await World.CreateAsync(postgres);
        var id = await world.ConsultationAsync();
        var begun = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => StartAsync(world, i % 2 == 0 ? world.Patient : world.Practitioner, id, $"d{i % 2}")));
        var call = Assert.Single(begun.Select(static p => p.Call.Id).Distinct());
        Assert.Equal(2, begun.Select(static p => p.PeerId).Distinct().Count());
        Assert.Equal(1L, await world.ScalarAsync<long>("select count(*) from calls"));
        Assert.Single(world.Heard.All.OfType<CallChanged>(), static c => c.Rung.Count > 0);
        await EndAsync(world, world.Patient, id, call);

        var second = (await StartAsync(world, world.Practitioner, id, "desk")).Call;
        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(i => CodeAsync(() => AcceptAsync(world, world.Patient, id, second.Id, $"phone-{i}"))));
        Assert.Equal(["call_answered_elsewhere", "call_answered_elsewhere", "call_answered_elsewhere", "call_answered_elsewhere", "ok"], answers.Order());

        foreach (var caller in (Caller[])[world.OtherPatient, world.Stranger, world.StrangersPatient, world.Patient with { OrganizationId = world.Stranger.OrganizationId }, world.Freelance])
        {
            Assert.Equal("not_found", await CodeAsync(() => StartAsync(world, caller, id, "x")));
            Assert.Equal("not_found", await CodeAsync(() => AcceptAsync(world, caller, id, second.Id, "x")));
            Assert.Equal("not_found", await CodeAsync(() => EndAsync(world, caller, id, second.Id)));
            Assert.Equal("not_found", await CodeAsync(() => world.RunAsync(caller, (SeeCall verb) => verb.RunAsync(id, default))));
            Assert.Equal("not_found", await CodeAsync(() => world.RunAsync(caller, (ReportCallIncident verb) => verb.RunAsync(id, second.Id, "recovered", default))));
            // Nor by the functions themselves.
            var rows = 0;
            await world.Runtime.ReadAsync(caller, $"select from call_rows('{id}', null) union all select from call_visit('{id}', true) union all select from call_rung('{id}', 'Patient')", [], _ => rows++, default);
            Assert.Equal(0, rows);
        }

        foreach (var admin in (Caller[])[world.Admin, world.Admin with { Role = Role.SuperAdmin, OrganizationId = Guid.Empty }])
        {
            Assert.Equal("forbidden", await CodeAsync(() => StartAsync(world, admin, id, "x")));
            Assert.Equal("forbidden", await CodeAsync(() => world.RunAsync(admin, (SeeCall verb) => verb.RunAsync(id, default))));
            Assert.Equal("forbidden", await CodeAsync(() => world.RunAsync(admin, (SweepCalls verb) => verb.ToldAsync(second.Id, default))));
        }

        await Assert.ThrowsAsync<PostgresException>(() => world.Runtime.ExecuteAsync(world.Patient, "update calls set state = 'Ended'", [], default));
        await Assert.ThrowsAsync<PostgresException>(() => world.Runtime.ExecuteAsync(world.Patient, "select count(*) from call_members", [], default));
    }

    [Fact]
    public async Task Time_makes_calls_missed_failed_or_lost_and_the_conversation_and_the_events_say_so_by_the_servers_clock()
    {
        await using var world = await World.CreateAsync(postgres);
        var id = await world.ConsultationAsync();
        var attendance = world.Get<CallAttendance>();

        await StartAsync(world, world.Patient, id, "phone");
        world.Clock.Advance(TimeSpan.FromSeconds(44));
        await SweepAsync(world);
        Assert.Equal(CallState.Ringing, (await SeeAsync(world, id))!.State);
        Assert.Single(await world.RunAsync(world.Practitioner, (ListRingingCalls verb) => verb.RunAsync(default)));
        world.Clock.Advance(TimeSpan.FromSeconds(1));
        await SweepAsync(world);
        Assert.Null(await SeeAsync(world, id));

        var failing = await MeetAsync(world, id);
        world.Clock.Advance(TimeSpan.FromSeconds(30));
        await SweepAsync(world);
        Assert.Equal(CallEnd.Failed, Last(world, failing.Id).End);

        // Connected: it goes on while both are here, and for a minute without one.
        var call = await MeetAsync(world, id);
        await AdvanceAsync(world, id, call.Id);
        var (first, second) = (call.Members[0].PeerId, call.Members[1].PeerId);
        attendance.Came(first);
        attendance.Came(second);
        world.Clock.Advance(TimeSpan.FromMinutes(20));
        await SweepAsync(world);
        attendance.Went(second);
        world.Clock.Advance(TimeSpan.FromSeconds(59));
        await SweepAsync(world);
        Assert.Equal(second, (await world.RunAsync(world.Practitioner, (JoinCall verb) => verb.RunAsync(id, call.Id, "desk", default))).PeerId);
        attendance.Came(second);
        world.Clock.Advance(TimeSpan.FromSeconds(59));
        await SweepAsync(world);
        Assert.True((await SeeAsync(world, id))!.IsLive);
        attendance.Went(second);
        world.Clock.Advance(TimeSpan.FromSeconds(60));
        await SweepAsync(world);
        Assert.Equal((CallState.Ended, CallEnd.Lost), (Last(world, call.Id).State, Last(world, call.Id).End!.Value));
        var lasted = (20 * 60) + 59 + 59 + 60;
        Assert.Equal(TimeSpan.FromSeconds(lasted), Last(world, call.Id).Lasted);

        // A call whose server was killed: of nobody is known that they are here, and after a minute nobody is.
        var orphan = await MeetAsync(world, id);
        await AdvanceAsync(world, id, orphan.Id);
        world.Clock.Advance(TimeSpan.FromSeconds(60));
        await SweepAsync(world);
        Assert.Equal(CallEnd.Lost, Last(world, orphan.Id).End);

        await TellAsync(world);
        await TellAsync(world);
        var said = (await world.PageAsync(world.Patient, id)).Messages;
        Assert.Equal(["call_missed", "call_failed", $"call_ended:{lasted}", "call_ended:60"], said.Reverse().Select(static m => m.Text));
        Assert.All(said, m => Assert.Equal(world.Patient.UserId, m.SenderId));

        var events = await world.RunAsync(world.Patient, (ListConsultationEvents verb) => verb.RunAsync(id, default));
        Assert.Equal(
            "CallStarted/video CallEnded/missed CallStarted/video CallJoined/ CallEnded/failed CallStarted/video CallJoined/ CallLeft/lost CallEnded/lost CallStarted/video CallJoined/ CallLeft/lost CallLeft/lost CallEnded/lost",
            string.Join(' ', events.Where(static e => e.Type.StartsWith("Call", StringComparison.Ordinal)).Select(static e => $"{e.Type}/{e.Detail}")));
        Assert.All(events.Where(static e => e.Type == "CallEnded"), static e => Assert.Equal("System", e.ActorRole));
    }

    [Fact]
    public async Task The_end_of_a_visit_ends_its_call_whoever_ends_it_and_no_call_begins_before_or_after()
    {
        await using var world = await World.CreateAsync(postgres);
        var early = await world.ConsultationAsync(ConsultationStatus.Confirmed);
        Assert.Equal("consultation_not_in_progress", await CodeAsync(() => StartAsync(world, world.Practitioner, early, "desk")));
        var id = await world.ConsultationAsync();
        var call = await MeetAsync(world, id);
        await AdvanceAsync(world, id, call.Id);
        world.Clock.Advance(TimeSpan.FromMinutes(5));
        await world.RunAsync(world.Admin, (CloseConsultation verb) => verb.RunAsync(id, default));
        Assert.Null(await SeeAsync(world, id));
        Assert.Equal("call_over", await CodeAsync(() => world.RunAsync(world.Patient, (JoinCall verb) => verb.RunAsync(id, call.Id, "phone", default))));
        Assert.Equal("consultation_not_in_progress", await CodeAsync(() => StartAsync(world, world.Practitioner, id, "desk")));
        Assert.Equal(300d, await world.ScalarAsync<double>("select extract(epoch from ended_at - connected_at)::double precision from calls"));
        Assert.Equal("Ended VisitClosed", await world.ScalarAsync<string>("select state || ' ' || end_reason from calls"));
        Assert.Equal(0L, await world.ScalarAsync<long>("select count(*) from call_members where left_at is null"));
        // Its conversation is closed with it; nothing waits to be said there.
        await TellAsync(world);
        Assert.Empty((await world.PageAsync(world.Patient, id)).Messages);
    }

    private static Task<CallPlace> StartAsync(World world, Caller caller, Guid id, string device) =>
        world.RunAsync(caller, (StartCall verb) => verb.RunAsync(id, "video", device, default));

    private static Task<CallPlace> AcceptAsync(World world, Caller caller, Guid id, Guid call, string device) =>
        world.RunAsync(caller, (AcceptCall verb) => verb.RunAsync(id, call, device, default));

    private static Task<CallPlace> EndAsync(World world, Caller caller, Guid id, Guid call) => world.RunAsync(caller, (EndCall verb) => verb.RunAsync(id, call, default));

    private static Task<CallPlace> AdvanceAsync(World world, Guid id, Guid call) => world.RunAsync(world.Patient, (AdvanceCall verb) => verb.RunAsync(id, call, connected: true, default));

    private static Task<Call?> SeeAsync(World world, Guid id) => world.RunAsync(world.Patient, (SeeCall verb) => verb.RunAsync(id, default));

    private static async Task<Call> MeetAsync(World world, Guid id)
    {
        world.Clock.Advance(TimeSpan.FromSeconds(1));
        var call = (await StartAsync(world, world.Patient, id, "phone")).Call;
        world.Clock.Advance(TimeSpan.FromMilliseconds(1));
        return (await AcceptAsync(world, world.Practitioner, id, call.Id, "desk")).Call;
    }

    /// <summary>As the server's sweep does.</summary>
    private static async Task SweepAsync(World world)
    {
        var verbs = world.Get<Verbs>();
        foreach (var due in await verbs.RunAsync(null, (SweepCalls verb) => verb.RunAsync(default), default))
        {
            await verbs.RunAsync(null, (SettleCall verb) => verb.RunAsync(due.ConsultationId, due.CallId, default), default);
        }
    }

    private static async Task TellAsync(World world)
    {
        foreach (var due in await world.Get<Verbs>().RunAsync(null, (SweepCalls verb) => verb.UntoldAsync(50, default), default))
        {
            await world.Get<TellOfCall>().RunAsync(due, default);
        }
    }

    private static Call Last(World world, Guid call) => world.Heard.All.OfType<CallChanged>().Last(c => c.Call.Id == call).Call;

    private static async Task<string> CodeAsync(Func<Task> run)
    {
        try
        {
            await run();
            return "ok";
        }
        catch (Refusal refusal)
        {
            return refusal.Code;
        }
    }
}
