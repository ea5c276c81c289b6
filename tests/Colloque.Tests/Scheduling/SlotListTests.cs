using Colloque.Consultations;
using Colloque.Scheduling;
using Colloque.Security;
using Colloque.Testing;
using Xunit;

namespace Colloque.Tests.Scheduling;

/// <summary>Whose slots are shown to whom, and which of them are free.</summary>
public sealed class SlotListTests(PostgresFixture postgres)
{
    [Fact]
    public async Task A_patient_sees_the_free_slots_of_whom_they_find_in_the_directory_and_the_owner_all()
    {
        await using var world = await World.CreateAsync(postgres);
        // The world's clock says Sunday, 1 March 2026, 09:00 UTC. Monday 09:00 to 12:30 in Paris is 08:00 to 11:30 UTC.
        await TestDatabase.ExecuteAsync(
            world.Database.Superuser,
            $"""
            insert into availability_rules (id, practitioner_id, kind, day_of_week, start_minute, end_minute, created_at, updated_at)
              values (gen_random_uuid(), '{world.Practitioner.UserId}', 'Recurring', 1, 540, 750, now(), now())
            """);
        world.Clock.Advance(TimeSpan.FromHours(23));
        await world.ConsultationAsync(ConsultationStatus.Confirmed);
        world.Clock.Advance(TimeSpan.FromHours(-23));

        Assert.Equal(["08:50", "09:40", "10:30"], await StartsAsync(world, world.Patient, includeTaken: true));
        Assert.Equal(["08:50", "09:40", "10:30"], await StartsAsync(world, world.OtherPatient, includeTaken: false));
        Assert.Equal(["08:00", "08:50", "09:40", "10:30"], await StartsAsync(world, world.Practitioner, includeTaken: true));
        Assert.Equal(RefusalKind.NotFound, (await Assert.ThrowsAsync<Refusal>(() => StartsAsync(world, world.StrangersPatient, includeTaken: false))).Kind);
        Assert.Equal(RefusalKind.NotFound, (await Assert.ThrowsAsync<Refusal>(() => StartsAsync(world, world.Stranger, includeTaken: true))).Kind);
    }

    [Fact]
    public async Task Slots_are_three_questions_to_the_database_however_many_there_are()
    {
        await using var world = await World.CreateAsync(postgres);
        await StartsAsync(world, world.Patient, includeTaken: false);
        using var trips = new RoundTrips(world.Database.Name);

        await StartsAsync(world, world.Patient, includeTaken: false);

        // The transaction's caller, the settings, the rules, and what keeps the practitioner busy.
        Assert.Equal(4, trips.Count);
    }

    private static async Task<IEnumerable<string>> StartsAsync(World world, Caller caller, bool includeTaken)
    {
        var from = world.Clock.GetUtcNow();
        var list = await world.RunAsync(
            caller, (ListSlots verb) => verb.RunAsync(world.Practitioner.UserId, _ => (from, from.AddDays(3)), includeTaken, CancellationToken.None));
        return list.Items.Select(static s => s.Slot.StartsAt.ToString("HH:mm", System.Globalization.CultureInfo.InvariantCulture));
    }
}
