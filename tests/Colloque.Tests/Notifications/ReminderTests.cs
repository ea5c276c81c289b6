using Colloque.Consultations;
using Colloque.Notifications;
using Colloque.Storage;
using Colloque.Testing;
using Colloque.Tests.Consultations;
using Xunit;
using static Colloque.Tests.Consultations.Practice;

namespace Colloque.Tests.Notifications;

/// <summary>Reminders and notices under a clock that goes only when told to: none is lost, none is made or sent twice.</summary>
public sealed class ReminderTests(PostgresFixture postgres)
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [Fact]
    public async Task Each_is_reminded_a_day_and_an_hour_before_and_never_twice()
    {
        await using var practice = await WrittenAsync();
        await practice.BookAsync(practice.World.Patient, Ten);
        Assert.Equal(0, await RemindAsync(practice));

        practice.World.Clock.Advance(Hour);
        Assert.Equal(2, await RemindAsync(practice));
        Assert.Equal(0, await RemindAsync(practice));
        practice.World.Clock.Advance(22 * Hour);
        Assert.Equal(0, await RemindAsync(practice));
        practice.World.Clock.Advance(1.5 * Hour);
        Assert.Equal(2, await RemindAsync(practice));
        Assert.Equal(0, await RemindAsync(practice));
        practice.World.Clock.Advance(Hour);
        Assert.Equal(0, await RemindAsync(practice));
    }

    [Fact]
    public async Task After_a_night_without_a_server_the_nearest_reminder_alone_is_made_up_for()
    {
        await using var practice = await WrittenAsync();
        await practice.BookAsync(practice.World.Patient, Ten);
        practice.World.Clock.Advance(24.5 * Hour);

        Assert.Equal(2, await RemindAsync(practice));
        Assert.Equal(60L, await practice.World.ScalarAsync<long>("select sum(distinct lead_minutes) from notifications where kind = 'Reminder'"));
    }

    [Fact]
    public async Task Nobody_is_reminded_of_what_was_booked_later_than_the_reminder_would_have_come_nor_of_what_was_called_off()
    {
        await using var practice = await WrittenAsync();
        await practice.World.RunAsync(practice.World.Patient, (ChangeNoticeSettings verb) => verb.RunAsync(null, null, [2 * 24 * 60], CancellationToken.None));
        await practice.World.RunAsync(practice.World.Practitioner, (ChangeNoticeSettings verb) => verb.RunAsync(null, null, [24 * 60], CancellationToken.None));
        var visit = await practice.BookAsync(practice.World.Patient, Ten);
        practice.World.Clock.Advance(Hour);
        await practice.CancelAsync(practice.World.Practitioner, visit.Id);
        Assert.Equal(0, await RemindAsync(practice));

        await practice.BookAsync(practice.World.Patient, Ten.AddHours(2));
        practice.World.Clock.Advance(2 * Hour);
        Assert.Equal(1, await RemindAsync(practice));
    }

    [Fact]
    public async Task A_visit_that_is_moved_is_reminded_of_at_its_new_time()
    {
        await using var practice = await WrittenAsync();
        var visit = await practice.BookAsync(practice.World.Patient, Ten);
        practice.World.Clock.Advance(Hour);
        Assert.Equal(2, await RemindAsync(practice));

        await practice.MoveAsync(practice.World.Practitioner, visit.Id, Ten.AddDays(3));
        Assert.Equal(0, await RemindAsync(practice));
        practice.World.Clock.Advance(3 * 24 * Hour);
        Assert.Equal(2, await RemindAsync(practice));
    }

    [Fact]
    public async Task A_notice_is_told_once_and_by_one_mail_also_where_the_teller_dies_in_between()
    {
        await using var practice = await WrittenAsync();
        var world = practice.World;
        await practice.BookAsync(world.Patient, Ten);

        await Assert.ThrowsAsync<Refusal>(() => world.Get<Verbs>().RunAsync<TellNotices, int>(null, async verb =>
        {
            Assert.Equal(2, await verb.RunAsync(CancellationToken.None));
            throw Refusal.Unavailable();
        }, CancellationToken.None));
        Assert.Equal(0L, await MailsAsync(practice));
        Assert.Empty(world.Heard.All.OfType<NoticeMade>());

        Assert.Equal(2, await TellAsync(practice));
        Assert.Equal(0, await TellAsync(practice));
        // Patients are written to unless they say otherwise, practitioners if they say so.
        Assert.Equal(1L, await MailsAsync(practice));
        Assert.Equal(new[] { world.Patient.UserId, world.Practitioner.UserId }.Order(), world.Heard.All.OfType<NoticeMade>().Select(static n => n.UserId).Order());
    }

    [Fact]
    public async Task A_mail_that_would_come_too_late_to_be_of_use_is_not_sent()
    {
        await using var practice = await WrittenAsync();
        var visit = await practice.BookAsync(practice.World.Patient, Ten);
        await TellAsync(practice);
        practice.World.Clock.Advance(25 * Hour);
        await practice.World.RunAsync(practice.World.Practitioner, (StartConsultation verb) => verb.RunAsync(visit.Id, CancellationToken.None));
        practice.World.Clock.Advance(Hour);

        Assert.Equal(1, await TellAsync(practice));
        Assert.Equal(1L, await MailsAsync(practice));
    }

    [Theory]
    [InlineData(29, 1)]
    [InlineData(31, 0)]
    public async Task An_offer_is_mailed_only_while_it_is_kept(int minutesLater, int mails)
    {
        await using var practice = await WrittenAsync();
        var world = practice.World;
        var visit = await practice.BookAsync(world.Patient, Ten);
        await practice.WaitAsync(world.OtherPatient);
        await TellAsync(practice);
        await practice.CancelAsync(world.Practitioner, visit.Id);
        // A trigger makes this notice, by the database's own clock.
        await TestDatabase.ExecuteAsync(world.Database.Superuser, $"update notifications set created_at = '{world.Clock.GetUtcNow():O}' where kind = 'SlotOffered'");
        world.Clock.Advance(TimeSpan.FromMinutes(minutesLater));
        await TellAsync(practice);
        Assert.Equal(mails, await world.ScalarAsync<long>("select count(*) from mails where kind = 'TimeOffered'"));
    }

    [Fact]
    public async Task Notices_are_their_owners_alone_and_no_request_of_a_person_reads_what_is_to_be_told()
    {
        await using var practice = await WrittenAsync();
        var world = practice.World;
        await practice.BookAsync(world.Patient, Ten);
        foreach (var other in (Colloque.Security.Caller[])[world.OtherPatient, world.Admin, world.Stranger, world.StrangersPatient])
        {
            Assert.Empty((await world.RunAsync(other, (ListNotices verb) => verb.RunAsync(false, null, 100, CancellationToken.None))).Items);
            Assert.Equal(0, await world.RunAsync(other, (TellNotices verb) => verb.RunAsync(CancellationToken.None)));
            Assert.Equal(0, await world.RunAsync(other, (RemindOfVisits verb) => verb.RunAsync(CancellationToken.None)));
        }

        var own = Assert.Single((await world.RunAsync(world.Patient, (ListNotices verb) => verb.RunAsync(true, null, 100, CancellationToken.None))).Items);
        Assert.Equal(NoticeKind.Confirmed, own.Kind);
        await Assert.ThrowsAsync<Refusal>(() => world.RunAsync(world.OtherPatient, (MarkNoticesRead verb) => verb.RunAsync(own.Id, CancellationToken.None)));
    }

    private static Task<int> RemindAsync(Practice practice) => practice.World.Get<Verbs>().RunAsync(null, (RemindOfVisits verb) => verb.RunAsync(CancellationToken.None), CancellationToken.None);

    private static Task<int> TellAsync(Practice practice) => practice.World.Get<Verbs>().RunAsync(null, (TellNotices verb) => verb.RunAsync(CancellationToken.None), CancellationToken.None);

    private static Task<long> MailsAsync(Practice practice) => practice.World.ScalarAsync<long>("select count(*) from mails");

    /// <summary>A practice whose people have addresses that mail can go to.</summary>
    private async Task<Practice> WrittenAsync()
    {
        var practice = await Practice.CreateAsync(postgres);
        await TestDatabase.ExecuteAsync(practice.World.Database.Superuser, "update users set email = id || '@clinic.example'");
        return practice;
    }
}
