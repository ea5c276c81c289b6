using Colloque.People;
using Colloque.Reports;
using NodaTime;

namespace Colloque.Tests.Reports;

/// <summary>A total as somebody got it; of the platform where there is no employer.</summary>
public sealed record ToldTotal(Employer? Employer, string Period, UsageTotal? Total);

/// <summary>Lines as somebody got them.</summary>
public sealed record ToldLines(Employer Employer, string Period, IReadOnlyList<UsageLine> Lines, DateTimeOffset At);

/// <summary>What happens to organizations over months, at random, and what was told of it meanwhile.</summary>
#pragma warning disable CA5394 // A history that can be lived again by its seed; nothing is guarded by it.
public sealed class History(Payroll payroll, int seed)
{
    private static readonly string[] Zones = ["", "Pacific/Kiritimati", "Pacific/Pago_Pago", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe"];

    private readonly Random random = new(seed);
    private readonly List<Employer> employers = [];
    private readonly Dictionary<Guid, List<(DateTimeOffset At, UsageReportForm Form)>> forms = [];

    public List<PastVisit> Visits { get; } = [];

    public List<ToldTotal> Totals { get; } = [];

    public List<ToldLines> Lines { get; } = [];

    public async Task BeginAsync(int count)
    {
        for (var i = 0; i < count; i++)
        {
            var employer = await payroll.EmployerAsync(i % 2 == 0 ? random.Next(1, 4) : random.Next(6, 10));
            employers.Add(employer);
            forms[employer.Id] = [(DateTimeOffset.MinValue, UsageReportForm.PerEmployee)];
        }
    }

    /// <summary>A month of everybody, in four steps of a week or so; at any of them somebody may ask.</summary>
    public async Task LiveAsync()
    {
        for (var week = 0; week < 4; week++)
        {
            await WorkAsync();
            foreach (var employer in employers)
            {
                await ChangeAsync(employer);
            }

            payroll.Clinic.Clock.Advance(TimeSpan.FromHours(random.Next(24 * 6, 24 * 9)));
            if (random.Next(3) == 0)
            {
                await payroll.SweepAsync();
            }

            await AskAsync();
        }
    }

    /// <summary>Every form that held from then until then.</summary>
    public IEnumerable<UsageReportForm> FormsSince(Guid employer, DateTimeOffset from, DateTimeOffset until)
    {
        var all = forms[employer];
        var first = all.FindLastIndex(f => f.At <= from);
        // Of later ones, those that may have come after the month was frozen prove nothing: the month is frozen 40 days after the visit at the latest.
        return all.Skip(Math.Max(0, first)).TakeWhile(f => f.At <= from || (f.At <= until && f.At <= MonthEnd(from))).Select(static f => f.Form);
    }

    private static DateTimeOffset MonthEnd(DateTimeOffset at) => Months.Start(Months.Of(at, DateTimeZone.Utc).PlusMonths(1), DateTimeZone.Utc);

    /// <summary>Visits of some people around now; now and then one that began two months ago.</summary>
    private async Task WorkAsync()
    {
        var visits = employers.SelectMany(e => e.People.Where(_ => random.Next(4) == 0).Select(p => (e, new PastVisit(
            Guid.CreateVersion7(), e.Id, p, payroll.Now.AddMinutes(-random.Next(60, 60 * 24 * (random.Next(8) == 0 ? 60 : 6))), random.Next(1, 120))))).ToArray();
        Visits.AddRange(visits.Select(static v => v.Item2));
        await payroll.RecordAsync(visits);
    }

    private async Task ChangeAsync(Employer employer)
    {
        switch (random.Next(20))
        {
            case 0:
                await payroll.HireAsync(employer, random.Next(1, 4));
                break;
            case 1 or 2 when employer.People.Count > 2:
                await LeaveAsync(employer, employer.People[random.Next(employer.People.Count)]);
                break;
            case 3 or 5 or 6:
                var form = random.Next(2) == 0 ? UsageReportForm.PerEmployee : (UsageReportForm)random.Next(3);
                await payroll.ChangeAsync(employer.Admin, form);
                forms[employer.Id].Add((payroll.Now, form));
                break;
            case 4:
                await payroll.ChangeAsync(employer.Admin, null, Zones[random.Next(Zones.Length)]);
                break;
        }
    }

    /// <summary>Kept out, or taken off the list; the people who were kept out are let in again.</summary>
    private async Task LeaveAsync(Employer employer, Guid person)
    {
        var entry = await payroll.EntryAsync(person);
        if (random.Next(2) == 0)
        {
            employer.People.Remove(person);
            await payroll.Clinic.RunAsync(employer.Admin, (RemoveEmployee verb) => verb.RunAsync(entry, CancellationToken.None));
        }
        else
        {
            await payroll.Clinic.RunAsync(employer.Admin, (SetEmployeeActive verb) => verb.RunAsync(entry, random.Next(2) == 0, CancellationToken.None));
        }
    }

    /// <summary>The organizations ask for any month of theirs, the platform for any of its own.</summary>
    private async Task AskAsync()
    {
        foreach (var employer in employers.Where(_ => random.Next(2) == 0))
        {
            var period = Months.Text(Months.Of(payroll.Now, DateTimeZone.Utc).PlusMonths(-random.Next(0, 5)));
            var month = await payroll.MonthAsync(employer, period);
            Totals.Add(new(employer, period, month.Total));
            if (await payroll.LinesAsync(employer, period) is { Count: > 0 } lines)
            {
                Lines.Add(new(employer, period, lines, payroll.Now));
            }
        }

        var last = Months.Of(payroll.Now.AddDays(-3), DateTimeZone.Utc).PlusMonths(-random.Next(1, 4));
        var billed = await payroll.BillingAsync(last);
        Totals.AddRange(employers.Select(e => (e, Line: billed.Single(b => b.OrganizationId == e.Id)))
            .Select(x => new ToldTotal(x.e, Months.Text(last), x.Line.Consultations is { } c ? new(c, x.Line.Minutes!.Value) : null)));
        Totals.AddRange((await payroll.PlatformAsync()).Select(static m => new ToldTotal(null, m.Period, m.Total)));
    }
}
