using System.Collections.Concurrent;
using Colloque.Conversations;
using Colloque.Security;
using Colloque.Teleconsultation;
using Colloque.WaitingRoom;
using SocketIO.AspNetCore;

namespace Colloque.Server.Realtime;

/// <summary>
/// Who is seated where, kept for the conversations in use: what goes to people who do not listen to a conversation asks here, in every contract. It hears of announcements before
/// they do, so that nothing goes to somebody whose seat has ended.
/// </summary>
internal sealed class SeatBook(ConversationSeats seats)
{
    /// <summary>Conversations whose seats are kept.</summary>
    private const int Capacity = 50_000;

    private readonly ConcurrentDictionary<Guid, List<SeatFloor>> known = new();

    private int changes;

    /// <summary>Another number than before: somebody came or went somewhere meanwhile.</summary>
    internal int Changes => Volatile.Read(ref changes);

    /// <summary>Whose seat an announcement says to have ended, and where; null for nobody's.</summary>
    internal static (Guid ConversationId, Guid Person)? Ended(Announcement announcement) => announcement switch
    {
        SeatsChanged { Left: { } person } s => (s.ConversationId, person),
        ConsultationHandedOver h => (h.ConsultationId, h.FromId),
        _ => null,
    };

    /// <summary>Forgets the seats of which an announcement says that they are others now.</summary>
    internal void Note(Announcement announcement)
    {
        Guid? changed = announcement switch
        {
            SeatsChanged s => s.ConversationId,
            ConsultationHandedOver h => h.ConsultationId,
            GuestsChanged g => g.ConsultationId,
            _ => null,
        };
        if (changed is { } conversation)
        {
            Interlocked.Increment(ref changes);
            known.TryRemove(conversation, out _);
        }
    }

    /// <summary>The seats, where they are known; else null.</summary>
    internal IReadOnlyList<SeatFloor>? Find(Guid conversationId) => known.GetValueOrDefault(conversationId);

    /// <summary>The seats: a look-up where they are not known.</summary>
    /// <exception cref="Refusal">503.</exception>
    internal async Task<IReadOnlyList<SeatFloor>> OfAsync(Guid conversationId, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (known.TryGetValue(conversationId, out var kept))
            {
                return kept;
            }

            var before = Changes;
            var found = await seats.OfAsync(conversationId, cancellationToken);
            if (known.Count >= Capacity)
            {
                known.Clear();
            }

            known[conversationId] = found;
            if (before == Changes)
            {
                return found;
            }

            // Somebody came or went while it was looked up: what was found may be of before.
            known.TryRemove(conversationId, out _);
        }
    }

    /// <summary>
    /// Lets a socket listen to a conversation: on the lane, where every message up to the head has been announced and every later one will reach it. If seats changed since it was asked
    /// whether it may, it is asked again: else a seat that ends between the question and the room would leave its socket in there.
    /// </summary>
    /// <param name="before">What <see cref="Changes"/> was before the question.</param>
    /// <param name="log">Where seats are looked up.</param>
    /// <param name="socket">Whose sign-in has the seat.</param>
    /// <param name="conversationId">What it is to listen to.</param>
    /// <param name="floors">The latecomers of its namespace.</param>
    /// <param name="floor">After which message the seat begins; null for one that sees the whole conversation.</param>
    /// <returns>Where the conversation stands.</returns>
    /// <exception cref="Refusal">404 no seat, or none any more: the socket is out again; 503.</exception>
    internal async Task<ConversationHead> ListenAsync(int before, MessageLog log, Socket socket, Guid conversationId, Floors floors, long? floor)
    {
        var session = SignedSockets.Of(socket);
        if (floor is { } from)
        {
            floors.Add(conversationId, socket.Id, from);
        }

        try
        {
            var head = await log.HeadAsync(session.Caller, conversationId, _ => session.Listen(socket, conversationId, inPart: floor is not null));
            return before == Changes ? head : await log.HeadAsync(session.Caller, conversationId);
        }
        catch (Refusal)
        {
            session.Forget(socket, conversationId);
            floors.Remove(conversationId, socket.Id);
            throw;
        }
    }
}
