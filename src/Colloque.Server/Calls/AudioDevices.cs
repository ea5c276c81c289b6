using Colloque.Calls;

namespace Colloque.Server.Calls;

/// <summary>Devices that speak document 001: they answer offers and make one before they call, and know no other turn.</summary>
internal static class AudioDevices
{
    /// <summary>Their ids begin with it.</summary>
    internal const string Prefix = "audio-call_";

    private const int Before = 1_000;

    /// <summary>The order of a place to others: of a device of document 001, before all, so that a newer client is the one that offers and gives way.</summary>
    internal static int OrderOf(CallMember member) => member.Device.StartsWith(Prefix, StringComparison.Ordinal) ? member.Order - Before : member.Order;
}
