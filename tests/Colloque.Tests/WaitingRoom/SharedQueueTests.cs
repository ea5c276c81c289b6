using Colloque.Consultations;
using Colloque.Conversations;
using Colloque.Security;
using Colloque.Testing;
using Colloque.WaitingRoom;
using Xunit;

namespace Colloque.Tests.WaitingRoom;

/// <summary>One queue for several practitioners: who is in it, and what moves with a patient who changes hands.</summary>
public sealed class SharedQueueTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Those_of_one_organization_and_specialty_who_both_say_so_share_a_queue_and_nobody_else()
    {
        await using var practice = await Practice.OpenAsync(postgres);
        var dietician = await practice.PractitionerAsync(practice.Practitioner.OrganizationId, "Diététicien");
        var own = await practice.PractitionerAsync(Guid.Empty);
        var nobody = await practice.PractitionerAsync(practice.Practitioner.OrganizationId, "");
        await RefusedAsync("specialty_missing", () => practice.ShareAsync(nobody));
        await RefusedAsync("forbidden", () => practice.ShareAsync(practice.Patient));
        var id = await practice.VisitAsync(practice.Patient, practice.Practitioner, 0);
        await practice.EnterAsync(practice.Patient, id);
        foreach (var other in (Caller[])[practice.Colleague, dietician, own, practice.World.Stranger])
        {
            await practice.ShareAsync(other);
        }

        // Not yet: its practitioner has not said so.
        Assert.Empty((await practice.QueueAsync(practice.Colleague)).Places);
        await RefusedAsync("not_found", () => practice.TakeAsync(practice.Colleague, id));
        Assert.Equal([practice.Practitioner.UserId, practice.Colleague.UserId], (await practice.ShareAsync(practice.Practitioner)).Members.Select(static m => m.Id).Order());
        Assert.Equal("Name of Patient", Assert.Single((await practice.QueueAsync(practice.Colleague)).Places).PatientName);
        foreach (var other in (Caller[])[dietician, own, practice.World.Stranger])
        {
            Assert.Empty((await practice.QueueAsync(other)).Places);
            await RefusedAsync("not_found", () => practice.TakeAsync(other, id));
            await RefusedAsync("not_found", () => practice.AdmitAsync(other, id));
            await RefusedAsync("queue_not_shared", () => practice.HandOverAsync(practice.Practitioner, id, other));
        }

        // Seeing who waits opens nothing of the visit.
        await RefusedAsync("not_found", () => practice.ViewAsync(practice.Colleague, id));
        await practice.ShareAsync(practice.Practitioner, false);
        Assert.Empty((await practice.QueueAsync(practice.Colleague)).Places);
    }

    [Fact]
    public async Task Who_takes_a_patient_over_gets_the_whole_visit_and_who_gave_them_loses_it_and_of_two_one_takes()
    {
        await using var practice = await Practice.OpenAsync(postgres);
        var third = await practice.PractitionerAsync(practice.Practitioner.OrganizationId);
        Caller[] sharers = [practice.Practitioner, practice.Colleague, third];
        foreach (var sharer in sharers)
        {
            await practice.ShareAsync(sharer);
        }

        var id = await practice.VisitAsync(practice.Patient, practice.Practitioner, 0);
        await RefusedAsync("not_waiting", () => practice.TakeAsync(practice.Colleague, id));
        var joined = (await practice.EnterAsync(practice.Patient, id)).Place.JoinedAt;
        await practice.World.SayAsync(practice.Patient, id, "I am here");
        practice.World.Clock.Advance(TimeSpan.FromMinutes(1));
        var outcomes = await Task.WhenAll(sharers[1..].Select(async s => (Sharer: s, Error: await ErrorAsync(() => practice.TakeAsync(s, id)))));
        var taker = Assert.Single(outcomes, static o => o.Error is null).Sharer;
        Assert.Equal("already_taken", Assert.Single(outcomes, static o => o.Error is not null).Error);
        await RefusedAsync("already_taken", () => practice.TakeAsync(taker, id));

        var place = Assert.Single((await practice.QueueAsync(taker)).Places);
        Assert.Equal((taker.UserId, joined, 1), (place.PractitionerId, place.JoinedAt, place.Position));
        Assert.Equal(taker.UserId, (await practice.ViewAsync(practice.Patient, id)).Practitioner.Id);
        Assert.Equal("I am here", Assert.Single((await practice.World.PageAsync(taker, id)).Messages).Text);
        await RefusedAsync("not_found", () => practice.ViewAsync(practice.Practitioner, id));
        await RefusedAsync("not_found", () => practice.World.PageAsync(practice.Practitioner, id));
        await RefusedAsync("not_found", () => practice.World.SayAsync(practice.Practitioner, id, "still there?"));
        await RefusedAsync("not_found", () => practice.HandOverAsync(practice.Practitioner, id, practice.Colleague));
        var told = Assert.Single(practice.World.Heard.All.OfType<ConsultationHandedOver>());
        Assert.Equal((id, practice.Patient.UserId, practice.Practitioner.UserId, taker.UserId), (told.ConsultationId, told.PatientId, told.FromId, told.ToId));

        // Back to the first, who calls them in.
        await practice.HandOverAsync(taker, id, practice.Practitioner);
        Assert.Equal("I am here", Assert.Single((await practice.World.PageAsync(practice.Practitioner, id)).Messages).Text);
        Assert.Equal(ConsultationStatus.InProgress, (await practice.AdmitAsync(practice.Practitioner, id)).Status);
        await RefusedAsync("not_waiting", () => practice.HandOverAsync(practice.Practitioner, id, taker));
        Assert.Equal("Waiting HandedOver/taken HandedOver/handed Started Admitted", await practice.EventsAsync(id));
    }

    [Fact]
    public async Task Nobodys_calendar_is_filled_by_another_but_who_takes_a_patient_sees_them_in_between()
    {
        await using var practice = await Practice.OpenAsync(postgres);
        await practice.ShareAsync(practice.Practitioner);
        await practice.ShareAsync(practice.Colleague);
        var id = await practice.VisitAsync(practice.Patient, practice.Practitioner, 0);
        await practice.VisitAsync(practice.World.OtherPatient, practice.Colleague, 10);
        await practice.EnterAsync(practice.Patient, id);
        await RefusedAsync("practitioner_busy", () => practice.HandOverAsync(practice.Practitioner, id, practice.Colleague));
        // Called in by the colleague: taken over and begun in one step, though a visit of their own is planned for the same time.
        Assert.Equal(practice.Colleague.UserId, (await practice.AdmitAsync(practice.Colleague, id)).Practitioner.Id);
        Assert.Equal(ConsultationStatus.InProgress, (await practice.ViewAsync(practice.Patient, id)).Status);
        await RefusedAsync("not_found", () => practice.AdmitAsync(practice.Practitioner, id));
    }

    [Fact]
    public async Task The_platforms_own_practitioners_have_queues_of_patients_of_every_organization()
    {
        await using var practice = await Practice.OpenAsync(postgres);
        var (one, other) = (await practice.PractitionerAsync(Guid.Empty), await practice.PractitionerAsync(Guid.Empty));
        await practice.ShareAsync(one);
        await practice.ShareAsync(other);
        var here = await practice.VisitAsync(practice.Patient, one, 0);
        var there = await practice.VisitAsync(practice.World.StrangersPatient, one, 30);
        await practice.EnterAsync(practice.Patient, here);
        Assert.Equal(2, (await practice.EnterAsync(practice.World.StrangersPatient, there)).Place.Position);
        Assert.Equal(2, (await practice.QueueAsync(other)).Places.Count);
        Assert.Equal(there, (await practice.TakeAsync(other, there)).ConsultationId);
        Assert.Equal(ConsultationStatus.InProgress, (await practice.AdmitAsync(other, there)).Status);
        Assert.Equal(ConsultationStatus.InProgress, (await practice.AdmitAsync(one, here)).Status);
        await practice.World.SayAsync(other, there, "Good morning");
        Assert.Single((await practice.World.PageAsync(practice.World.StrangersPatient, there)).Messages);
        await RefusedAsync("not_found", () => practice.ViewAsync(one, there));
    }

    private static async Task<string?> ErrorAsync(Func<Task> act)
    {
        try
        {
            await act();
            return null;
        }
        catch (Refusal refusal)
        {
            return refusal.Code;
        }
    }

    private static async Task RefusedAsync<T>(string code, Func<Task<T>> act) => Assert.Equal(code, (await Assert.ThrowsAsync<Refusal>(act)).Code);
}
