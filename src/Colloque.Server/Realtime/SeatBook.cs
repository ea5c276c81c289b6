using System.Collections.Concurrent;
using Colloque.Conversations;
using Colloque.Security;
using Colloque.Teleconsultation;
using Colloque.WaitingRoom;

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
    /// For a socket that has just begun to listen: if seats changed since it was asked whether it may, it is asked again. Else a seat that ends between the question and the room would
    /// leave its socket in there.
    /// </summary>
    /// <param name="before">What <see cref="Changes"/> was before the question.</param>
    /// <param name="log">Where seats are looked up.</param>
    /// <param name="caller">Whose socket it is.</param>
    /// <param name="conversationId">What it listens to.</param>
    /// <param name="leave">Takes the socket out again.</param>
    /// <exception cref="Refusal">404 no seat any more.</exception>
    internal async Task StillSeatedAsync(int before, MessageLog log, Caller caller, Guid conversationId, Action leave)
    {
        if (before == Changes)
        {
            return;
        }

        try
        {
            await log.HeadAsync(caller, conversationId);
        }
        catch (Refusal)
        {
            leave();
            throw;
        }
    }
}
