using SocketIO.AspNetCore.Engine;
using SocketIO.AspNetCore.Tests.Support;

namespace SocketIO.AspNetCore.Tests.Engine;

public sealed class SessionSweeperTests : IDisposable
{
    private readonly FakeTimeProvider _clock = new();
    private readonly SessionSweeper _sweeper;
    private readonly List<string> _due = [];

    public SessionSweeperTests() => _sweeper = new SessionSweeper(_clock);

    public void Dispose() => _sweeper.Dispose();

    [Fact]
    public void A_deadline_falls_due_to_the_millisecond_and_once()
    {
        var line = _sweeper.CreateLine(TimeSpan.FromMilliseconds(300));
        _sweeper.Arm(new Named(this, "a"), line);
        _clock.Advance(299);
        Assert.Empty(_due);
        _clock.Advance(1);
        Assert.Equal(["a"], _due);
        _clock.Advance(10_000);
        Assert.Single(_due);
    }

    [Fact]
    public void Lines_of_different_lengths_do_not_wait_for_each_other()
    {
        var slow = _sweeper.CreateLine(TimeSpan.FromMilliseconds(500));
        var fast = _sweeper.CreateLine(TimeSpan.FromMilliseconds(50));
        _sweeper.Arm(new Named(this, "slow"), slow);
        _sweeper.Arm(new Named(this, "fast"), fast);
        _clock.Advance(50);
        Assert.Equal(["fast"], _due);
        _clock.Advance(450);
        Assert.Equal(["fast", "slow"], _due);
    }

    [Fact]
    public void What_is_armed_again_waits_from_then_on()
    {
        var line = _sweeper.CreateLine(TimeSpan.FromMilliseconds(100));
        var deadline = new Named(this, "a");
        _sweeper.Arm(deadline, line);
        _clock.Advance(60);
        _sweeper.Arm(deadline, line);
        _clock.Advance(60);
        Assert.Empty(_due);
        _clock.Advance(40);
        Assert.Single(_due);
    }

    [Fact]
    public void What_is_disarmed_never_falls_due_wherever_it_stood()
    {
        var line = _sweeper.CreateLine(TimeSpan.FromMilliseconds(100));
        Named[] all = [.. Enumerable.Range(0, 5).Select(i => new Named(this, $"{i}"))];
        foreach (var deadline in all)
        {
            _sweeper.Arm(deadline, line);
        }

        _sweeper.Disarm(all[0]);
        _sweeper.Disarm(all[2]);
        _sweeper.Disarm(all[4]);
        _sweeper.Disarm(all[4]);
        _clock.Advance(100);
        Assert.Equal(["1", "3"], _due);
    }

    [Fact]
    public void A_deadline_may_arm_itself_again_when_it_falls_due()
    {
        var line = _sweeper.CreateLine(TimeSpan.FromMilliseconds(100));
        var deadline = new Named(this, "tick");
        deadline.Then = () => _sweeper.Arm(deadline, line);
        _sweeper.Arm(deadline, line);
        _clock.Advance(1000);
        Assert.Equal(10, _due.Count);
    }

    private sealed class Named(SessionSweeperTests test, string name) : Deadline
    {
        public Action? Then { get; set; }

        public override void OnDue()
        {
            test._due.Add(name);
            Then?.Invoke();
        }
    }
}
