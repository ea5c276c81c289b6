using Colloque.Accounts;
using Colloque.Consultations;
using Colloque.Security;
using Colloque.Server.Http;
using Colloque.Storage;

namespace Colloque.Server.Hosting;

/// <summary>
/// <c>load-data --organizations N</c>: organizations with one person of each role and a few consultations, and the platform's own two: what a test of
/// who may do what needs. A line each: kind, organization's number, id, token (empty for what does not sign in).
/// </summary>
internal sealed class LoadPeople(Verbs verbs, SignIns signIns, TimeProvider time, CancellationToken cancellationToken)
{
    private const int ConsultationsEach = 12;
    private static readonly TimeSpan TokenLifetime = TimeSpan.FromHours(2);

    private readonly List<string> lines = [];

    internal async Task<IReadOnlyList<string>> FillAsync(Caller root, string name, int organizations)
    {
        foreach (var role in Access.Platform)
        {
            await PersonAsync(root, null, 0, role, $"{name}-platform");
        }

        for (var i = 1; i <= organizations; i++)
        {
            await OrganizationAsync(root, $"{name}-o{i}", i);
        }

        return lines;
    }

    private async Task OrganizationAsync(Caller root, string name, int number)
    {
        var id = await verbs.RunAsync(root, (CreateOrganization verb) => verb.RunAsync(name, name, cancellationToken), cancellationToken);
        Say("Organization", number, id, "");
        await PersonAsync(root, id, number, Role.OrganizationAdmin, name);
        // Who can be deactivated without anyone missing them.
        await PersonAsync(root, id, number, Role.Patient, $"{name}-spare", "Spare");
        var patient = await PersonAsync(root, id, number, Role.Patient, name);
        var practitioner = await PersonAsync(root, id, number, Role.Practitioner, name);
        for (var i = 0; i < ConsultationsEach; i++)
        {
            var draft = new ConsultationDraft(patient.UserId, practitioner.UserId, ConsultationStatus.InProgress, ConsultationFormat.Video, time.GetUtcNow().AddMinutes(-i), 50, Exclusive: false);
            Say("Consultation", number, await verbs.RunAsync(patient, (RecordConsultation verb) => verb.RunAsync(draft, cancellationToken), cancellationToken), "");
        }
    }

    private async Task<Caller> PersonAsync(Caller root, Guid? organization, int number, Role role, string name, string? kind = null)
    {
        var user = new NewUser(organization, $"{role.ToString().ToLowerInvariant()}@{name}.example", $"{role} {name}", role, "en", null, null, null);
        var id = await verbs.RunAsync(root, (CreateUser verb) => verb.RunAsync(user, cancellationToken), cancellationToken);
        var started = await signIns.StartAsync(new Caller(organization ?? Guid.Empty, id, role, Guid.Empty), "load-data", TokenLifetime, cancellationToken);
        Say(kind ?? role.ToString(), number, id, started.AccessToken);
        return started.Caller;
    }

    private void Say(string kind, int number, Guid id, string token) => lines.Add($"{kind}\t{number}\t{id}\t{token}");
}
