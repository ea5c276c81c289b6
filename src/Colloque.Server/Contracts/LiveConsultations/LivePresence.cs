using Colloque.Presence;
using Colloque.Server.Realtime;
using SocketIO.AspNetCore;

namespace Colloque.Server.Contracts.LiveConsultations;

/// <summary>
/// Tells those who listen to a consultation who is online, when that changes: while nobody can change it again, so that the list that a socket gets last is the newest.
/// </summary>
internal sealed class LivePresence(PresenceBoard presence, LiveGuests guests, TimeProvider time)
{
    internal DateTimeOffset Now => time.GetUtcNow();

    internal OnlineList Online(Guid conversationId) => presence.Online(conversationId);

    /// <summary>A socket listens from now on: its person is there.</summary>
    internal void Came(Socket socket, SocketSession session, Guid conversationId)
    {
        presence.Ping(conversationId, session.Caller.UserId, socket.Id, (online, changed) =>
        {
            if (changed)
            {
                Tell(conversationId, online);
            }
        });
        if (!session.Listens(conversationId))
        {
            // Its seat was taken away while it came in; whoever did so found no sign of it yet.
            Left(socket, session, conversationId);
        }

        LeftIfClosed(socket, session, conversationId);
    }

    /// <summary>A sign of life: the sender is told who is online each time, all others when it changed.</summary>
    internal void Pinged(Socket socket, SocketSession session, Guid conversationId)
    {
        presence.Ping(conversationId, session.Caller.UserId, socket.Id, (online, changed) =>
        {
            if (changed)
            {
                Tell(conversationId, online);
            }

            if (!changed || !session.Listens(conversationId))
            {
                socket.Emit("presence.state", new(conversationId, online.UserIds, online.Revision), LiveEventJson.Default.PresenceState);
            }
        });
        LeftIfClosed(socket, session, conversationId);
    }

    internal void Left(Socket socket, SocketSession session, Guid conversationId) => Left(conversationId, session.Caller.UserId, socket.Id);

    /// <summary>Whose seat ended hears no more, and is not there any more.</summary>
    internal void TakeOut(Guid conversationId, Guid person)
    {
        foreach (var socketId in guests.TakeOut(conversationId, person))
        {
            Left(conversationId, person, socketId);
        }
    }

    /// <summary>Drops those whose last ping is too old.</summary>
    internal void Sweep() => presence.Sweep(Tell);

    private void Left(Guid conversationId, Guid person, string socketId) =>
        presence.Leave(conversationId, person, socketId, online => Tell(conversationId, online));

    // It closed while its event was answered: what its end takes away was not there yet, and would stay for half a minute.
    private void LeftIfClosed(Socket socket, SocketSession session, Guid conversationId)
    {
        if (!socket.IsConnected)
        {
            Left(socket, session, conversationId);
        }
    }

    private void Tell(Guid conversationId, OnlineList online) =>
        guests.All(conversationId).Emit("presence.state", new(conversationId, online.UserIds, online.Revision), LiveEventJson.Default.PresenceState);
}
