using Colloque.Security;
using Colloque.Server.Realtime;
using Colloque.Teleconsultation;
using SocketIO.AspNetCore;

namespace Colloque.Server.Contracts.LiveConsultations;

/// <summary>Guests' sockets, by visit, and those of others whose seat begins later than the conversation.</summary>
internal sealed class LiveGuests(SignInWatch watch)
{
    private Namespace sockets = null!;

    internal Floors Floors { get; } = new();

    internal void Map(SocketIOServer server) => sockets = server.Of(LiveNamespace.Name);

    internal void Remove(Guid conversationId, string socketId) => Floors.Remove(conversationId, socketId);

    /// <summary>Whose seat ended hears no more, on any device. Their sockets.</summary>
    internal List<string> TakeOut(Guid conversationId, Guid person) => Floors.TakeOut(sockets, conversationId, person);

    /// <summary>Everyone in a visit, guests too.</summary>
    internal Broadcast All(Guid conversationId) => Floors.All(sockets, conversationId);

    /// <summary>Tells guests of a change to a message, those who have seen it.</summary>
    internal void Changed(Guid conversationId, long seq, LiveMessage message)
    {
        foreach (var socketId in Floors.That(conversationId, seq))
        {
            sockets.In(socketId).Emit("chat.message_updated", new(message), LiveEventJson.Default.MessageAnswer);
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
    internal void Forget(Guid conversationId) => Floors.Forget(conversationId);
}
