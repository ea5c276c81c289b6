using System.Collections.Concurrent;
using SocketIO.AspNetCore;

namespace Colloque.Server.Realtime;

/// <summary>
/// Sockets of a namespace whose seats begin later than the conversation, with the message after which each does. They are in a room of their own: what concerns earlier messages (an edit
/// carries the words) must not reach them.
/// </summary>
internal sealed class Floors
{
    private readonly ConcurrentDictionary<Guid, ConcurrentDictionary<string, long>> floors = new();

    internal void Add(Guid conversationId, string socketId, long floor) =>
        floors.GetOrAdd(conversationId, static _ => new(StringComparer.Ordinal))[socketId] = floor;

    internal void Remove(Guid conversationId, string socketId)
    {
        if (floors.TryGetValue(conversationId, out var here))
        {
            here.TryRemove(socketId, out _);
        }
    }

    /// <summary>Whose seat ended hears no more, on any device. Their sockets.</summary>
    internal List<string> TakeOut(Namespace sockets, Guid conversationId, Guid person)
    {
        var gone = new List<string>();
        foreach (var (socket, session) in SignedSockets.Of(sockets, person))
        {
            session.Forget(socket, conversationId);
            Remove(conversationId, socket.Id);
            gone.Add(socket.Id);
        }

        return gone;
    }

    /// <summary>Everyone who listens. A conversation without latecomers, which is nearly every one, costs one look.</summary>
    internal Broadcast All(Namespace sockets, Guid conversationId) =>
        floors.TryGetValue(conversationId, out var here) && !here.IsEmpty
            ? sockets.To(Rooms.Conversation(conversationId)).To(Rooms.Guests(conversationId))
            : sockets.To(Rooms.Conversation(conversationId));

    /// <summary>The latecomers' sockets that have seen a message.</summary>
    internal IEnumerable<string> That(Guid conversationId, long seq) =>
        floors.TryGetValue(conversationId, out var here) ? here.Where(f => seq > f.Value).Select(static f => f.Key) : [];

    /// <summary>Forgets a conversation whose latecomers are out.</summary>
    internal void Forget(Guid conversationId) => floors.TryRemove(conversationId, out _);
}
