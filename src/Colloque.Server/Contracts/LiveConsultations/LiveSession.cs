using Colloque.Security;
using Colloque.Server.Realtime;
using SocketIO.AspNetCore;

namespace Colloque.Server.Contracts.LiveConsultations;

/// <summary>Who a socket is, until when, and what it listens to.</summary>
internal sealed class LiveSession(Caller caller, DateTimeOffset expiresAt)
{
    // One or two at a time: a list is smaller than a set, and most sockets of an evening listen to nothing.
    private readonly List<Guid> listening = [];

    internal Caller Caller { get; } = caller;

    /// <summary>When the token it came with, or was renewed with, ends.</summary>
    internal DateTimeOffset ExpiresAt { get; set; } = expiresAt;

    /// <summary>Guests are in a room of their own.</summary>
    private string RoomOf(Guid conversationId) => Caller.Role == Role.Guest ? Rooms.Guests(conversationId) : Rooms.Conversation(conversationId);

    internal void Listen(Socket socket, Guid conversationId)
    {
        lock (listening)
        {
            if (socket.Join(RoomOf(conversationId)) && !listening.Contains(conversationId))
            {
                listening.Add(conversationId);
            }
        }
    }

    internal void Forget(Socket socket, Guid conversationId)
    {
        lock (listening)
        {
            socket.Leave(RoomOf(conversationId));
            listening.Remove(conversationId);
        }
    }

    internal bool Listens(Guid conversationId)
    {
        lock (listening)
        {
            return listening.Contains(conversationId);
        }
    }

    internal Guid[] TakeAll()
    {
        lock (listening)
        {
            Guid[] all = [.. listening];
            listening.Clear();
            return all;
        }
    }
}
