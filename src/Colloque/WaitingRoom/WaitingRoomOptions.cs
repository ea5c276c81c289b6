namespace Colloque.WaitingRoom;

/// <summary>When the waiting room opens and how long a place is kept (<c>WaitingRoom__OpensBefore</c>, <c>WaitingRoom__KeepsPlace</c>).</summary>
public sealed record WaitingRoomOptions
{
    /// <summary>Before the planned time, how early a patient may come in.</summary>
    public TimeSpan OpensBefore { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>How long the place of somebody whose devices are all gone is kept.</summary>
    public TimeSpan KeepsPlace { get; set; } = TimeSpan.FromMinutes(2);
}
