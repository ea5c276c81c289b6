using Colloque.Accounts;
using Colloque.Consultations;
using Colloque.Security;
using Colloque.Storage;

namespace Colloque.Server.Hosting;

/// <summary>
/// <c>load-data --past n,n</c>: organizations with an administrator, a practitioner and n people each, who had visits in months that are over: what a test
/// of reports needs. Each person has two visits two months ago, of 30 minutes and of one more for each person before them; five of them had one of 50 minutes
/// the month before that. A line each: kind, organization's number, id, token.
/// </summary>
internal sealed class LoadPast(Verbs verbs, SignIns signIns, TimeProvider time, CancellationToken cancellationToken)
{
    private const int Earlier = 5;
    private static readonly TimeSpan TokenLifetime = TimeSpan.FromHours(2);

    private readonly List<string> lines = [];

    internal async Task<IReadOnlyList<string>> FillAsync(Caller root, string name, int[] sizes)
    {
        await PersonAsync(root, null, 0, Role.PlatformAdmin, $"platform@{name}.example", name);
        for (var i = 0; i < sizes.Length; i++)
        {
            await OrganizationAsync(root, $"{name}-p{i + 1}", i + 1, sizes[i]);
        }

        return lines;
    }

    private async Task OrganizationAsync(Caller root, string name, int number, int size)
    {
        var id = await verbs.RunAsync(root, (CreateOrganization verb) => verb.RunAsync(name, name, cancellationToken), cancellationToken);
        Say("Organization", number, id, "");
        await PersonAsync(root, id, number, Role.OrganizationAdmin, $"admin@{name}.example", name);
        var practitioner = await PersonAsync(root, id, number, Role.Practitioner, $"practitioner@{name}.example", name);
        var month = new DateTimeOffset(time.GetUtcNow().Year, time.GetUtcNow().Month, 1, 9, 0, 0, TimeSpan.Zero).AddMonths(-2);
        for (var i = 0; i < size; i++)
        {
            // A name that a spreadsheet would run.
            var patient = await PersonAsync(root, id, number, Role.Patient, $"person{i}@{name}.example", i == 0 ? "=HYPERLINK(\"x\",\"y\") Formula" : $"Person \"{i}\", of {name}");
            await VisitAsync(patient, practitioner, ConsultationStatus.Completed, month.AddDays(2).AddHours(i), 30 + i);
            await VisitAsync(patient, practitioner, ConsultationStatus.Completed, month.AddDays(9).AddHours(i), 30 + i);
            if (i < Earlier)
            {
                await VisitAsync(patient, practitioner, ConsultationStatus.Completed, month.AddMonths(-1).AddDays(4).AddHours(i), 50);
            }

            if (i == 0)
            {
                await VisitAsync(patient, practitioner, ConsultationStatus.NoShow, month.AddDays(14), 50);
                await VisitAsync(patient, practitioner, ConsultationStatus.Cancelled, month.AddDays(15), 50);
            }
        }
    }

    private Task<Guid> VisitAsync(Caller patient, Caller practitioner, ConsultationStatus status, DateTimeOffset at, int minutes) => verbs.RunAsync(
        patient, (RecordConsultation verb) => verb.RunAsync(new(patient.UserId, practitioner.UserId, status, ConsultationFormat.Video, at, minutes), cancellationToken), cancellationToken);

    private async Task<Caller> PersonAsync(Caller root, Guid? organization, int number, Role role, string email, string name)
    {
        var id = await verbs.RunAsync(root, (CreateUser verb) => verb.RunAsync(new(organization, email, name, role, "fr", null, null, null), cancellationToken), cancellationToken);
        var started = await signIns.StartAsync(new Caller(organization ?? Guid.Empty, id, role, Guid.Empty), "load-data", TokenLifetime, cancellationToken);
        Say(role.ToString(), number, id, started.AccessToken);
        return started.Caller;
    }

    private void Say(string kind, int number, Guid id, string token) => lines.Add($"{kind}\t{number}\t{id}\t{token}");
}
