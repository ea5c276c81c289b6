using System.Globalization;
using Colloque.Reports;
using Colloque.Testing;
using Xunit;

namespace Colloque.Tests.Reports;

/// <summary>The law of docs/subsystems/reports.md: whatever is published, added and subtracted, tells of five people or of none.</summary>
public sealed class SubtractionTests(PostgresFixture postgres)
{
    private const int Employers = 6;
    private const int MonthsLong = 8;
    private const int Floor = 5;

    /// <summary>Another history may be lived by setting COLLOQUE_SEED.</summary>
    private static readonly int Seed = int.Parse(Environment.GetEnvironmentVariable("COLLOQUE_SEED") ?? "1", CultureInfo.InvariantCulture);

    /// <summary>A year of several organizations, with everything that makes reports differ: people who come, leave, are removed and come back, other
    /// zones, other forms, visits that come to light late, and reports that are asked for at any time by the organization and by the platform.</summary>
    [Fact]
    public async Task No_sum_and_no_difference_of_published_figures_tells_of_fewer_than_five_people()
    {
        await using var payroll = await Payroll.OpenAsync(postgres);
        var history = new History(payroll, Seed);
        await history.BeginAsync(Employers);
        for (var month = 0; month < MonthsLong; month++)
        {
            await history.LiveAsync();
        }

        var counted = await CountedAsync(payroll, history.Visits);
        AssertOneMonthEach(history, counted);
        AssertLines(history, counted);
        AssertTheLaw(history, counted);
        // The history was one to learn from.
        Assert.Contains(history.Totals, static t => t.Employer is not null && t.Total is null);
        Assert.True(history.Totals.Count(static t => t.Employer is not null && t.Total is not null) > 8);
        Assert.True(history.Totals.Count(static t => t.Employer is null && t.Total is not null) > 3);
        Assert.True(history.Lines.Count > 8);
    }

    /// <summary>What was told once is told again, to everyone who asks, whatever happened in between.</summary>
    private static void AssertOneMonthEach(History history, Dictionary<(Guid, string), PastVisit[]> counted)
    {
        // Each visit is in one month at most, and in none before it took place.
        Assert.Equal(counted.Values.Sum(static v => v.Length), counted.Values.SelectMany(static v => v).Select(static v => v.Id).Distinct().Count());
        foreach (var figure in history.Totals.Where(static t => t.Employer is not null).GroupBy(static t => (t.Employer!.Id, t.Period)))
        {
            Assert.True(figure.Where(static t => t.Total is not null).Select(static t => t.Total).Distinct().Count() <= 1, $"{figure.Key.Period} changed");
            if (figure.Any(static t => t.Total is not null))
            {
                var visits = counted[figure.Key];
                Assert.Equal(new UsageTotal(visits.Length, visits.Sum(static v => v.Minutes)), figure.First(static t => t.Total is not null).Total);
                Assert.True(People(visits) >= Floor);
            }
        }
    }

    /// <summary>A line is there only where the organization had chosen lines for the whole of the time, and lines make the total.</summary>
    private static void AssertLines(History history, Dictionary<(Guid, string), PastVisit[]> counted)
    {
        foreach (var month in history.Lines.GroupBy(static l => (l.Employer.Id, l.Period)))
        {
            var visits = counted[month.Key];
            Assert.Single(month.Select(static l => string.Join(';', l.Lines.Select(static x => $"{x.EmployeeId} {x.Consultations} {x.Minutes}").Order(StringComparer.Ordinal))).Distinct());
            Assert.Equal(visits.Length, month.First().Lines.Sum(static l => l.Consultations));
            Assert.Equal(visits.Sum(static v => v.Minutes), month.First().Lines.Sum(static l => l.Minutes));
            Assert.Equal(People(visits), month.First().Lines.Count);
            var since = visits.Min(static v => v.Start);
            Assert.All(history.FormsSince(month.Key.Id, since, month.Min(static l => l.At)), static f => Assert.Equal(UsageReportForm.PerEmployee, f));
        }
    }

    /// <summary>
    /// Figures of organizations share no visit, and each is of five people or more. A figure of the platform is the sum of such figures and of a rest,
    /// which shares no visit with any of them and is of five people or more too. So every sum of multiples of figures that is not nothing is made of at
    /// least one of these parts, whole. And, as a second witness, every two figures are compared.
    /// </summary>
    private static void AssertTheLaw(History history, Dictionary<(Guid Employer, string Period), PastVisit[]> counted)
    {
        var told = history.Totals.Where(static t => t.Employer is not null && t.Total is not null).Select(static t => (t.Employer!.Id, t.Period)).ToHashSet();
        var sets = told.Select(k => counted[k].Select(static v => v.Id).ToHashSet()).ToList();
        foreach (var months in history.Totals.Where(static t => t.Employer is null && t.Total is not null).GroupBy(static t => t.Period))
        {
            var frozen = counted.Where(c => c.Key.Period == months.Key).ToArray();
            var large = frozen.Where(static c => People(c.Value) >= Floor).Select(static c => c.Value).ToArray();
            var small = frozen.Where(static c => People(c.Value) < Floor).Select(static c => c.Value).ToArray();
            foreach (var figure in months)
            {
                // Which organizations are in it, at that time: found by trying, as an adversary would.
                var made = Subsets(large).Append([]).SelectMany(l => Subsets(small).Where(static s => People([.. s.SelectMany(static x => x)]) >= Floor).Append([]).Select(s => l.Concat(s).SelectMany(static v => v).ToArray()))
                    .Where(v => new UsageTotal(v.Length, v.Sum(static x => x.Minutes)) == figure.Total).ToArray();
                Assert.True(made.Length > 0, $"{months.Key}: {figure.Total} is made of nothing that may be told");
                sets.Add([.. made[0].Select(static v => v.Id)]);
            }
        }

        var who = history.Visits.ToDictionary(static v => v.Id, static v => v.Patient);
        for (var i = 0; i < sets.Count; i++)
        {
            for (var j = 0; j < i; j++)
            {
                var difference = sets[i].Except(sets[j]).Concat(sets[j].Except(sets[i])).Select(v => who[v]).Distinct().Count();
                Assert.True(difference is 0 or >= Floor, $"two figures differ by {difference} people");
            }
        }
    }

    private static int People(IEnumerable<PastVisit> visits) => visits.Select(static v => v.Patient).Distinct().Count();

    private static IEnumerable<IEnumerable<PastVisit[]>> Subsets(PastVisit[][] all) =>
        Enumerable.Range(1, (1 << all.Length) - 1).Select(bits => all.Where((_, i) => (bits & (1 << i)) != 0));

    /// <summary>As the superuser: which visits each month counted.</summary>
    private static async Task<Dictionary<(Guid Employer, string Period), PastVisit[]>> CountedAsync(Payroll payroll, IReadOnlyCollection<PastVisit> visits)
    {
        var known = visits.ToDictionary(static v => v.Id);
        var text = await payroll.Clinic.ScalarAsync<string>("select coalesce(string_agg(consultation_id || ' ' || period, ';'), '') from usage_visits where period is not null");
        return text!.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(static line => line.Split(' '))
            .Select(line => (Visit: known[Guid.Parse(line[0], CultureInfo.InvariantCulture)], Period: line[1]))
            .GroupBy(static x => (x.Visit.Organization, x.Period)).ToDictionary(static g => g.Key, static g => g.Select(static x => x.Visit).ToArray());
    }
}
