namespace Colloque.Calls;

/// <summary>Calls the other of the two. Where both call at once it is one call, and whoever comes second has answered it.</summary>
public sealed class StartCall(CallDesk desk)
{
    /// <summary>At most five statements; answers with the call and the caller's place in it.</summary>
    /// <param name="id">The visit.</param>
    /// <param name="media">audio or video.</param>
    /// <param name="device">1..64 of A-Z, a-z, 0-9, <c>_ -</c>: the device's own id.</param>
    /// <param name="cancellationToken">Rolls back.</param>
    /// <exception cref="Refusal">
    /// 403 administrators, guests; 404; 409 <c>consultation_not_in_progress</c>, <c>call_answered_elsewhere</c>: another device of the same person is in it, <c>call_full</c>; 422 <c>media</c>, <c>device</c>.
    /// </exception>
    public Task<CallPlace> RunAsync(Guid id, string? media, string? device, CancellationToken cancellationToken) => desk.StartAsync(
        id,
        media switch
        {
            "audio" => CallMedia.Audio,
            "video" => CallMedia.Video,
            _ => throw Refusal.Invalid("media"),
        },
        CallDesk.Device(device),
        cancellationToken);
}
