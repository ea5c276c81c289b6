using System.Globalization;
using Colloque.Organizations;
using Colloque.Reports;
using Colloque.Security;
using Colloque.Testing;
using Colloque.Tests.Accounts;
using NodaTime;

namespace Colloque.Tests.Reports;

/// <summary>A visit that took place, as the test itself remembers it.</summary>
public sealed record PastVisit(Guid Id, Guid Organization, Guid Patient, DateTimeOffset Start, int Minutes);

/// <summary>Organizations whose people have visits, over months; the clock stands at 2026-03-01 09:00 UTC.</summary>
public sealed class Payroll : IAsyncDisposable
{
    private int names;

    private Payroll(Clinic clinic) => Clinic = clinic;

    public Clinic Clinic { get; }

    public DateTimeOffset Now => Clinic.Clock.GetUtcNow();

    public Caller Platform { get; private set; } = null!;

    public static async Task<Payroll> OpenAsync(PostgresFixture postgres)
    {
        var payroll = new Payroll(await Clinic.OpenAsync(postgres));
        payroll.Platform = new(Guid.Empty, await payroll.PersonAsync(null, Role.PlatformAdmin), Role.PlatformAdmin, Guid.Empty);
        return payroll;
    }

    /// <summary>An organization, its administrator, a practitioner and so many people.</summary>
    public async Task<Employer> EmployerAsync(int people)
    {
        var id = await Clinic.RunAsync(Clinic.Root, (Colloque.Accounts.CreateOrganization verb) => verb.RunAsync(Name(), string.Create(CultureInfo.InvariantCulture, $"o-{++names}"), CancellationToken.None));
        var employer = new Employer(
            id, new(id, await PersonAsync(id, Role.OrganizationAdmin), Role.OrganizationAdmin, Guid.Empty), new(id, await PersonAsync(id, Role.Practitioner), Role.Practitioner, Guid.Empty));
        await HireAsync(employer, people);
        return employer;
    }

    public async Task HireAsync(Employer employer, int people)
    {
        for (var i = 0; i < people; i++)
        {
            employer.People.Add(await PersonAsync(employer.Id, Role.Patient));
        }
    }

    public async Task<Guid> EntryAsync(Guid person) => await Clinic.ScalarAsync<Guid>($"select id from employees where user_id = '{person}'");

    public Task<PastVisit> VisitAsync(Employer employer, Guid patient, string start, int minutes) =>
        VisitAsync(employer, patient, DateTimeOffset.Parse(start, CultureInfo.InvariantCulture), minutes);

    public async Task<PastVisit> VisitAsync(Employer employer, Guid patient, DateTimeOffset start, int minutes)
    {
        var visit = new PastVisit(Guid.CreateVersion7(), employer.Id, patient, start, minutes);
        await RecordAsync(employer, [visit]);
        return visit;
    }

    public Task RecordAsync(Employer employer, IReadOnlyCollection<PastVisit> visits) => RecordAsync([.. visits.Select(v => (employer, v))]);

    /// <summary>Puts visits in the books, as they are when the practitioner has closed them.</summary>
    public Task RecordAsync(IReadOnlyCollection<(Employer Employer, PastVisit Visit)> visits) => visits.Count == 0 ? Task.CompletedTask : Clinic.SqlAsync(
        "insert into consultations (id, tenant_id, patient_id, practitioner_id, status, format, scheduled_at, duration_minutes, started_at, closed_at, created_at) values "
        + string.Join(", ", visits.Select(static x => (x.Employer, v: x.Visit)).Select(static x => string.Create(
            CultureInfo.InvariantCulture,
            $"('{x.v.Id}', '{x.v.Organization}', '{x.v.Patient}', '{x.Employer.Practitioner.UserId}', 'Completed', 'Video', '{x.v.Start:O}', 50, '{x.v.Start:O}', '{x.v.Start.AddMinutes(x.v.Minutes):O}', '{x.v.Start:O}')"))));

    public void GoTo(string instant) => Clinic.Clock.Advance(DateTimeOffset.Parse(instant, CultureInfo.InvariantCulture) - Now);

    public Task<int> SweepAsync() => Clinic.RunAsync<FreezeMonths, int>(null!, static verb => verb.RunAsync(CancellationToken.None));

    public Task<UsageMonth> MonthAsync(Employer employer, string period) => MonthAsync(employer.Admin, period);

    public Task<UsageMonth> MonthAsync(Caller caller, string period) => Clinic.RunAsync(caller, (GetUsage verb) => verb.RunAsync(Months.Parse(period), CancellationToken.None));

    public Task<IReadOnlyList<UsageLine>> LinesAsync(Employer employer, string period) =>
        Clinic.RunAsync(employer.Admin, (ListUsage verb) => verb.RunAsync(Months.Parse(period), null, int.MaxValue, CancellationToken.None));

    public async Task<IReadOnlyList<BilledOrganization>> BillingAsync(YearMonth period) =>
        (await Clinic.RunAsync(Platform, (ListBilling verb) => verb.RunAsync(period, null, int.MaxValue, CancellationToken.None))).Lines;

    public Task<IReadOnlyList<PlatformMonth>> PlatformAsync() => Clinic.RunAsync(Platform, static (CountPlatformMonths verb) => verb.RunAsync(CancellationToken.None));

    public Task ChangeAsync(Caller caller, UsageReportForm? form, string? zone = null, Guid? organization = null) => Clinic.RunAsync(
        caller,
        (ChangeOrganization verb) => verb.RunAsync(
            organization, new(null, null, null, null, null, null, null, null, null, null, null, null) { UsageReport = form, TimeZone = zone }, null, CancellationToken.None));

    public ValueTask DisposeAsync() => Clinic.DisposeAsync();

    private Task<Guid> PersonAsync(Guid? organization, Role role) =>
        Clinic.AddAsync(new(organization, string.Create(CultureInfo.InvariantCulture, $"p{++names}@people.example"), Name(), role, "fr", null, null, null));

    private string Name() => string.Create(CultureInfo.InvariantCulture, $"Someone {++names}");
}

/// <summary>An organization of a test.</summary>
public sealed record Employer(Guid Id, Caller Admin, Caller Practitioner)
{
    public List<Guid> People { get; } = [];
}
