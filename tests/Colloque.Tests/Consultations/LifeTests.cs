using Colloque.Consultations;
using Colloque.Security;
using Colloque.Testing;
using Colloque.WaitingRoom;
using Xunit;
using static Colloque.Consultations.ConsultationStatus;
using static Colloque.Tests.Consultations.Practice;

namespace Colloque.Tests.Consultations;

/// <summary>The moves of a visit, legal and not, and what ends it where nobody does.</summary>
public sealed class LifeTests(PostgresFixture postgres)
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    /// <summary>Each move: from which states, and to which. From every other it is refused.</summary>
    private static readonly (string Move, ConsultationStatus[] From, ConsultationStatus? To)[] Table =
    [
        ("confirm", [Scheduled], Confirmed),
        ("cancel", [Scheduled, Confirmed], Cancelled),
        ("reschedule", [Scheduled, Confirmed], null),
        ("start", [Scheduled, Confirmed], InProgress),
        ("end", [InProgress], Completed),
        ("no-show", [Scheduled, Confirmed], NoShow),
    ];

    [Fact]
    public async Task Every_legal_move_is_made_once_with_its_event_and_every_other_changes_nothing()
    {
        await using var practice = await Practice.CreateAsync(postgres);
        var world = practice.World;
        var hour = 0;
        foreach (var (move, from, to) in Table)
        {
            foreach (var status in Enum.GetValues<ConsultationStatus>())
            {
                var id = await world.ConsultationAsync(status);
                var before = await RowAsync(world, id);
                if (!from.Contains(status))
                {
                    await RefusedAsync("illegal_transition", () => MoveAsync(practice, world.Practitioner, move, id, Ten.AddHours(hour)));
                    Assert.Equal(before, await RowAsync(world, id));
                    continue;
                }

                var moved = await MoveAsync(practice, world.Practitioner, move, id, Ten.AddHours(++hour));
                Assert.Equal(to ?? status, moved.Status);
                var done = Assert.Single(await practice.EventsAsync(id));
                Assert.Equal((world.Practitioner.UserId, "Practitioner", world.Clock.GetUtcNow()), (done.ActorId, done.ActorRole, done.At));
                Assert.Equal(to ?? status, world.Heard.All.OfType<ConsultationMoved>().Last(m => m.Plan.Id == id).Plan.Status);
                if (move is not "reschedule")
                {
                    await RefusedAsync("illegal_transition", () => MoveAsync(practice, world.Practitioner, move, id, Ten));
                }
            }
        }
    }

    [Fact]
    public async Task The_patient_calls_off_and_moves_in_good_time_and_the_practitioner_always()
    {
        await using var practice = await Practice.CreateAsync(postgres);
        var world = practice.World;
        var one = await practice.BookAsync(world.Patient, Ten);
        foreach (var move in (string[])["confirm", "start", "end", "no-show"])
        {
            await RefusedAsync("forbidden", () => MoveAsync(practice, world.Patient, move, one.Id, Ten));
            await RefusedAsync("not_found", () => MoveAsync(practice, world.Stranger, move, one.Id, Ten));
        }

        foreach (var move in (string[])["cancel", "reschedule"])
        {
            await RefusedAsync("not_found", () => MoveAsync(practice, world.OtherPatient, move, one.Id, Ten.AddHours(1)));
            await RefusedAsync("forbidden", () => MoveAsync(practice, world.Admin, move, one.Id, Ten.AddHours(1)));
        }

        // The planned start is to come: nobody can have missed it.
        await RefusedAsync("illegal_transition", () => MoveAsync(practice, world.Practitioner, "no-show", one.Id, Ten));
        await practice.SetAsync("confirmation = 'Manual'");
        world.Clock.Advance(Minute);
        var moved = await practice.MoveAsync(world.Patient, one.Id, Ten.AddHours(2));
        Assert.Equal((one.Id, Ten.AddHours(2), Scheduled, null), (moved.Id, moved.ScheduledAt, moved.Status, moved.Booking.ConfirmedAt));
        Assert.Equal("2026-03-02T10:00:00Z", (await practice.EventsAsync(one.Id))[^1].Detail);
        await world.SayAsync(world.Patient, one.Id, "the same thread");
        await practice.BookAsync(world.OtherPatient, Ten);
        await RefusedAsync("slot_taken", () => practice.MoveAsync(world.Patient, one.Id, Ten));
        await RefusedAsync("not_a_slot", () => practice.MoveAsync(world.Patient, one.Id, Ten.AddMinutes(1)), "scheduledAt");
        Assert.Equal(Ten.AddHours(3).AddMinutes(1), (await practice.MoveAsync(world.Practitioner, one.Id, Ten.AddHours(3).AddMinutes(1))).ScheduledAt);

        world.Clock.Advance(moved.ScheduledAt - world.Clock.GetUtcNow());
        await RefusedAsync("cancellation_deadline_passed", () => practice.CancelAsync(world.Patient, one.Id));
        await RefusedAsync("cancellation_deadline_passed", () => practice.MoveAsync(world.Patient, one.Id, Ten.AddDays(1)));
        await world.RunAsync(world.Patient, (JoinConsultation verb) => verb.RunAsync(one.Id, CancellationToken.None));
        var off = await practice.CancelAsync(world.Practitioner, one.Id);
        Assert.Equal((Cancelled, "Practitioner", null), (off.Status, off.Booking.CancelledBy, off.Queue));
        await RefusedAsync("consultation_closed", () => world.SayAsync(world.Patient, one.Id, "too late"));
    }

    [Fact]
    public async Task Upcoming_is_the_next_first_and_history_the_latest_first_each_by_cursor_and_filters()
    {
        await using var practice = await Practice.CreateAsync(postgres);
        var world = practice.World;
        var ids = new List<Guid>();
        for (var i = 0; i < 4; i++)
        {
            ids.Add((await practice.BookAsync(world.Patient, Ten.AddHours(i), format: i % 2 == 0 ? ConsultationFormat.Video : ConsultationFormat.Audio)).Id);
        }

        await practice.CancelAsync(world.Patient, ids[1]);
        await practice.CancelAsync(world.Patient, ids[2]);
        async Task<(Guid[] Ids, string? Next)> ListAsync(ConsultationList which, ConsultationFilter filter, string? cursor = null, int limit = 10)
        {
            var (items, next) = await world.RunAsync(world.Practitioner, (ListMyConsultations verb) => verb.RunAsync(which, filter, cursor, limit, CancellationToken.None));
            return ([.. items.Select(static c => c.Id)], next);
        }

        var (first, cursor) = await ListAsync(ConsultationList.Upcoming, new(), limit: 1);
        Assert.Equal([ids[0]], first);
        Assert.Equal([ids[3]], (await ListAsync(ConsultationList.Upcoming, new(), cursor)).Ids);
        Assert.Equal([ids[2], ids[1]], (await ListAsync(ConsultationList.History, new())).Ids);
        Assert.Empty((await ListAsync(ConsultationList.History, new(Confirmed))).Ids);
        Assert.Equal([ids[1]], (await ListAsync(ConsultationList.History, new(Format: ConsultationFormat.Audio))).Ids);
        Assert.Equal([ids[2], ids[1]], (await ListAsync(ConsultationList.All, new(From: Ten.AddHours(1), Until: Ten.AddHours(3)))).Ids);
    }

    [Fact]
    public async Task What_is_left_open_is_a_no_show_where_not_both_came_and_else_ends_at_its_last_sign_of_life()
    {
        await using var practice = await Practice.CreateAsync(postgres);
        var world = practice.World;
        var nobody = await world.ConsultationAsync(Confirmed);
        var patientAlone = await world.ConsultationAsync(Scheduled);
        var practitionerAlone = await world.ConsultationAsync(Confirmed);
        var both = await world.ConsultationAsync(Confirmed);
        Task JoinAsync(Caller who, Guid id) => world.RunAsync(who, (JoinConsultation verb) => verb.RunAsync(id, CancellationToken.None));
        await JoinAsync(world.Patient, patientAlone);
        await JoinAsync(world.Practitioner, practitionerAlone);
        await JoinAsync(world.Patient, both);
        await JoinAsync(world.Practitioner, both);
        world.Clock.Advance(37 * Minute);
        await world.SayAsync(world.Patient, both, "the last word");
        var lastWord = world.Clock.GetUtcNow();

        // Fifty minutes, and a quarter of an hour; and then the four hours.
        world.Clock.Advance(27 * Minute);
        await practice.SweepAsync();
        Assert.All((await StatesAsync(world)).Values, static s => Assert.NotEqual("NoShow", s));
        world.Clock.Advance(Minute);
        await practice.SweepAsync();
        var states = await StatesAsync(world);
        // Who still waits is not absent: the practitioner may only be late.
        Assert.Equal(("NoShow", "Scheduled", "NoShow", "InProgress"), (states[nobody], states[patientAlone], states[practitionerAlone], states[both]));
        Assert.Equal(2, world.Heard.All.OfType<ConsultationMissed>().Count());
        var last = (await practice.EventsAsync(nobody))[^1];
        Assert.Equal(("NoShow", null, "System"), (last.Type, last.ActorId, last.ActorRole));

        world.Clock.Advance(TimeSpan.FromHours(3) + (44 * Minute));
        await practice.SweepAsync();
        Assert.Equal("InProgress", (await StatesAsync(world))[both]);
        world.Clock.Advance(Minute);
        await practice.SweepAsync();
        await practice.SweepAsync();
        var ended = await practice.ViewAsync(world.Patient, both);
        Assert.Equal((Completed, lastWord), (ended.Status, ended.ClosedAt));
        Assert.Single(world.Heard.All.OfType<ConsultationClosed>());
        await RefusedAsync("consultation_closed", () => world.SayAsync(world.Patient, both, "much later"));
    }

    [Fact]
    public async Task What_a_client_says_of_itself_makes_nobody_come_and_no_visit_longer()
    {
        await using var practice = await Practice.CreateAsync(postgres);
        var world = practice.World;
        var said = await world.ConsultationAsync(Confirmed);
        var both = await world.ConsultationAsync(Confirmed);
        Task JoinAsync(Caller who, Guid id) => world.RunAsync(who, (JoinConsultation verb) => verb.RunAsync(id, CancellationToken.None));
        Task ReportAsync(Caller who, Guid id, Colloque.WaitingRoom.RoomReport type) =>
            world.RunAsync(who, (Colloque.WaitingRoom.ReportRoomEvent verb) => verb.RunAsync(id, type, "x", CancellationToken.None));
        await JoinAsync(world.Practitioner, said);
        await ReportAsync(world.Patient, said, Colloque.WaitingRoom.RoomReport.Joined);
        await JoinAsync(world.Practitioner, both);
        await ReportAsync(world.Patient, both, Colloque.WaitingRoom.RoomReport.Joined);
        world.Clock.Advance(10 * Minute);
        // The real coming is noted although a client has spoken of one.
        await JoinAsync(world.Patient, both);
        var came = world.Clock.GetUtcNow();
        world.Clock.Advance(30 * Minute);
        await ReportAsync(world.Patient, both, Colloque.WaitingRoom.RoomReport.Left);
        world.Clock.Advance(25 * Minute);
        await practice.SweepAsync();
        var states = await StatesAsync(world);
        Assert.Equal(("NoShow", "InProgress"), (states[said], states[both]));
        world.Clock.Advance(TimeSpan.FromHours(4));
        await practice.SweepAsync();
        Assert.Equal(came, (await practice.ViewAsync(world.Patient, both)).ClosedAt);
    }

    [Fact]
    public async Task Visits_that_overlapped_before_the_upgrade_stay_and_the_earliest_booked_keeps_its_time()
    {
        await using var database = await postgres.CreateEmptyDatabaseAsync();
        await Colloque.Storage.Migrator.RunAsync(database.Superuser, new() { Migrations = [.. Colloque.Storage.Migration.Embedded.Where(static m => string.CompareOrdinal(m.Name, "0018") < 0)] });
        await TestDatabase.ExecuteAsync(
            database.Superuser,
            """
            insert into organizations (id, name, slug, created_at) values ('00000000-0000-7000-8000-000000000001', 'Clinic', 'clinic', now());
            insert into users (id, tenant_id, email, name, role, created_at)
              select ('00000000-0000-7000-8000-00000000000' || n)::uuid, '00000000-0000-7000-8000-000000000001', n || '@clinic.example', n::text, case n when 2 then 'Practitioner' else 'Patient' end, now()
              from generate_series(2, 4) n;
            insert into consultations (id, tenant_id, patient_id, practitioner_id, status, format, scheduled_at, duration_minutes, created_at)
              select ('00000000-0000-7000-8000-0000000001' || lpad(n::text, 2, '0'))::uuid, '00000000-0000-7000-8000-000000000001', ('00000000-0000-7000-8000-00000000000' || 3 + n % 2)::uuid,
                '00000000-0000-7000-8000-000000000002', 'Confirmed', 'Video', timestamptz '2026-03-01 09:00Z' + n * interval '30 minutes', 50, timestamptz '2026-01-01Z' + n * interval '1 minute'
              from generate_series(0, 3) n;
            """);
        await Colloque.Storage.Migrator.RunAsync(database.Superuser);
        await using var source = Npgsql.NpgsqlDataSource.Create(database.Superuser);
        await using var command = source.CreateCommand("select string_agg(exclusive::text || ' ' || to_char(ends_at at time zone 'utc', 'HH24:MI'), ', ' order by id) from consultations");
        Assert.Equal("true 09:50, false 10:20, false 10:50, false 11:20", await command.ExecuteScalarAsync());
    }

    private static Task<ConsultationView> MoveAsync(Practice practice, Caller caller, string move, Guid id, DateTimeOffset to) => move switch
    {
        "confirm" => practice.World.RunAsync(caller, (ConfirmConsultation verb) => verb.RunAsync(id, CancellationToken.None)),
        "cancel" => practice.CancelAsync(caller, id),
        "reschedule" => practice.MoveAsync(caller, id, to),
        "start" => practice.World.RunAsync(caller, (StartConsultation verb) => verb.RunAsync(id, CancellationToken.None)),
        "end" => practice.World.RunAsync(caller, (EndConsultation verb) => verb.RunAsync(id, CancellationToken.None)),
        _ => practice.World.RunAsync(caller, (MissConsultation verb) => verb.RunAsync(id, CancellationToken.None)),
    };

    private static Task<string?> RowAsync(World world, Guid id) =>
        world.ScalarAsync<string>($"select c::text || v::text || (select count(*) from consultation_events e where e.consultation_id = c.id) from consultations c join conversations v on v.id = c.id where c.id = '{id}'");

    private static async Task<Dictionary<Guid, string>> StatesAsync(World world)
    {
        var text = await world.ScalarAsync<string>("select string_agg(id || ' ' || status, ',') from consultations");
        return text!.Split(',').Select(static t => t.Split(' ')).ToDictionary(static t => Guid.Parse(t[0]), static t => t[1]);
    }
}
