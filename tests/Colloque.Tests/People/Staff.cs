using System.Text;
using Colloque.Organizations;
using Colloque.People;
using Colloque.People.Import;
using Colloque.Security;
using Colloque.Testing;
using Colloque.Tests.Accounts;

namespace Colloque.Tests.People;

/// <summary>A clinic with an administrator, and another organization with one of its own.</summary>
public sealed class Staff : IAsyncDisposable
{
    private Staff(Clinic clinic) => Clinic = clinic;

    public Clinic Clinic { get; }

    public Caller Admin { get; private set; } = null!;

    public Caller OtherAdmin { get; private set; } = null!;

    public Guid Other { get; private set; }

    public static async Task<Staff> OpenAsync(PostgresFixture postgres)
    {
        var staff = new Staff(await Clinic.OpenAsync(postgres));
        staff.Other = (await staff.Clinic.RunAsync(staff.Clinic.Root, (OnboardOrganization verb) => verb.RunAsync(new(Named("Other"), "other", "other.example", true), CancellationToken.None))).Organization.Id;
        staff.Admin = await staff.AdminAsync(staff.Clinic.Organization, "rh@clinic.example");
        staff.OtherAdmin = await staff.AdminAsync(staff.Other, "rh@other.example");
        return staff;
    }

    public static OrganizationProfile Named(string name) => new(name, null, null, null, null, null, null, null, null, null, null, null);

    public static EmployeeDraft Draft(string first = "Noé", string last = "Ælise") => new(first, last, null, null, null, null);

    public Task<Employee> AddAsync(string email, Caller? admin = null, bool invite = true) =>
        Clinic.RunAsync(admin ?? Admin, (CreateEmployee verb) => verb.RunAsync(email, Draft(), invite, CancellationToken.None));

    public Task<Employee> GetAsync(Guid id, Caller? admin = null) => Clinic.RunAsync(admin ?? Admin, (GetEmployee verb) => verb.RunAsync(id, CancellationToken.None));

    public async Task<Employee> FindAsync(string search, Caller? admin = null) =>
        (await Clinic.RunAsync(admin ?? Admin, (ListEmployees verb) => verb.RunAsync(new(search, null, null, null, null, 100), CancellationToken.None))).Items.Single();

    public Task<int> SendAsync() => Clinic.RunAsync<SendInvitations, int>(null!, verb => verb.RunAsync(CancellationToken.None));

    public Task<ImportReport> ImportAsync(string csv, bool dryRun = false, bool invite = false, Caller? admin = null) =>
        Clinic.Get<ImportEmployees>().RunAsync(admin ?? Admin, new MemoryStream(Encoding.UTF8.GetBytes(csv)), new(dryRun, null, invite), CancellationToken.None);

    public ValueTask DisposeAsync() => Clinic.DisposeAsync();

    private async Task<Caller> AdminAsync(Guid organization, string email) =>
        new(organization, await Clinic.AddAsync(new(organization, email, "Rita Haas", Role.OrganizationAdmin, "fr", null, null, Clinic.Password)), Role.OrganizationAdmin, Guid.Empty);
}
