using Colloque.Calls;

namespace Colloque.Server.Calls;

/// <summary>The other nodes, as the switch of calls speaks to them. Neither waits.</summary>
internal interface ICallNeighbours
{
    /// <summary>A device that is here, or is not any more, or does something else.</summary>
    /// <returns>The number of that word; 0: nobody is there to hear it.</returns>
    long Seated(Call call, Guid peer, CallDevice device);

    /// <summary>For a device that another node has.</summary>
    void Signal(Call call, Guid from, Guid to, CallSignal signal);
}
