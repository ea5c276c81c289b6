using Colloque.Consultations;
using Colloque.Security;
using Colloque.Testing;
using Colloque.WaitingRoom;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Colloque.Tests.WaitingRoom;

/// <summary>Coming in, waiting, being called in: who may, in what order, and what is left behind.</summary>
public sealed class WaitingRoomTests(PostgresFixture postgres)
{
    [Fact]
    public async Task A_patient_comes_in_half_an_hour_before_keeps_the_place_and_may_go()
    {
        await using var practice = await Practice.OpenAsync(postgres);
        var id = await practice.VisitAsync(practice.Patient, practice.Practitioner, 40);
        await RefusedAsync("too_early", () => practice.EnterAsync(practice.Patient, id));
        await RefusedAsync("not_waiting", () => practice.SeeAsync(practice.Patient, id));
        practice.World.Clock.Advance(TimeSpan.FromMinutes(10));
        var place = (await practice.EnterAsync(practice.Patient, id)).Place;
        Assert.Equal((1, practice.Now, practice.Now.AddMinutes(30), 0, (string?)null), (place.Position, place.JoinedAt, place.ExpectedAt, place.DelayMinutes, place.PatientName));
        practice.World.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(place.JoinedAt, (await practice.EnterAsync(practice.Patient, id)).Place.JoinedAt);
        Assert.False((await practice.SeeAsync(practice.Patient, id)).PractitionerPresent);

        var seen = Assert.Single((await practice.QueueAsync(practice.Practitioner)).Places);
        Assert.Equal((id, "Name of Patient"), (seen.ConsultationId, seen.PatientName));
        Assert.True((await practice.SeeAsync(practice.Patient, id)).PractitionerPresent);
        foreach (var caller in (Caller[])[practice.World.OtherPatient, practice.World.StrangersPatient])
        {
            await RefusedAsync("not_found", () => practice.EnterAsync(caller, id));
            await RefusedAsync("not_found", () => practice.SeeAsync(caller, id));
            await RefusedAsync("not_found", () => practice.LeaveAsync(caller, id));
        }

        await RefusedAsync("forbidden", () => practice.EnterAsync(practice.Practitioner, id));
        await RefusedAsync("forbidden", () => practice.QueueAsync(practice.Patient));
        Assert.Empty((await practice.QueueAsync(practice.Colleague)).Places);

        await practice.LeaveAsync(practice.Patient, id);
        await practice.LeaveAsync(practice.Patient, id);
        await RefusedAsync("not_waiting", () => practice.SeeAsync(practice.Patient, id));
        practice.World.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(practice.Now, (await practice.EnterAsync(practice.Patient, id)).Place.JoinedAt);
        Assert.Equal("Left/waiting_room Waiting Waiting", await practice.EventsAsync(id));
    }

    [Fact]
    public async Task The_database_and_the_forecast_agree_on_every_place_whatever_order_people_come_in()
    {
        await using var practice = await Practice.OpenAsync(postgres);
        var chance = new Random(3);
        var ids = new List<Guid>();
        foreach (var minutes in Enumerable.Range(-8, 16).Select(static i => i * 10))
        {
            ids.Add(await practice.VisitAsync(practice.Patient, practice.Practitioner, minutes, 10));
        }

        foreach (var id in ids.OrderBy(_ => chance.Next()))
        {
            await practice.JoinAsync(practice.Patient, id);
            practice.World.Clock.Advance(TimeSpan.FromMinutes(chance.Next(3)));
        }

        var board = await practice.QueueAsync(practice.Practitioner);
        Assert.Equal(ids.Count, board.Places.Count);
        foreach (var place in board.Places)
        {
            Assert.Equal(place.Position, (await practice.ViewAsync(practice.Patient, place.ConsultationId)).Queue!.Position);
            Assert.Equal(place.Position, (await practice.World.RunAsync(practice.World.Admin, (GetConsultation verb) => verb.OperationalAsync(place.ConsultationId, CancellationToken.None))).QueuePosition);
        }
    }

    [Fact]
    public async Task A_patient_is_called_in_once_however_many_call_and_the_next_moves_up()
    {
        await using var practice = await Practice.OpenAsync(postgres);
        var first = await practice.VisitAsync(practice.Patient, practice.Practitioner, 0);
        var second = await practice.VisitAsync(practice.World.OtherPatient, practice.Practitioner, 30);
        await RefusedAsync("not_waiting", () => practice.AdmitAsync(practice.Practitioner, first));
        await practice.EnterAsync(practice.Patient, first);
        Assert.Equal(2, (await practice.EnterAsync(practice.World.OtherPatient, second)).Place.Position);
        await RefusedAsync("forbidden", () => practice.AdmitAsync(practice.Patient, first));
        await RefusedAsync("not_found", () => practice.AdmitAsync(practice.World.Stranger, first));
        await RefusedAsync("not_found", () => practice.AdmitAsync(practice.Colleague, first));
        await practice.DelayAsync(practice.Practitioner, 20);

        // The practitioner's own joins at the same time are the same visit.
        var joins = Enumerable.Range(0, 5).Select(_ => practice.JoinAsync(practice.Practitioner, first)).ToArray();
        var admissions = await Task.WhenAll(Enumerable.Range(0, 15).Select(_ => TryAsync(() => practice.AdmitAsync(practice.Practitioner, first))));
        await Task.WhenAll(joins);
        Assert.All(admissions.Where(static a => a != "done"), static a => Assert.Equal("not_waiting", a));
        Assert.InRange(admissions.Count(static a => a == "done"), 0, 1);
        Assert.Equal(1L, await practice.World.ScalarAsync<long>($"select count(*) from consultation_events where consultation_id = '{first}' and type = 'Started'"));
        Assert.Equal(ConsultationStatus.InProgress, (await practice.ViewAsync(practice.Patient, first)).Status);
        await RefusedAsync("not_waiting", () => practice.AdmitAsync(practice.Practitioner, first));
        await RefusedAsync("illegal_transition", () => practice.EnterAsync(practice.Patient, first));

        // Half an hour for the first, a breath, and it is the second's turn.
        var next = (await practice.SeeAsync(practice.World.OtherPatient, second)).Place;
        Assert.Equal((1, practice.Now.AddMinutes(30)), (next.Position, next.ExpectedAt));
        var begun = await practice.AdmitAsync(practice.Practitioner, second);
        Assert.Equal((ConsultationStatus.InProgress, practice.Now), (begun.Status, begun.StartedAt));
        Assert.Empty((await practice.QueueAsync(practice.Practitioner)).Places);
        Assert.Equal("Admitted Delayed/minutes_20 Started Waiting", await practice.EventsAsync(second));
    }

    [Fact]
    public async Task Whose_devices_are_gone_is_away_keeps_the_place_for_two_minutes_and_then_leaves()
    {
        await using var practice = await Practice.OpenAsync(postgres);
        var attendance = practice.World.Get<Attendance>();
        var id = await practice.VisitAsync(practice.Patient, practice.Practitioner, 10);
        var joined = (await practice.EnterAsync(practice.Patient, id)).Place.JoinedAt;
        attendance.Connected(practice.Patient.UserId);
        attendance.Connected(practice.Patient.UserId);
        attendance.Disconnected(practice.Patient.UserId);
        await SweepAsync(practice);
        Assert.Null(await AwayAsync(practice));

        attendance.Disconnected(practice.Patient.UserId);
        practice.World.Clock.Advance(TimeSpan.FromSeconds(1));
        await SweepAsync(practice);
        Assert.Equal(practice.Now.AddSeconds(-1), await AwayAsync(practice));
        practice.World.Clock.Advance(TimeSpan.FromSeconds(118));
        await SweepAsync(practice);
        Assert.Equal(1, (await practice.ViewAsync(practice.Practitioner, id)).Queue!.Position);
        attendance.Connected(practice.Patient.UserId);
        await SweepAsync(practice);
        Assert.Null(await AwayAsync(practice));
        Assert.Equal(joined, (await practice.ViewAsync(practice.Practitioner, id)).Queue!.JoinedAt);

        attendance.Disconnected(practice.Patient.UserId);
        await SweepAsync(practice);
        practice.World.Clock.Advance(TimeSpan.FromSeconds(120));
        await SweepAsync(practice);
        Assert.Null((await practice.ViewAsync(practice.Practitioner, id)).Queue);
        Assert.Equal(practice.Patient.UserId, Assert.IsType<QueueChanged>(practice.World.Heard.All[^1]).PatientId);
        Assert.Equal("Left/waiting_room_away Waiting", await practice.EventsAsync(id));

        // A client without sockets is missed two minutes after its last request.
        practice.World.Clock.Advance(TimeSpan.FromMinutes(5));
        await practice.EnterAsync(practice.Patient, id);
        practice.World.Clock.Advance(TimeSpan.FromSeconds(119));
        await SweepAsync(practice);
        Assert.Null(await AwayAsync(practice));
        practice.World.Clock.Advance(TimeSpan.FromSeconds(1));
        await SweepAsync(practice);
        Assert.Equal(practice.Now, await AwayAsync(practice));

        // Not while the clock cannot be believed.
        practice.World.Clock.Advance(TimeSpan.FromDays(30));
        await SweepAsync(practice, givesUp: false);
        Assert.NotNull(await AwayAsync(practice));
        await SweepAsync(practice);
        Assert.Empty((await practice.QueueAsync(practice.Practitioner)).Places);
    }

    [Fact]
    public async Task Who_waited_when_the_server_was_killed_keeps_the_place_for_two_minutes_from_its_next_start()
    {
        await using var practice = await Practice.OpenAsync(postgres);
        var id = await practice.VisitAsync(practice.Patient, practice.Practitioner, 10, minutes: 5);
        var dropped = await practice.VisitAsync(practice.World.OtherPatient, practice.Practitioner, 20, minutes: 5);
        await practice.EnterAsync(practice.Patient, id);
        await practice.EnterAsync(practice.World.OtherPatient, dropped);
        var before = practice.World.Get<Attendance>();
        before.Connected(practice.Patient.UserId);
        before.Connected(practice.World.OtherPatient.UserId);
        before.Disconnected(practice.World.OtherPatient.UserId);
        practice.World.Clock.Advance(TimeSpan.FromSeconds(100));
        await SweepAsync(practice);

        // Killed for ten minutes; the next process has seen nobody.
        practice.World.Clock.Advance(TimeSpan.FromMinutes(10));
        var after = new Attendance(practice.World.Clock);
        var restarted = practice.Now;
        await SweepAsync(practice, after);
        Assert.Equal("here away", await AwayOnesAsync(practice));
        practice.World.Clock.Advance(TimeSpan.FromSeconds(29));
        await SweepAsync(practice, after);
        Assert.Equal("here away", await AwayOnesAsync(practice));
        practice.World.Clock.Advance(TimeSpan.FromSeconds(1));
        await SweepAsync(practice, after);
        Assert.Equal("away away", await AwayOnesAsync(practice));
        Assert.Equal(restarted, (await practice.QueueAsync(practice.Practitioner)).Places[0].AwaySince);
        practice.World.Clock.Advance(TimeSpan.FromSeconds(89));
        await SweepAsync(practice, after);
        Assert.Equal("away away", await AwayOnesAsync(practice));

        // One is back in time, the other is not.
        after.Connected(practice.Patient.UserId);
        practice.World.Clock.Advance(TimeSpan.FromSeconds(1));
        await SweepAsync(practice, after);
        Assert.Equal("here", await AwayOnesAsync(practice));
    }

    [Fact]
    public async Task Whom_one_of_two_servers_sees_the_other_does_not_miss()
    {
        await using var practice = await Practice.OpenAsync(postgres);
        var id = await practice.VisitAsync(practice.Patient, practice.Practitioner, 10);
        var (one, other) = (practice.World.Get<Attendance>(), new Attendance(practice.World.Clock));
        await practice.EnterAsync(practice.Patient, id);
        one.Connected(practice.Patient.UserId);
        other.Connected(practice.Patient.UserId);
        practice.World.Clock.Advance(TimeSpan.FromSeconds(1));
        // Who closes one of two devices is missed by the server that had it, until the other looks.
        other.Disconnected(practice.Patient.UserId);
        await SweepAsync(practice, other);
        Assert.NotNull(await AwayAsync(practice));
        practice.World.Clock.Advance(TimeSpan.FromSeconds(1));
        await SweepAsync(practice, one);
        Assert.Null(await AwayAsync(practice));
        for (var second = 0; second < 300; second += 5)
        {
            practice.World.Clock.Advance(TimeSpan.FromSeconds(5));
            await SweepAsync(practice, one);
            await SweepAsync(practice, other);
            Assert.Null(await AwayAsync(practice));
        }

        // The one that saw them is killed: the other believes it for half a minute, and keeps the place for two.
        practice.World.Clock.Advance(TimeSpan.FromSeconds(25));
        await SweepAsync(practice, other);
        Assert.Null(await AwayAsync(practice));
        practice.World.Clock.Advance(TimeSpan.FromSeconds(10));
        await SweepAsync(practice, other);
        Assert.NotNull(await AwayAsync(practice));
        practice.World.Clock.Advance(TimeSpan.FromSeconds(120));
        await SweepAsync(practice, other);
        Assert.Empty((await practice.QueueAsync(practice.Practitioner)).Places);
    }

    [Fact]
    public async Task A_delay_puts_the_turn_off_is_told_to_those_who_wait_and_ends_by_itself()
    {
        await using var practice = await Practice.OpenAsync(postgres);
        var id = await practice.VisitAsync(practice.Patient, practice.Practitioner, 10);
        var expected = (await practice.EnterAsync(practice.Patient, id)).Place.ExpectedAt;
        foreach (var wrong in (int?[])[null, -1, 481])
        {
            await RefusedAsync("invalid", () => practice.DelayAsync(practice.Practitioner, wrong));
        }

        await RefusedAsync("forbidden", () => practice.DelayAsync(practice.Patient, 5));
        await practice.DelayAsync(practice.Practitioner, 15);
        var told = (await practice.SeeAsync(practice.Patient, id)).Place;
        Assert.Equal((15, expected.AddMinutes(15)), (told.DelayMinutes, told.ExpectedAt));
        await practice.DelayAsync(practice.Practitioner, 5);
        Assert.Equal(expected.AddMinutes(5), (await practice.SeeAsync(practice.Patient, id)).Place.ExpectedAt);
        Assert.Equal(0, Assert.Single((await practice.DelayAsync(practice.Practitioner, 0)).Places).DelayMinutes);
        await practice.DelayAsync(practice.Practitioner, 5);
        practice.World.Clock.Advance(TimeSpan.FromMinutes(16));
        var late = (await practice.SeeAsync(practice.Patient, id)).Place;
        Assert.Equal((0, practice.Now), (late.DelayMinutes, late.ExpectedAt));
        Assert.Contains(practice.World.Heard.All, static a => a is QueueMoved);
        Assert.Equal("Delayed/minutes_0 Delayed/minutes_15 Delayed/minutes_5 Delayed/minutes_5 Waiting", await practice.EventsAsync(id));
    }

    [Fact]
    public async Task Whoever_is_called_off_or_moved_to_another_time_waits_no_longer()
    {
        await using var practice = await Practice.OpenAsync(postgres);
        var off = await practice.VisitAsync(practice.Patient, practice.Practitioner, 0);
        var moved = await practice.VisitAsync(practice.World.OtherPatient, practice.Practitioner, 30);
        await practice.EnterAsync(practice.Patient, off);
        await practice.EnterAsync(practice.World.OtherPatient, moved);
        await TestDatabase.ExecuteAsync(practice.World.Database.Superuser, $"update consultations set status = 'Cancelled' where id = '{off}'; update consultations set scheduled_at = scheduled_at + interval '1 day' where id = '{moved}'");
        Assert.Empty((await practice.QueueAsync(practice.Practitioner)).Places);
        await RefusedAsync("illegal_transition", () => practice.EnterAsync(practice.Patient, off));
        await RefusedAsync("too_early", () => practice.EnterAsync(practice.World.OtherPatient, moved));
    }

    private static Task<IReadOnlyCollection<Guid>> SweepAsync(Practice practice, bool givesUp = true) =>
        practice.World.RunAsync(null!, (SweepWaitingRoom verb) => verb.RunAsync(givesUp, CancellationToken.None));

    /// <summary>As another process does, which sees others.</summary>
    private static Task<IReadOnlyCollection<Guid>> SweepAsync(Practice practice, Attendance seen) =>
        practice.World.RunAsync(null!, (IServiceProvider services) => ActivatorUtilities.CreateInstance<SweepWaitingRoom>(services, seen).RunAsync(true, CancellationToken.None));

    private static async Task<string> AwayOnesAsync(Practice practice) =>
        string.Join(' ', (await practice.QueueAsync(practice.Practitioner)).Places.Select(static p => p.AwaySince is null ? "here" : "away"));

    private static async Task<DateTimeOffset?> AwayAsync(Practice practice) => Assert.Single((await practice.QueueAsync(practice.Practitioner)).Places).AwaySince;

    private static async Task<string> TryAsync(Func<Task> act)
    {
        try
        {
            await act();
            return "done";
        }
        catch (Refusal refusal)
        {
            return refusal.Code;
        }
    }

    private static async Task RefusedAsync<T>(string code, Func<Task<T>> act) => Assert.Equal(code, (await Assert.ThrowsAsync<Refusal>(act)).Code);
}
