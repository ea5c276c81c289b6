using Colloque.WaitingRoom;
using Xunit;

namespace Colloque.Tests.WaitingRoom;

/// <summary>Whose turn it is and when it comes: laws over random queues, and whole days played through.</summary>
public sealed class QueueForecastTests(ITestOutputHelper output)
{
    private static readonly DateTimeOffset Nine = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void On_a_day_of_8_practitioners_and_400_patients_half_of_all_expected_waits_are_within_a_fifth_of_the_real_ones(bool shared)
    {
        foreach (var seed in Enumerable.Range(1, 3))
        {
            var day = new SimulatedDay(seed, practitioners: 8, patients: 400, shared);
            day.Play();
            var came = day.Guests.Where(static g => g.ComesAt is not null).ToArray();
            Assert.True(came.Length > 350, $"only {came.Length} came");
            // Everybody who came was seen, once, and nobody who was to be seen before them still waited.
            Assert.All(came, static g => Assert.Equal((1, 0), (g.Admissions, g.Overtaken)));
            Assert.All(came, static g => Assert.True(g.AdmittedAt >= g.PlannedAt && g.AdmittedAt - g.PlannedAt < TimeSpan.FromHours(3), $"{g.PlannedAt} seen at {g.AdmittedAt}"));
            var errors = day.Waits.Select(static w => Math.Abs(w.Told - w.Real) / Math.Max(w.Real, 1)).Order().ToArray();
            var median = errors[errors.Length / 2];
            output.WriteLine($"shared {shared}, day {seed}: median error {median:P1}, nine in ten below {errors[errors.Length * 9 / 10]:P1}, mean wait {day.Waits.Average(static w => w.Real):F1} min");
            Assert.True(median <= 0.20, $"day {seed}: median error {median:P1}");
        }
    }

    [Fact]
    public void Whoever_comes_once_a_patient_is_due_goes_after_them()
    {
        var chance = new Random(7);
        foreach (var visits in Enumerable.Range(0, 300).Select(_ => Waiting(chance, 1 + chance.Next(30))))
        {
            var places = QueueForecast.Of(new(Nine, visits, [new(null, null)], [])).ToDictionary(static p => p.ConsultationId);
            foreach (var (one, other) in visits.SelectMany(_ => visits, static (a, b) => (a, b)).Where(static x => x.a.ConsultationId != x.b.ConsultationId))
            {
                var due = one.ScheduledAt > one.JoinedAt!.Value ? one.ScheduledAt : one.JoinedAt.Value;
                if (other.JoinedAt > due)
                {
                    Assert.True(places[other.ConsultationId].Position > places[one.ConsultationId].Position);
                }
            }
        }
    }

    [Fact]
    public void Places_are_1_to_n_each_once_and_expected_times_rise_with_them_and_keep_to_the_plan()
    {
        var chance = new Random(11);
        for (var round = 0; round < 500; round++)
        {
            var visits = Waiting(chance, chance.Next(25));
            var coming = Enumerable.Range(0, chance.Next(10)).Select(i => new AwaitedVisit(new(i + 100, 0, 0, new byte[8]), Nine.AddMinutes(chance.Next(-30, 200)), 5 + chance.Next(60), null));
            QueueServer[] servers = [.. Enumerable.Range(0, 1 + chance.Next(4)).Select(_ => new QueueServer(
                chance.Next(2) == 0 ? null : (Nine.AddMinutes(-chance.Next(120)), 5 + chance.Next(60)), chance.Next(4) == 0 ? Nine.AddMinutes(chance.Next(-10, 60)) : null))];
            PastVisit[] past = [.. Enumerable.Range(0, chance.Next(12)).Select(_ => new PastVisit(30, TimeSpan.FromMinutes(chance.Next(0, 300))))];
            AwaitedVisit[] all = [.. visits.Concat(coming).OrderBy(_ => chance.Next())];
            var places = QueueForecast.Of(new(Nine, all, servers, past));
            Assert.Equal(Enumerable.Range(1, visits.Length), places.Select(static p => p.Position));
            Assert.Equal(visits.Select(static v => v.ConsultationId).Order(), places.Select(static p => p.ConsultationId).Order());
            Assert.Equal(places.Select(static p => p.ExpectedAt), places.Select(static p => p.ExpectedAt).Order());
            Assert.All(places, p => Assert.True(p.ExpectedAt >= Nine && p.ExpectedAt >= visits.Single(v => v.ConsultationId == p.ConsultationId).ScheduledAt));
            // One moment, one answer, in whatever order the rows come.
            Assert.Equal(places, QueueForecast.Of(new(Nine, [.. all.Reverse()], servers, past)));
        }
    }

    [Fact]
    public void Who_was_in_time_goes_by_the_plan_and_who_came_late_by_the_coming()
    {
        var inTime = new AwaitedVisit(new(1, 0, 0, new byte[8]), Nine.AddMinutes(-10), 10, Nine.AddMinutes(-12));
        var early = new AwaitedVisit(new(2, 0, 0, new byte[8]), Nine.AddMinutes(20), 10, Nine.AddMinutes(-13));
        var late = new AwaitedVisit(new(3, 0, 0, new byte[8]), Nine.AddMinutes(-30), 10, Nine.AddMinutes(-5));
        Assert.Equal([inTime.ConsultationId, late.ConsultationId, early.ConsultationId], QueueForecast.Of(new(Nine, [early, late, inTime], [new(null, null)], [])).Select(static p => p.ConsultationId));
    }

    [Fact]
    public void A_running_visit_a_delay_and_a_slow_day_each_put_the_next_turn_off()
    {
        var next = new AwaitedVisit(new(1, 0, 0, new byte[8]), Nine, 30, Nine);
        var after = new AwaitedVisit(new(2, 0, 0, new byte[8]), Nine, 30, Nine.AddSeconds(1));
        Assert.Equal([Nine, Nine.AddMinutes(31)], Times(new(null, null)));
        Assert.Equal([Nine.AddMinutes(20), Nine.AddMinutes(51)], Times(new((Nine.AddMinutes(-10), 30), null)));
        Assert.Equal([Nine.AddMinutes(15), Nine.AddMinutes(46)], Times(new(null, Nine.AddMinutes(15))));
        // Over time already: some more is to be expected. Forgotten since the morning: it keeps nobody waiting.
        Assert.Equal(Nine.AddMinutes(4.5), Times(new((Nine.AddMinutes(-60), 30), null))[0]);
        Assert.Equal(Nine, Times(new((Nine.AddHours(-5), 30), null))[0]);
        // Four visits of twice the plan, and the plan's own weight of four: half as much again.
        Assert.Equal([Nine, Nine.AddMinutes(46)], Times(new(null, null), [.. Enumerable.Repeat(new PastVisit(30, TimeSpan.FromHours(1)), 4)]));
        // Two who share a queue see two at once.
        Assert.Equal([Nine, Nine], QueueForecast.Of(new(Nine, [next, after], [new(null, null), new(null, null)], [])).Select(static p => p.ExpectedAt));

        DateTimeOffset[] Times(QueueServer server, params PastVisit[] past) => [.. QueueForecast.Of(new(Nine, [next, after], [server], past)).Select(static p => p.ExpectedAt)];
    }

    private static AwaitedVisit[] Waiting(Random chance, int count) =>
    [
        .. Enumerable.Range(0, count).Select(i => new AwaitedVisit(new(i + 1, 0, 0, new byte[8]), Nine.AddMinutes(chance.Next(-120, 120)), 5 + chance.Next(60), Nine.AddMinutes(-chance.Next(0, 180)))),
    ];
}
