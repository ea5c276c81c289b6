using Colloque.Consultations;
using Colloque.Security;
using Colloque.Testing;
using Xunit;
using static Colloque.Tests.Consultations.Practice;

namespace Colloque.Tests.Consultations;

/// <summary>From a free hour to a visit in the books, and who gets it where many want it.</summary>
public sealed class BookingTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Of_five_hundred_who_book_one_slot_at_once_one_gets_it_and_the_others_hear_that_it_is_taken()
    {
        await using var practice = await Practice.CreateAsync(postgres);
        var world = practice.World;
        var queue = world.Get<BookingQueue>();
        var patients = new List<Caller> { world.Patient, world.OtherPatient };
        for (var i = 0; i < 8; i++)
        {
            patients.Add(await practice.PatientAsync());
        }

        var request = new BookingRequest(world.Practitioner.UserId, null, Ten, null, ConsultationFormat.Video, "the same for all", null, null);
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 500).Select(async i =>
        {
            try
            {
                return (await queue.BookAsync(patients[i % patients.Count], request, CancellationToken.None)).Id.ToString();
            }
            catch (Refusal e)
            {
                return e.Code;
            }
        }));
        Assert.Equal(499, outcomes.Count(static o => o == "slot_taken"));
        Assert.Equal(outcomes.Single(static o => o != "slot_taken"), (await world.ScalarAsync<Guid>("select id from consultations")).ToString());
        Assert.Equal(1L, await world.ScalarAsync<long>("select count(*) from conversations"));
        Assert.Single(world.Heard.All.OfType<ConsultationBooked>());
        Assert.Equal(0L, await world.ScalarAsync<long>("select deadlocks from pg_stat_database where datname = current_database()"));
    }

    [Fact]
    public async Task The_database_by_itself_lets_nobody_be_in_two_places_at_once()
    {
        await using var practice = await Practice.CreateAsync(postgres);
        var world = practice.World;
        await practice.BookAsync(world.Patient, Ten);
        ConsultationDraft draft = new(world.OtherPatient.UserId, world.Practitioner.UserId, ConsultationStatus.Confirmed, ConsultationFormat.Video, Ten.AddMinutes(59), 5);
        await RefusedAsync("slot_taken", () => RecordAsync(world, world.OtherPatient, draft));
        // What only touches is no overlap; what is over takes no time.
        await RecordAsync(world, world.OtherPatient, draft with { ScheduledAt = Ten.AddMinutes(60) });
        await RecordAsync(world, world.OtherPatient, draft with { Status = ConsultationStatus.Cancelled });
        Assert.Equal(2L, await world.ScalarAsync<long>("select count(*) from consultations where status = 'Confirmed' and exclusive"));
    }

    [Fact]
    public async Task A_patient_books_slots_alone_in_good_time_and_not_too_far_and_by_a_format_that_is_offered()
    {
        await using var practice = await Practice.CreateAsync(postgres);
        var world = practice.World;
        await RefusedAsync("not_a_slot", () => practice.BookAsync(world.Patient, Ten.AddMinutes(5)), "scheduledAt");
        await RefusedAsync("too_soon", () => practice.BookAsync(world.Patient, new(2026, 3, 1, 9, 0, 0, TimeSpan.Zero)), "scheduledAt");
        await RefusedAsync("too_far", () => practice.BookAsync(world.Patient, Ten.AddDays(91)), "scheduledAt");
        await RefusedAsync("format_not_offered", () => practice.BookAsync(world.Patient, Ten, format: ConsultationFormat.InPerson), "format");
        await RefusedAsync("too_long", () => practice.BookAsync(world.Patient, Ten, reason: new string('x', 1001)), "reason");
        await RefusedAsync("not_found", () => practice.BookAsync(world.StrangersPatient, Ten));
        await RefusedAsync("forbidden", () => practice.BookAsync(world.Admin, Ten));
        var booked = await practice.BookAsync(world.Patient, Ten, reason: "Insomnies depuis mars.");
        Assert.Equal((ConsultationStatus.Confirmed, 60, "Insomnies depuis mars.", "Etc/UTC"), (booked.Status, booked.DurationMinutes, booked.Booking.Reason, booked.Booking.TimeZone));
        Assert.Equal(Ten.AddMinutes(-120), booked.Booking.CancellableUntil);
        await RefusedAsync("slot_taken", () => practice.BookAsync(world.OtherPatient, Ten));
        Assert.Equal(["Scheduled", "Confirmed"], (await practice.EventsAsync(booked.Id)).Select(static e => e.Type));

        // By hand: it waits for the practitioner's word.
        await practice.SetAsync("confirmation = 'Manual'");
        var waits = await practice.BookAsync(world.Patient, Ten.AddHours(2));
        Assert.Equal((ConsultationStatus.Scheduled, null), (waits.Status, waits.Booking.ConfirmedAt));
    }

    [Fact]
    public async Task A_practitioner_books_any_minute_to_come_for_whom_they_treat_and_for_nobody_else()
    {
        await using var practice = await Practice.CreateAsync(postgres);
        var world = practice.World;
        Task<ConsultationView> FollowUpAsync(Guid patient, DateTimeOffset at, int? minutes = null) => world.RunAsync(
            world.Practitioner, (BookConsultation verb) => verb.RunAsync(new(null, patient, at, minutes, ConsultationFormat.Audio, "further", null, null), CancellationToken.None));
        await RefusedAsync("not_found", () => FollowUpAsync(world.Patient.UserId, Ten));
        await world.ConsultationAsync();
        var further = await FollowUpAsync(world.Patient.UserId, Ten.AddMinutes(7), 35);
        Assert.Equal((ConsultationStatus.Confirmed, 35), (further.Status, further.DurationMinutes));
        Assert.Equal("further", (await practice.ViewAsync(world.Patient, further.Id)).Booking.Reason);
        await RefusedAsync("slot_taken", () => FollowUpAsync(world.Patient.UserId, Ten));
        // A quarter of an hour is kept free around visits: patients keep off it, the practitioner need not. Slots of an hour then begin at 6:15, 7:30, 8:45.
        await practice.SetAsync("buffer_minutes = 15");
        await FollowUpAsync(world.Patient.UserId, new(2026, 3, 2, 9, 59, 0, TimeSpan.Zero), 5);
        await RefusedAsync("slot_taken", () => practice.BookAsync(world.OtherPatient, new(2026, 3, 2, 8, 45, 0, TimeSpan.Zero)));
        await practice.BookAsync(world.OtherPatient, new(2026, 3, 2, 7, 30, 0, TimeSpan.Zero));
        await RefusedAsync("too_soon", () => FollowUpAsync(world.Patient.UserId, world.Clock.GetUtcNow()), "scheduledAt");
        await RefusedAsync("not_found", () => FollowUpAsync(world.OtherPatient.UserId, Ten.AddHours(3)));
        await RefusedAsync("not_found", () => FollowUpAsync(world.StrangersPatient.UserId, Ten.AddHours(3)));
    }

    [Fact]
    public async Task The_same_key_is_the_same_visit_also_twenty_times_at_once_and_another_booking_with_it_is_refused()
    {
        await using var practice = await Practice.CreateAsync(postgres);
        var world = practice.World;
        var all = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => practice.BookAsync(world.Patient, Ten, key: "tunnel-1")));
        Assert.Single(all.Select(static c => c.Id).Distinct());
        Assert.Single(world.Heard.All.OfType<ConsultationBooked>());
        await RefusedAsync("idempotency_key_reused", () => practice.BookAsync(world.Patient, Ten.AddHours(1), key: "tunnel-1"));
        await RefusedAsync("slot_taken", () => practice.BookAsync(world.OtherPatient, Ten, key: "tunnel-1"));
        await RefusedAsync("invalid", () => practice.BookAsync(world.Patient, Ten.AddHours(1), key: "two words"), "idempotencyKey");
        // A visit that has moved since is still the answer.
        await practice.MoveAsync(world.Patient, all[0].Id, Ten.AddHours(4));
        Assert.Equal(all[0].Id, (await practice.BookAsync(world.Patient, Ten, key: "tunnel-1")).Id);
    }

    [Fact]
    public async Task A_held_slot_is_its_holders_for_five_minutes_and_a_new_hold_lets_the_former_go()
    {
        await using var practice = await Practice.CreateAsync(postgres);
        var world = practice.World;
        var hold = await practice.HoldAsync(world.Patient, Ten);
        Assert.Equal(world.Clock.GetUtcNow().AddMinutes(5), hold.ExpiresAt);
        await RefusedAsync("slot_taken", () => practice.BookAsync(world.OtherPatient, Ten));
        await RefusedAsync("slot_taken", () => practice.HoldAsync(world.OtherPatient, Ten));
        await RefusedAsync("hold_expired", () => practice.BookAsync(world.OtherPatient, Ten, hold.Id));
        var next = await practice.HoldAsync(world.Patient, Ten.AddHours(1));
        await practice.HoldAsync(world.OtherPatient, Ten);

        world.Clock.Advance(TimeSpan.FromMinutes(5));
        await RefusedAsync("hold_expired", () => practice.BookAsync(world.Patient, Ten.AddHours(1), next.Id));
        // Nobody swept yet, and still it holds nothing.
        await practice.BookAsync(world.OtherPatient, Ten.AddHours(1));
        var last = await practice.HoldAsync(world.Patient, Ten.AddHours(2));
        var booked = await practice.BookAsync(world.Patient, Ten.AddHours(2), last.Id);
        Assert.Equal(Ten.AddHours(2), booked.ScheduledAt);
        await RefusedAsync("not_found", () => world.RunAsync(world.Patient, (ReleaseHold verb) => verb.RunAsync(last.Id, CancellationToken.None)));
        await practice.SweepAsync();
        Assert.Equal(0L, await world.ScalarAsync<long>("select count(*) from slot_holds"));
    }

    [Fact]
    public async Task What_gets_free_is_offered_to_the_first_who_waits_and_then_to_the_next()
    {
        await using var practice = await Practice.CreateAsync(postgres);
        var world = practice.World;
        var (second, third) = (world.OtherPatient, await practice.PatientAsync());
        var booked = await practice.BookAsync(world.Patient, Ten);
        var waits = await practice.WaitAsync(third, from: Ten.AddDays(1));
        var entry = await practice.WaitAsync(second, until: Ten.AddDays(1));
        await RefusedAsync("already_waiting", () => practice.WaitAsync(second));
        world.Clock.Advance(TimeSpan.FromMinutes(1));

        await practice.CancelAsync(world.Patient, booked.Id);
        // The one who waits longer wants another day.
        var offer = (await practice.WaitsAsync(second))!.Offer!;
        Assert.Equal((Ten, 60), (offer.ScheduledAt, offer.DurationMinutes));
        var told = Assert.Single(world.Heard.All.OfType<SlotOffered>());
        Assert.Equal((entry.Id, second.UserId, offer.HoldId), (told.EntryId, told.PatientId, told.HoldId));
        Assert.Null((await practice.WaitsAsync(third))!.Offer);
        await RefusedAsync("slot_taken", () => practice.BookAsync(third, Ten));

        // Half an hour later it goes to the next who waits for it; who let it pass is not asked again.
        await world.RunAsync(third, (LeaveWaitingList verb) => verb.RunAsync(waits.Id, CancellationToken.None));
        await practice.WaitAsync(third);
        world.Clock.Advance(TimeSpan.FromMinutes(30));
        await practice.SweepAsync();
        var passed = (await practice.WaitsAsync(third))!.Offer!;
        Assert.Null((await practice.WaitsAsync(second))!.Offer);
        var taken = await practice.BookAsync(third, Ten, passed.HoldId);
        Assert.Null(await practice.WaitsAsync(third));

        // A visit that moves away frees its time, too: nobody is left for it, as the one who waits has let it pass.
        await practice.MoveAsync(third, taken.Id, Ten.AddHours(5));
        Assert.Null((await practice.WaitsAsync(second))!.Offer);
        await practice.CancelAsync(third, taken.Id);
        Assert.Equal(Ten.AddHours(5), (await practice.WaitsAsync(second))!.Offer!.ScheduledAt);
        await world.RunAsync(second, (LeaveWaitingList verb) => verb.RunAsync(entry.Id, CancellationToken.None));
        await practice.BookAsync(world.Patient, Ten.AddHours(5));
    }

    [Fact]
    public async Task What_was_written_at_booking_and_calling_off_is_sealed_and_for_the_two_alone()
    {
        await using var practice = await Practice.CreateAsync(postgres);
        var world = practice.World;
        const string why = "planted-axolotl of a booking", off = "planted-axolotl of calling off";
        var booked = await practice.BookAsync(world.Patient, Ten, reason: why);
        await practice.CancelAsync(world.Practitioner, booked.Id, off);
        var seen = (await practice.ViewAsync(world.Patient, booked.Id)).Booking;
        Assert.Equal((why, off, "Practitioner"), (seen.Reason, seen.CancelReason, seen.CancelledBy));
        var (list, _) = await world.RunAsync(world.Practitioner, (ListMyConsultations verb) => verb.RunAsync(ConsultationList.History, new(), null, 10, CancellationToken.None));
        Assert.Equal((why, off), (list[0].Booking.Reason, list[0].Booking.CancelReason));
        foreach (var caller in (Caller[])[world.OtherPatient, world.Stranger, world.Admin])
        {
            await RefusedAsync("not_found", () => practice.ViewAsync(caller, booked.Id));
        }

        // Not in the rows in clear, and moved to the other column it does not open.
        Assert.Equal(0L, await world.ScalarAsync<long>("select count(*) from consultations c where c::text ~ encode('planted-axolotl', 'hex')"));
        await TestDatabase.ExecuteAsync(world.Database.Superuser, "update consultations set reason_sealed = cancel_reason_sealed");
        await Assert.ThrowsAsync<System.Security.Cryptography.CryptographicException>(() => practice.ViewAsync(world.Patient, booked.Id));
    }

    private static Task<Guid> RecordAsync(World world, Caller caller, ConsultationDraft draft) =>
        world.RunAsync(caller, (RecordConsultation verb) => verb.RunAsync(draft, CancellationToken.None));
}
