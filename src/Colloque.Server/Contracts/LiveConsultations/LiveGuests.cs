using System.Collections.Concurrent;
using Colloque.Security;
using Colloque.Server.Realtime;
using Colloque.Teleconsultation;
using SocketIO.AspNetCore;

namespace Colloque.Server.Contracts.LiveConsultations;

/// <summary>
/// Guests' sockets, by visit, with the message after which each came. They are in a room of their own: what concerns earlier messages
/// (an edit carries the words) must not reach them.
/// </summary>
internal sealed class LiveGuests(SignInWatch watch)
{
    private readonly ConcurrentDictionary<Guid, ConcurrentDictionary<string, long>> floors = new();

    private Namespace sockets = null!;

    internal void Map(SocketIOServer server) => sockets = server.Of(LiveNamespace.Name);

    internal void Add(Guid conversationId, string socketId, long floor) =>
        floors.GetOrAdd(conversationId, static _ => new(StringComparer.Ordinal))[socketId] = floor;

    internal void Remove(Guid conversationId, string socketId)
    {
        if (floors.TryGetValue(conversationId, out var here))
        {
            here.TryRemove(socketId, out _);
        }
    }

    /// <summary>Everyone in a visit, guests too. A visit without guests, which is nearly every one, costs one look.</summary>
    internal Broadcast All(Guid conversationId) =>
        floors.TryGetValue(conversationId, out var here) && !here.IsEmpty
            ? sockets.To(Rooms.Conversation(conversationId)).To(Rooms.Guests(conversationId))
            : sockets.To(Rooms.Conversation(conversationId));

    /// <summary>Tells guests of a change to a message, those who have seen it.</summary>
    internal void Changed(Guid conversationId, long seq, LiveMessage message)
    {
        if (!floors.TryGetValue(conversationId, out var here))
        {
            return;
        }

        foreach (var (socketId, floor) in here)
        {
            if (seq > floor)
            {
                sockets.In(socketId).Emit("chat.message_updated", new(message), LiveEventJson.Default.MessageAnswer);
            }
        }
    }

    /// <summary>Somebody came or went: all look again, and the tokens and sockets of those whose time ended do so at once.</summary>
    internal void Announce(GuestsChanged change)
    {
        foreach (var guest in change.Gone)
        {
            watch.Revoke(guest.SignInId);
        }

        All(change.ConsultationId).Emit("guests.updated", new(change.ConsultationId), LiveEventJson.Default.GuestsUpdated);
    }

    /// <summary>Forgets visits that are over, whose guests are out.</summary>
    internal void Forget(Guid conversationId) => floors.TryRemove(conversationId, out _);
}
