using System.Globalization;

namespace Colloque.Server.Media;

/// <summary>Where a TURN server is, as its URL says (RFC 7065): <c>turn:host:port?transport=tcp</c>.</summary>
/// <param name="Host">A name, or an address without brackets.</param>
/// <param name="Port">3478 where the URL has none, 5349 with TLS.</param>
/// <param name="IsSecure"><c>turns:</c>.</param>
/// <param name="IsDatagram">By UDP.</param>
internal sealed record TurnAddress(string Host, int Port, bool IsSecure, bool IsDatagram)
{
    /// <summary>Null where it is no such URL.</summary>
    internal static TurnAddress? Parse(string url)
    {
        var secure = url.StartsWith("turns:", StringComparison.Ordinal);
        if (!secure && !url.StartsWith("turn:", StringComparison.Ordinal))
        {
            return null;
        }

        var (place, query) = url[(secure ? 6 : 5)..].Split('?', 2) is [var p, var q] ? (p, q) : (url[(secure ? 6 : 5)..], "");
        bool? datagram = query switch
        {
            "" => !secure,
            "transport=udp" => true,
            "transport=tcp" => false,
            _ => null,
        };
        // An address of IPv6 has colons of its own, and brackets around it.
        var end = place.StartsWith('[') ? place.IndexOf(']', StringComparison.Ordinal) + 1 : place.IndexOf(':', StringComparison.Ordinal) is >= 0 and var colon ? colon : place.Length;
        var host = place[..end].Trim('[', ']');
        var port = secure ? 5349 : 3478;
        var said = place[end..];
        var isPort = said.Length == 0 || (said[0] == ':' && int.TryParse(said[1..], NumberStyles.None, CultureInfo.InvariantCulture, out port) && port is > 0 and <= ushort.MaxValue);
        return host.Length > 0 && isPort && datagram is { } isDatagram ? new(host, port, secure, isDatagram) : null;
    }
}
