using Colloque.Consultations;
using Colloque.Reports;
using Colloque.Security;
using Colloque.Testing;
using Xunit;

namespace Colloque.Tests.Reports;

public sealed class PracticeReportTests(PostgresFixture postgres)
{
    [Fact]
    public async Task A_practitioner_counts_their_own_visits_by_the_months_of_where_they_are()
    {
        await using var payroll = await Payroll.OpenAsync(postgres);
        var (mine, others) = (await payroll.EmployerAsync(2), await payroll.EmployerAsync(1));
        await payroll.Clinic.SqlAsync($"update practitioners set time_zone = 'America/New_York' where user_id = '{mine.Practitioner.UserId}'");
        // 04:30 UTC on the first is still the day before, in New York; an hour later it is not. The night of 8 March has an hour less, and visits have not.
        await payroll.VisitAsync(mine, mine.People[0], "2026-02-01T04:30Z", 45);
        await payroll.VisitAsync(mine, mine.People[0], "2026-02-01T05:30Z", 50);
        await payroll.VisitAsync(mine, mine.People[1], "2026-03-08T06:30Z", 60);
        await payroll.VisitAsync(others, others.People[0], "2026-02-05T10:00Z", 50);
        foreach (var (status, at) in ((string, string)[])[("NoShow", "2026-02-10T10:00Z"), ("Cancelled", "2026-02-11T10:00Z"), ("Scheduled", "2026-02-12T10:00Z")])
        {
            var visit = await payroll.VisitAsync(mine, mine.People[0], at, 50);
            await payroll.Clinic.SqlAsync($"update consultations set status = '{status}', started_at = null, closed_at = null where id = '{visit.Id}'");
        }

        payroll.GoTo("2026-03-20T10:00Z");
        var (zone, months) = await StatsAsync(mine.Practitioner, "2026-01", null);
        Assert.Equal("America/New_York", zone);
        Assert.Equal([new("2026-01", 1, 50, 45, 0, 0), new("2026-02", 1, 50, 50, 1, 1), new PracticeMonth("2026-03", 1, 50, 60, 0, 0)], months);
        Assert.Equal(12, (await StatsAsync(mine.Practitioner, null, null)).Months.Count);
        Assert.Equal("from", (await Assert.ThrowsAsync<Refusal>(() => StatsAsync(mine.Practitioner, "2026-04", "2026-03"))).Field);
        Assert.Equal("from", (await Assert.ThrowsAsync<Refusal>(() => StatsAsync(mine.Practitioner, "2020-01", "2026-03"))).Field);

        var billed = await BillingAsync(mine.Practitioner, "2026-03");
        Assert.Equal(("2026-03", "America/New_York", false), (billed.Period, billed.TimeZone, billed.IsClosed));
        Assert.Equal([new BilledVisit(new(2026, 3, 8), ConsultationFormat.Video, 50, 60)], billed.Visits);
        Assert.Equal([new BilledVisit(new(2026, 1, 31), ConsultationFormat.Video, 50, 45)], (await BillingAsync(mine.Practitioner, "2026-01")).Visits);
        Assert.True((await BillingAsync(mine.Practitioner, null)).IsClosed);

        foreach (var caller in (Caller[])[mine.Admin, payroll.Platform, new(mine.Id, mine.People[0], Role.Patient, Guid.Empty)])
        {
            await Assert.ThrowsAsync<Refusal>(() => StatsAsync(caller, null, null));
            await Assert.ThrowsAsync<Refusal>(() => BillingAsync(caller, null));
        }

        Task<(string TimeZone, IReadOnlyList<PracticeMonth> Months)> StatsAsync(Caller caller, string? from, string? to) => payroll.Clinic.RunAsync(
            caller, (CountMyVisits verb) => verb.RunAsync(from is null ? null : Months.Parse(from), to is null ? null : Months.Parse(to), CancellationToken.None));

        Task<BilledMonth> BillingAsync(Caller caller, string? period) =>
            payroll.Clinic.RunAsync(caller, (ListMyVisitsForBilling verb) => verb.RunAsync(period is null ? null : Months.Parse(period), CancellationToken.None));
    }
}
