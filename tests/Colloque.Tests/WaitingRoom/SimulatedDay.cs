using Colloque.WaitingRoom;

namespace Colloque.Tests.WaitingRoom;

/// <summary>
/// A day of practitioners and patients, minute for minute as it might be: people come early, late or not at all, visits take shorter or longer than planned, each
/// practitioner has a pace of their own. The queue itself is the product's.
/// </summary>
internal sealed class SimulatedDay
{
    internal static readonly DateTimeOffset Opens = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);

    private readonly Random chance;
    private readonly bool shared;
    private readonly Desk[] desks;
    private readonly List<Guest> guests = [];

    internal SimulatedDay(int seed, int practitioners, int patients, bool shared)
    {
        chance = new(seed);
        this.shared = shared;
        desks = [.. Enumerable.Range(0, practitioners).Select(_ => new Desk { Pace = 0.85 + (0.3 * chance.NextDouble()) })];
        for (var i = 0; i < patients; i++)
        {
            var planned = Opens.AddMinutes(10 * (i / practitioners));
            var comes = chance.NextDouble() < 0.06 ? (DateTimeOffset?)null : planned.AddMinutes(-22 + (26 * chance.NextDouble()));
            guests.Add(new() { Id = new(i + 1, 0, 0, new byte[8]), Home = i % practitioners, PlannedAt = planned, ComesAt = comes });
        }
    }

    /// <summary>Told at the moment of coming, against what then happened: waits in minutes.</summary>
    internal List<(double Told, double Real)> Waits { get; } = [];

    internal IReadOnlyList<Guest> Guests => guests;

    /// <summary>Plays it through in steps of ten seconds.</summary>
    internal void Play()
    {
        for (var now = Opens.AddHours(-1); guests.Any(static g => g.ComesAt is not null && g.AdmittedAt is null) && now < Opens.AddHours(24); now = now.AddSeconds(10))
        {
            foreach (var guest in guests.Where(g => g.ComesAt <= now && g.JoinedAt is null))
            {
                guest.JoinedAt = now;
                guest.ToldAt = Forecast(guest.Home, now).Single(p => p.ConsultationId == guest.Id).ExpectedAt;
            }

            for (var i = 0; i < desks.Length; i++)
            {
                Serve(i, now);
            }
        }

        Waits.AddRange(guests.Where(static g => g.AdmittedAt is not null).Select(static g => ((g.ToldAt - g.JoinedAt!.Value).TotalMinutes, (g.AdmittedAt!.Value - g.JoinedAt.Value).TotalMinutes)));
    }

    private void Serve(int index, DateTimeOffset now)
    {
        var desk = desks[index];
        if (desk.Guest is { } seen && now >= desk.EndsAt)
        {
            desk.Past.Add(new(10, now - seen.AdmittedAt!.Value));
            desk.Guest = null;
            desk.ReadyAt = now.AddSeconds(20 + (chance.NextDouble() * 90));
        }

        if (desk.Guest is not null || now < desk.ReadyAt)
        {
            return;
        }

        // The practitioner calls whom the screen shows first, and does not call before the planned time.
        if (Forecast(index, now) is not [var first, ..] || guests.Single(g => g.Id == first.ConsultationId) is not { } guest || guest.PlannedAt > now)
        {
            return;
        }

        guest.Admissions++;
        guest.AdmittedAt = now;
        guest.Overtaken = guests.Count(g => g.AdmittedAt is null && g.JoinedAt is not null && (shared || g.Home == guest.Home)
            && QueueRank.Of(g.Id, g.PlannedAt, g.JoinedAt.Value) < QueueRank.Of(guest.Id, guest.PlannedAt, guest.JoinedAt!.Value));
        desk.Guest = guest;
        desk.EndsAt = now.AddMinutes(10 * desk.Pace * Math.Exp(0.25 * Normal()));
    }

    private IReadOnlyList<ForecastPlace> Forecast(int home, DateTimeOffset now)
    {
        var pool = shared ? desks : [desks[home]];
        return QueueForecast.Of(new(
            now,
            [
                .. guests.Where(g => g.AdmittedAt is null && (shared || g.Home == home) && (g.JoinedAt is not null || (g.PlannedAt > now.AddMinutes(-30) && g.PlannedAt < now.AddHours(4))))
                    .Select(static g => new AwaitedVisit(g.Id, g.PlannedAt, 10, g.JoinedAt)),
            ],
            [.. pool.Select(static d => new QueueServer(d.Guest is { } g ? (g.AdmittedAt!.Value, 10) : null, null))],
            [.. pool.SelectMany(static d => d.Past.TakeLast(24))]));
    }

    private double Normal() => Math.Sqrt(-2 * Math.Log(1 - chance.NextDouble())) * Math.Cos(2 * Math.PI * chance.NextDouble());

    internal sealed class Guest
    {
        internal required Guid Id { get; init; }

        internal required int Home { get; init; }

        internal required DateTimeOffset PlannedAt { get; init; }

        internal required DateTimeOffset? ComesAt { get; init; }

        internal DateTimeOffset? JoinedAt { get; set; }

        internal DateTimeOffset ToldAt { get; set; }

        internal DateTimeOffset? AdmittedAt { get; set; }

        internal int Admissions { get; set; }

        internal int Overtaken { get; set; }
    }

    private sealed class Desk
    {
        internal required double Pace { get; init; }

        internal List<PastVisit> Past { get; } = [];

        internal Guest? Guest { get; set; }

        internal DateTimeOffset EndsAt { get; set; }

        internal DateTimeOffset ReadyAt { get; set; }
    }
}
