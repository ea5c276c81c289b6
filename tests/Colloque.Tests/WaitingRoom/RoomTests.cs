using Colloque.Consultations;
using Colloque.Security;
using Colloque.Testing;
using Colloque.WaitingRoom;
using Xunit;

namespace Colloque.Tests.WaitingRoom;

/// <summary>The rooms of remote visits: open to the two of them, in time, and one and the same for both.</summary>
public sealed class RoomTests(PostgresFixture postgres)
{
    [Fact]
    public async Task A_room_opens_to_the_practitioner_a_quarter_of_an_hour_before_and_to_both_while_the_visit_goes_on()
    {
        await using var practice = await Practice.OpenAsync(postgres);
        var id = await practice.VisitAsync(practice.Patient, practice.Practitioner, 16);
        await RefusedAsync("room_closed", () => OpenAsync(practice, practice.Practitioner, id));
        practice.World.Clock.Advance(TimeSpan.FromMinutes(1));
        var early = await OpenAsync(practice, practice.Practitioner, id);
        Assert.Matches("^c-[0-9a-f]{32}$", early.RoomName);
        Assert.Equal(("peer", true, "Name of Practitioner", practice.Now.AddMinutes(60)), (early.Provider, early.Moderates, early.Name, early.EndsAt));
        await RefusedAsync("room_closed", () => OpenAsync(practice, practice.Patient, id));
        foreach (var stranger in (Caller[])[practice.World.OtherPatient, practice.Colleague, practice.World.Stranger])
        {
            await RefusedAsync("not_found", () => OpenAsync(practice, stranger, id));
            await RefusedAsync("not_found", () => ReportAsync(practice, stranger, id, RoomReport.Joined, null));
        }

        await RefusedAsync("forbidden", () => OpenAsync(practice, practice.World.Admin, id));

        // What the organization chooses now is for later rooms: these two are to meet in one.
        await TestDatabase.ExecuteAsync(practice.World.Database.Superuser, "update organizations set video_provider = 'jitsi'");
        await practice.EnterAsync(practice.Patient, id);
        await practice.AdmitAsync(practice.Practitioner, id);
        var entry = await OpenAsync(practice, practice.Patient, id);
        Assert.Equal((early.RoomName, "peer", false, "Name of Patient"), (entry.RoomName, entry.Provider, entry.Moderates, entry.Name));
        practice.World.Clock.Advance(TimeSpan.FromHours(2));
        Assert.Equal(practice.Now.AddMinutes(15), (await OpenAsync(practice, practice.Patient, id)).EndsAt);
        await practice.World.RunAsync(practice.Practitioner, (CloseConsultation verb) => verb.RunAsync(id, CancellationToken.None));
        await RefusedAsync("room_closed", () => OpenAsync(practice, practice.Practitioner, id));
    }

    [Fact]
    public async Task Twenty_who_ask_at_once_get_one_room_of_the_organizations_provider_and_a_visit_in_person_has_none()
    {
        await using var practice = await Practice.OpenAsync(postgres);
        await TestDatabase.ExecuteAsync(practice.World.Database.Superuser, "update organizations set video_provider = 'jitsi'");
        var id = await practice.VisitAsync(practice.Patient, practice.Practitioner, 10);
        var rooms = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => OpenAsync(practice, practice.Practitioner, id)));
        Assert.Equal("jitsi", Assert.Single(rooms.Select(static r => (r.Provider, r.RoomName)).Distinct()).Provider);
        var inPerson = await practice.VisitAsync(practice.Patient, practice.Practitioner, 60, format: ConsultationFormat.InPerson);
        await practice.JoinAsync(practice.Practitioner, inPerson);
        await RefusedAsync("room_closed", () => OpenAsync(practice, practice.Practitioner, inPerson));
    }

    [Fact]
    public async Task What_clients_report_is_kept_as_a_code_and_as_theirs()
    {
        await using var practice = await Practice.OpenAsync(postgres);
        var id = await practice.VisitAsync(practice.Patient, practice.Practitioner, 0);
        await RefusedAsync("room_closed", () => ReportAsync(practice, practice.Patient, id, RoomReport.Joined, null));
        await practice.JoinAsync(practice.Practitioner, id);
        foreach (var wrong in (string[])["", "my back hurts", "a\n", new('x', 51), "é"])
        {
            await RefusedAsync("invalid", () => ReportAsync(practice, practice.Patient, id, RoomReport.Incident, wrong));
        }

        Assert.Equal("ice_failed", (await ReportAsync(practice, practice.Patient, id, RoomReport.Incident, "ice_failed")).Detail);
        await practice.World.RunAsync(practice.Practitioner, (CloseConsultation verb) => verb.RunAsync(id, CancellationToken.None));
        var ended = practice.Now;
        practice.World.Clock.Advance(TimeSpan.FromMinutes(15));
        await ReportAsync(practice, practice.Patient, id, RoomReport.Left, null);
        Assert.Equal(ended, (await practice.ViewAsync(practice.Patient, id)).ClosedAt);
        practice.World.Clock.Advance(TimeSpan.FromSeconds(1));
        await RefusedAsync("room_closed", () => ReportAsync(practice, practice.Patient, id, RoomReport.Left, null));
        Assert.Equal("Started Incident/client:ice_failed Ended Left/client", await practice.EventsAsync(id));
    }

    private static Task<OpenedRoom> OpenAsync(Practice practice, Caller caller, Guid id) => practice.World.RunAsync(caller, (OpenRoom verb) => verb.RunAsync(id, CancellationToken.None));

    private static Task<KeptReport> ReportAsync(Practice practice, Caller caller, Guid id, RoomReport type, string? detail) =>
        practice.World.RunAsync(caller, (ReportRoomEvent verb) => verb.RunAsync(id, type, detail, CancellationToken.None));

    private static async Task RefusedAsync<T>(string code, Func<Task<T>> act) => Assert.Equal(code, (await Assert.ThrowsAsync<Refusal>(act)).Code);
}
