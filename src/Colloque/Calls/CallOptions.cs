namespace Colloque.Calls;

/// <summary>How long calls wait for people and devices: <c>Calls__RingFor</c>, <c>Calls__ConnectWithin</c>, <c>Calls__KeepsPlace</c>.</summary>
public sealed class CallOptions
{
    /// <summary>Then it is missed.</summary>
    public TimeSpan RingFor { get; set; } = TimeSpan.FromSeconds(45);

    /// <summary>From the answer to the first connection; then it has failed.</summary>
    public TimeSpan ConnectWithin { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>For how long a device that is gone has its place.</summary>
    public TimeSpan KeepsPlace { get; set; } = TimeSpan.FromSeconds(60);
}
