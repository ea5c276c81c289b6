using Colloque.Calls;

namespace Colloque.Server.Calls;

/// <content>What is remembered of a call.</content>
internal sealed partial class CallSwitch
{
    private sealed class Seat(CallDevice state)
    {
        internal ICallLine? Device { get; set; }

        /// <summary>What was said to it before it was here for the first time.</summary>
        internal List<(Guid From, CallSignal Signal)>? Early { get; set; } = [];

        /// <summary>The other node that has its device.</summary>
        internal Guid? Node { get; set; }

        /// <summary>The number of the word by which this node last said to have it.</summary>
        internal long Claim { get; set; }

        internal CallDevice State { get; set; } = state;
    }

    private sealed class Line(Call call)
    {
        internal Lock Gate { get; } = new();

        internal Call Call { get; set; } = call;

        /// <summary>The newest revision that was told to anybody.</summary>
        internal int Told { get; set; }

        internal IReadOnlyList<RungPerson> Rung { get; set; } = [];

        internal Dictionary<Guid, Seat> Seats { get; } = new(2);

        internal Guid PeerOf(string socketId)
        {
            foreach (var (peer, seat) in Seats)
            {
                if (seat.Device?.SocketId == socketId)
                {
                    return peer;
                }
            }

            throw Refusal.NotFound();
        }
    }
}
