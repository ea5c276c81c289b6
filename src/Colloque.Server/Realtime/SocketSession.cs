using Colloque.Security;
using SocketIO.AspNetCore;

namespace Colloque.Server.Realtime;

/// <summary>Who a socket is, until when, and what it listens to.</summary>
internal sealed class SocketSession(Caller caller, DateTimeOffset expiresAt)
{
    // One or two at a time: a list is smaller than a set, and most sockets of an evening listen to nothing.
    private readonly List<Guid> listening = [];

    internal Caller Caller { get; } = caller;

    /// <summary>When the token it came with, or was renewed with, ends.</summary>
    internal DateTimeOffset ExpiresAt { get; set; } = expiresAt;

    /// <summary>Joins the conversation's room; who may read it in part alone, as guests do, joins the one of those.</summary>
    internal void Listen(Socket socket, Guid conversationId, bool inPart)
    {
        lock (listening)
        {
            if (socket.Join(inPart ? Rooms.Guests(conversationId) : Rooms.Conversation(conversationId)) && !listening.Contains(conversationId))
            {
                listening.Add(conversationId);
            }
        }
    }

    internal void Forget(Socket socket, Guid conversationId)
    {
        lock (listening)
        {
            socket.Leave(Rooms.Conversation(conversationId));
            socket.Leave(Rooms.Guests(conversationId));
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
