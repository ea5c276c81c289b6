namespace Colloque.Tests.Accounts;

/// <summary>A clock, of the wall and monotonic, that goes only when told to.</summary>
public sealed class ManualClock : TimeProvider
{
    private long jumped;
    private long ticks = new DateTimeOffset(2026, 3, 1, 9, 0, 0, TimeSpan.Zero).UtcTicks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => new(Volatile.Read(ref ticks) + Volatile.Read(ref jumped), TimeSpan.Zero);

    public override long GetTimestamp() => Volatile.Read(ref ticks);

    public void Advance(TimeSpan by) => Interlocked.Add(ref ticks, by.Ticks);

    /// <summary>Sets the wall's clock alone, as an operator or a broken one does.</summary>
    public void Jump(TimeSpan by) => Interlocked.Add(ref jumped, by.Ticks);
}
