using Colloque.Security;
using Xunit;

namespace Colloque.Tests.Security;

public sealed class PasswordsTests
{
    [Fact]
    public async Task A_storm_of_sign_ins_waits_in_turn_and_is_refused_beyond_the_queue()
    {
        using var passwords = new SlowPasswords();
        var first = Enumerable.Range(0, Passwords.AtOnce).Select(_ => Task.Factory.StartNew(() => passwords.HashAsync("password", CancellationToken.None), TaskCreationOptions.LongRunning).Unwrap()).ToArray();
        await passwords.Started(Passwords.AtOnce);
        var waiting = Enumerable.Range(0, Passwords.MostWaiting).Select(_ => passwords.HashAsync("password", CancellationToken.None)).ToArray();

        var refusal = await Assert.ThrowsAsync<Refusal>(() => passwords.HashAsync("password", CancellationToken.None));
        passwords.Go();
        await Task.WhenAll([.. first, .. waiting]);

        Assert.Equal(RefusalKind.Unavailable, refusal.Kind);
        Assert.NotNull(refusal.RetryAfter);
        Assert.Equal(Passwords.AtOnce, passwords.MostAtOnce);
        Assert.Equal("hash", await passwords.HashAsync("password", CancellationToken.None));
    }

    [Fact]
    public async Task Who_leaves_the_queue_makes_room()
    {
        using var passwords = new SlowPasswords();
        var first = Enumerable.Range(0, Passwords.AtOnce).Select(_ => Task.Factory.StartNew(() => passwords.HashAsync("password", CancellationToken.None), TaskCreationOptions.LongRunning).Unwrap()).ToArray();
        await passwords.Started(Passwords.AtOnce);
        using var gone = new CancellationTokenSource();
        var waiting = Enumerable.Range(0, Passwords.MostWaiting).Select(_ => passwords.HashAsync("password", gone.Token)).ToArray();
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Task.WhenAll(waiting));

        var next = passwords.HashAsync("password", CancellationToken.None);
        passwords.Go();

        Assert.Equal("hash", await next);
        await Task.WhenAll(first);
    }

    private sealed class SlowPasswords : Passwords
    {
        private readonly ManualResetEventSlim go = new();
        private readonly SemaphoreSlim started = new(0);
        private int running;
        private int most;

        public int MostAtOnce => Volatile.Read(ref most);

        protected override string DummyHash => "dummy";

        public async Task Started(int count)
        {
            for (var i = 0; i < count; i++)
            {
                await started.WaitAsync();
            }
        }

        public void Go() => go.Set();

        protected override string Hash(string password)
        {
            var now = Interlocked.Increment(ref running);
            for (var seen = most; seen < now; seen = most)
            {
                Interlocked.CompareExchange(ref most, now, seen);
            }

            started.Release();
            go.Wait();
            Interlocked.Decrement(ref running);
            return "hash";
        }

        protected override PasswordVerdict Verify(string hash, string password) => PasswordVerdict.Failed;
    }
}
