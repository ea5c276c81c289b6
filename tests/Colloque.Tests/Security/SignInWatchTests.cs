using Colloque.Security;
using Colloque.Tests.Accounts;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Colloque.Tests.Security;

public sealed class SignInWatchTests
{
    private readonly ManualClock clock = new();
    private readonly Dictionary<Guid, SignInState> database = [];
    private readonly List<Guid[]> questions = [];
    private readonly List<Guid> revoked = [];
    private readonly SignInWatch watch;
    private TaskCompletionSource? hold;
    private bool down;

    public SignInWatchTests()
    {
        watch = new(ReadAsync, clock, NullLogger<SignInWatch>.Instance);
        watch.Revoked += (_, e) => revoked.Add(e.SignInId);
    }

    [Fact]
    public async Task The_first_sight_asks_and_the_next_ones_know()
    {
        var id = Add();

        Assert.True(await IsLiveAsync(id));
        Assert.True(await IsLiveAsync(id));
        Assert.Single(questions);
    }

    [Fact]
    public async Task A_sign_in_that_does_not_exist_is_not_live()
    {
        Assert.False(await IsLiveAsync(Guid.CreateVersion7()));
    }

    [Fact]
    public async Task Two_thousand_that_arrive_at_once_share_two_questions()
    {
        hold = new(TaskCreationOptions.RunContinuationsAsynchronously);
        var ids = Enumerable.Range(0, 2_000).Select(_ => Add()).ToArray();
        var answers = ids.Concat(ids).Select(id => IsLiveAsync(id)).ToArray();

        hold.SetResult();

        Assert.All(await Task.WhenAll(answers), Assert.True);
        // The second of the first one came too late for the question under way, whose answer may be older than its coming.
        Assert.Equal([1, 2_000], questions.Select(static q => q.Length));
    }

    [Fact]
    public async Task Who_stops_waiting_stops_nobody_else()
    {
        hold = new(TaskCreationOptions.RunContinuationsAsynchronously);
        var first = IsLiveAsync(Add());
        var id = Add();
        using var gone = new CancellationTokenSource();
        var impatient = watch.IsLiveAsync(id, 1, Soon, gone.Token).AsTask();
        var patient = IsLiveAsync(id);

        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => impatient);
        hold.SetResult();

        Assert.True(await patient);
        Assert.True(await first);
        Assert.Equal([1, 1], questions.Select(static q => q.Length));
    }

    [Fact]
    public async Task A_sweep_asks_for_all_in_use_at_once_and_tells_of_the_dead()
    {
        var ids = Enumerable.Range(0, 5).Select(_ => Add()).ToArray();
        foreach (var id in ids)
        {
            await IsLiveAsync(id);
        }

        End(ids[2]);
        database.Remove(ids[4]);
        questions.Clear();
        await watch.SweepAsync(CancellationToken.None);
        await watch.SweepAsync(CancellationToken.None);

        Assert.Equal([5, 3], questions.Select(static q => q.Length));
        Assert.Equal(new HashSet<Guid> { ids[2], ids[4] }, revoked.ToHashSet());
        Assert.False(await IsLiveAsync(ids[2]));
        Assert.True(await IsLiveAsync(ids[0]));
    }

    [Fact]
    public async Task A_raised_security_version_is_told_of_too_and_the_new_token_is_good()
    {
        var id = Add();
        await IsLiveAsync(id);
        database[id] = new(id, 2, Live: true);
        await watch.SweepAsync(CancellationToken.None);

        Assert.Equal([id], revoked);
        Assert.False(await IsLiveAsync(id));
        Assert.True(await watch.IsLiveAsync(id, 2, Soon, CancellationToken.None));
    }

    [Fact]
    public async Task A_newer_version_than_the_one_known_is_worth_a_look()
    {
        var id = Add();
        await IsLiveAsync(id);
        database[id] = new(id, 2, Live: true);

        Assert.True(await watch.IsLiveAsync(id, 2, Soon, CancellationToken.None));
        Assert.Equal(2, questions.Count);
    }

    [Fact]
    public async Task Swept_every_two_seconds_a_sign_in_in_use_is_never_looked_up_again()
    {
        var id = Add();
        for (var i = 0; i < 10; i++)
        {
            await IsLiveAsync(id);
            clock.Advance(SignInWatch.SweepEvery);
            await watch.SweepAsync(CancellationToken.None);
        }

        Assert.Equal(11, questions.Count);
    }

    [Fact]
    public async Task With_the_database_down_a_state_is_believed_for_five_seconds_and_then_nothing_is()
    {
        var id = Add();
        await IsLiveAsync(id);
        down = true;
        clock.Advance(SignInWatch.GoodFor);
        Assert.True(await IsLiveAsync(id));
        clock.Advance(TimeSpan.FromTicks(1));

        Assert.Equal(RefusalKind.Unavailable, (await Assert.ThrowsAsync<Refusal>(() => IsLiveAsync(id))).Kind);
        await Assert.ThrowsAsync<Refusal>(() => watch.SweepAsync(CancellationToken.None));
        down = false;
        Assert.True(await IsLiveAsync(id));
        Assert.Empty(revoked);
    }

    [Fact]
    public async Task A_revocation_here_counts_at_once_and_once_and_no_late_answer_undoes_it()
    {
        var id = Add();
        await IsLiveAsync(id);
        hold = new(TaskCreationOptions.RunContinuationsAsynchronously);
        var sweep = watch.SweepAsync(CancellationToken.None);
        watch.Revoke(id);
        watch.Revoke(id);
        hold.SetResult();
        await sweep;
        questions.Clear();

        Assert.False(await IsLiveAsync(id));
        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.False(await IsLiveAsync(id));
        Assert.Equal([id], revoked);
        Assert.Empty(questions);
    }

    [Fact]
    public async Task An_idle_socket_is_watched_until_its_token_ends_and_then_forgotten()
    {
        var id = Add();
        await watch.IsLiveAsync(id, 1, clock.GetUtcNow() + TimeSpan.FromMinutes(10), CancellationToken.None);
        clock.Advance(TimeSpan.FromMinutes(10) - TimeSpan.FromSeconds(1));
        await watch.SweepAsync(CancellationToken.None);
        Assert.Equal(1, watch.Count);
        clock.Advance(TimeSpan.FromSeconds(1));
        await watch.SweepAsync(CancellationToken.None);

        Assert.Equal((0, 2), (watch.Count, questions.Count));
    }

    [Fact]
    public async Task A_listener_that_fails_keeps_nobody_from_hearing()
    {
        var id = Add();
        await IsLiveAsync(id);
        var faulty = new SignInWatch(ReadAsync, clock, NullLogger<SignInWatch>.Instance);
        var heard = 0;
        faulty.Revoked += static (_, _) => throw new InvalidOperationException();
        faulty.Revoked += (_, _) => heard++;

        faulty.Revoke(id);

        Assert.Equal(1, heard);
    }

    private DateTimeOffset Soon => clock.GetUtcNow() + TimeSpan.FromMinutes(10);

    private Guid Add()
    {
        var id = Guid.CreateVersion7();
        database[id] = new(id, 1, Live: true);
        return id;
    }

    private void End(Guid id) => database[id] = database[id] with { Live = false };

    private Task<bool> IsLiveAsync(Guid id) => watch.IsLiveAsync(id, 1, Soon, CancellationToken.None).AsTask();

    private async Task<IReadOnlyList<SignInState>> ReadAsync(Guid[] ids, CancellationToken cancellationToken)
    {
        lock (questions)
        {
            questions.Add(ids);
        }

        var states = ids.Where(database.ContainsKey).Select(id => database[id]).ToArray();
        if (hold is not null)
        {
            await hold.Task;
        }

        return down ? throw Refusal.Unavailable() : states;
    }
}
