using Colloque.Reports;
using Colloque.Testing;
using Npgsql;
using Xunit;

namespace Colloque.Tests.Reports;

public sealed class UsageTests(PostgresFixture postgres)
{
    [Fact]
    public async Task A_month_is_told_once_it_is_over_and_stays_as_it_was()
    {
        await using var payroll = await Payroll.OpenAsync(postgres);
        var employer = await payroll.EmployerAsync(people: 6);
        // Paris is an hour ahead: the last of these begins in April.
        foreach (var (person, start, minutes) in ((int, string, int)[])[(0, "2026-03-01T10:00Z", 50), (0, "2026-03-02T10:00Z", 40), (1, "2026-03-31T21:50Z", 30), (2, "2026-03-10T10:00Z", 20), (3, "2026-03-11T10:00Z", 20), (4, "2026-03-31T22:10Z", 10)])
        {
            await payroll.VisitAsync(employer, employer.People[person], start, minutes);
        }

        payroll.GoTo("2026-04-01T12:00Z");
        Assert.Equal(new("2026-03", IsClosed: false, null), await payroll.MonthAsync(employer, "2026-03"));
        Assert.Equal(0, await payroll.SweepAsync());

        // A day later it is frozen, without whoever was removed in between being left out.
        await payroll.Clinic.SqlAsync($"update employees set removed_at = now(), updated_at = now() where user_id = '{employer.People[1]}'");
        payroll.GoTo("2026-04-02T12:00Z");
        Assert.Equal(1, await payroll.SweepAsync());
        Assert.Equal(0, await payroll.SweepAsync());
        var march = await payroll.LinesAsync(employer, "2026-03");
        Assert.Equal([(1, 20L), (1, 20L), (1, 30L), (2, 90L)], march.Select(static l => (l.Consultations, l.Minutes)).Order());

        // Four people: a total would tell who. Whatever comes to light later is in the next month, and the lines stay.
        Assert.Equal(new("2026-03", IsClosed: true, null), await payroll.MonthAsync(employer, "2026-03"));
        await payroll.VisitAsync(employer, employer.People[5], "2026-03-20T10:00Z", 50);
        Assert.Equal(march, await payroll.LinesAsync(employer, "2026-03"));
        payroll.GoTo("2026-05-03T00:00Z");
        Assert.Equal([(1, 10L), (1, 50L)], (await ReadAsync(payroll, employer, "2026-04")).Select(static l => (l.Consultations, l.Minutes)).Order());
        Assert.Equal(march, await payroll.LinesAsync(employer, "2026-03"));
        Assert.Equal(new("2026-03", IsClosed: true, null), await payroll.MonthAsync(employer, "2026-03"));

        var (_, own) = await payroll.Clinic.RunAsync(employer.Admin, async (GetUsageOfEmployee verb) => await verb.RunAsync(await payroll.EntryAsync(employer.People[0]), CancellationToken.None));
        Assert.Equal([new EmployeeMonth("2026-03", 2, 90)], own);
        await Assert.ThrowsAsync<Refusal>(() => payroll.Clinic.RunAsync(employer.Admin, async (GetUsageOfEmployee verb) => await verb.RunAsync(await payroll.EntryAsync(employer.People[1]), CancellationToken.None)));
        var other = await payroll.EmployerAsync(people: 0);
        await Assert.ThrowsAsync<Refusal>(() => payroll.Clinic.RunAsync(other.Admin, async (GetUsageOfEmployee verb) => await verb.RunAsync(await payroll.EntryAsync(employer.People[0]), CancellationToken.None)));
        Assert.Empty(await payroll.LinesAsync(other, "2026-03"));
        await Assert.ThrowsAsync<Refusal>(() => payroll.MonthAsync(employer.Practitioner, "2026-03"));
        await Assert.ThrowsAsync<Refusal>(() => payroll.MonthAsync(payroll.Platform, "2026-03"));
    }

    [Fact]
    public async Task Five_people_have_a_total_and_four_have_none_to_anybody_and_nothing_looks_like_four()
    {
        await using var payroll = await Payroll.OpenAsync(postgres);
        var (five, four, none) = (await payroll.EmployerAsync(5), await payroll.EmployerAsync(5), await payroll.EmployerAsync(5));
        foreach (var employer in (Employer[])[five, four, none])
        {
            await payroll.ChangeAsync(employer.Admin, UsageReportForm.TotalsOnly);
        }

        for (var i = 0; i < 5; i++)
        {
            await payroll.VisitAsync(five, five.People[i], "2026-03-15T10:00Z", 30);
            // Many visits of few people are still few people.
            await payroll.VisitAsync(four, four.People[Math.Min(i, 3)], "2026-03-15T10:00Z", 30);
        }

        payroll.GoTo("2026-04-04T12:00Z");
        Assert.Equal(new("2026-03", IsClosed: true, new(5, 150)), await payroll.MonthAsync(five, "2026-03"));
        Assert.Equal(await payroll.MonthAsync(none, "2026-03"), await payroll.MonthAsync(four, "2026-03"));
        Assert.All(await Task.WhenAll(payroll.LinesAsync(five, "2026-03"), payroll.LinesAsync(four, "2026-03"), payroll.LinesAsync(none, "2026-03")), Assert.Empty);
        var billed = (await payroll.BillingAsync(Months.Parse("2026-03"))).ToDictionary(static b => b.OrganizationId);
        Assert.Equal(((int?)5, (long?)150), (billed[five.Id].Consultations, billed[five.Id].Minutes));
        Assert.Equal((null, null), (billed[four.Id].Consultations, billed[four.Id].Minutes));
        Assert.Equal((null, null), (billed[none.Id].Consultations, billed[none.Id].Minutes));
        // The platform's own figure must not give the four away.
        Assert.Equal(new("2026-03", new(5, 150)), (await payroll.PlatformAsync())[^1]);
        await Assert.ThrowsAsync<Refusal>(() => payroll.BillingAsync(Months.Parse("2026-04")));

        // The runtime role has none of it, whoever calls.
        foreach (var table in (string[])["usage_visits", "usage_months", "usage_lines", "usage_choices", "usage_remainders"])
        {
            await Assert.ThrowsAsync<PostgresException>(() => payroll.Clinic.Get<Colloque.Storage.ColloqueDatabase>().ExecuteAsync(five.Admin, $"select * from {table}", [], CancellationToken.None));
        }
    }

    [Fact]
    public async Task A_month_is_told_in_the_most_private_form_that_held_in_it()
    {
        await using var payroll = await Payroll.OpenAsync(postgres);
        var employer = await payroll.EmployerAsync(6);
        await payroll.ChangeAsync(employer.Admin, UsageReportForm.TotalsOnly);
        await EverybodyAsync("2026-03-10T10:00Z");
        // Before the month is out, lines are chosen: for the visits that come, not for those that were.
        payroll.GoTo("2026-03-31T12:00Z");
        await payroll.ChangeAsync(employer.Admin, UsageReportForm.PerEmployee);
        await EverybodyAsync("2026-04-10T10:00Z");
        payroll.GoTo("2026-04-05T12:00Z");
        Assert.Equal(1, await payroll.SweepAsync());
        payroll.GoTo("2026-05-01T12:00Z");
        // April is over, not frozen: nothing is told any more.
        await payroll.ChangeAsync(employer.Admin, UsageReportForm.Off);
        await EverybodyAsync("2026-05-10T10:00Z");
        await payroll.ChangeAsync(employer.Admin, UsageReportForm.PerEmployee);
        await EverybodyAsync("2026-06-10T10:00Z");
        payroll.GoTo("2026-07-20T12:00Z");
        Assert.Equal(new UsageTotal(6, 180), (await payroll.MonthAsync(employer, "2026-03")).Total);
        Assert.Empty(await payroll.LinesAsync(employer, "2026-03"));
        Assert.Null((await payroll.MonthAsync(employer, "2026-04")).Total);
        Assert.Empty(await payroll.LinesAsync(employer, "2026-04"));
        Assert.Null((await payroll.MonthAsync(employer, "2026-05")).Total);
        Assert.Equal(6, (await payroll.LinesAsync(employer, "2026-06")).Count);
        // What was told stays told.
        await payroll.ChangeAsync(employer.Admin, UsageReportForm.Off);
        Assert.Equal(6, (await payroll.LinesAsync(employer, "2026-06")).Count);
        await Assert.ThrowsAsync<Refusal>(() => payroll.ChangeAsync(payroll.Platform, UsageReportForm.PerEmployee, organization: employer.Id));
        await Assert.ThrowsAsync<Refusal>(() => payroll.ChangeAsync(employer.Admin, null, "Europe/Nowhere"));

        async Task EverybodyAsync(string start)
        {
            foreach (var person in employer.People)
            {
                await payroll.VisitAsync(employer, person, start, 30);
            }
        }
    }

    [Fact]
    public async Task A_clock_that_jumps_ends_no_month_however_long_it_is_wrong()
    {
        await using var payroll = await Payroll.OpenAsync(postgres);
        var employer = await payroll.EmployerAsync(1);
        await payroll.VisitAsync(employer, employer.People[0], "2026-03-01T08:00Z", 30);
        var clock = payroll.Clinic.Clock;
        Assert.Equal(0, await payroll.SweepAsync());
        clock.Jump(TimeSpan.FromDays(60));
        for (var hour = 0; hour < 4; hour++)
        {
            Assert.Equal(0, await payroll.SweepAsync());
            clock.Advance(TimeSpan.FromHours(1));
        }

        // Right again, and seen so twice; and the month over.
        clock.Jump(TimeSpan.FromDays(-60));
        Assert.Equal(0, await payroll.SweepAsync());
        clock.Advance(TimeSpan.FromDays(60));
        Assert.Equal(1, await payroll.SweepAsync());
    }

    private static async Task<IReadOnlyList<UsageLine>> ReadAsync(Payroll payroll, Employer employer, string period)
    {
        await payroll.MonthAsync(employer, period);
        return await payroll.LinesAsync(employer, period);
    }
}
