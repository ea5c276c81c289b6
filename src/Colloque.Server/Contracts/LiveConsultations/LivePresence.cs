using Colloque.Presence;

namespace Colloque.Server.Contracts.LiveConsultations;

/// <summary>Tells those who listen to a consultation who is online, when that changes.</summary>
internal sealed class LivePresence(PresenceBoard presence, LiveGuests guests, TimeProvider time)
{
    internal DateTimeOffset Now => time.GetUtcNow();

    /// <summary>Emits <c>presence.state</c> if it changed; answers whether it did.</summary>
    internal bool Changed(Guid consultationId, bool changed)
    {
        if (changed)
        {
            guests.All(consultationId)
                .Emit("presence.state", new(consultationId, presence.Online(consultationId)), LiveEventJson.Default.PresenceState);
        }

        return changed;
    }

    /// <summary>Whose seat ended hears no more, and is not there any more.</summary>
    internal void TakeOut(Guid conversationId, Guid person)
    {
        foreach (var socketId in guests.TakeOut(conversationId, person))
        {
            Changed(conversationId, presence.Leave(conversationId, person, socketId));
        }
    }

    /// <summary>Drops those whose last ping is too old.</summary>
    internal void Sweep()
    {
        foreach (var consultationId in presence.Sweep())
        {
            Changed(consultationId, true);
        }
    }
}
