using System.Net;
using System.Net.Sockets;

namespace Colloque.Notifications;

/// <summary>
/// Which addresses a device may name for its pushes. This server writes to whatever stands there, so that an address inside the network would make it a tool against
/// those beside it (SSRF): only https, only public addresses, and of names only those that resolve to such when the connection is made.
/// </summary>
public static class PushEndpoint
{
    /// <summary>Characters of an address, at most.</summary>
    public const int MaxLength = 2_000;

    /// <summary>RFC 6890 and its successors, without those that are tested in code: what is not the public internet.</summary>
    private static readonly IPNetwork[] Closed =
    [
        .. ((string[])[
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16",
            "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/3",
            // All of IPv6 that is not global unicast is refused below; of that, tunnels and examples.
            "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"]).Select(IPNetwork.Parse),
    ];

    private static readonly IPNetwork GlobalUnicast = IPNetwork.Parse("2000::/3");

    /// <summary>The address, or null for one that may not be.</summary>
    /// <param name="text">From a browser.</param>
    /// <param name="allowPrivate">For tests: http too, and any host and port.</param>
    public static Uri? Parse(string? text, bool allowPrivate)
    {
        if (text is not { Length: > 0 and <= MaxLength } || !Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.UserInfo.Length > 0 || uri.Fragment.Length > 0)
        {
            return null;
        }

        if (allowPrivate)
        {
            return uri.Scheme is "https" or "http" ? uri : null;
        }

        return uri.Scheme == "https" && uri.IsDefaultPort && (IPAddress.TryParse(uri.IdnHost.Trim('[', ']'), out var address) ? IsPublic(address) : IsName(uri.IdnHost)) ? uri : null;
    }

    /// <summary>Whether an address is of the public internet.</summary>
    public static bool IsPublic(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return !Closed.Any(n => n.Contains(plain)) && (plain.AddressFamily == AddressFamily.InterNetwork || GlobalUnicast.Contains(plain));
    }

    /// <summary>A name of more than one part, and none of those that are never public.</summary>
    private static bool IsName(string host)
    {
        var name = host.TrimEnd('.');
        return name.Contains('.', StringComparison.Ordinal)
            && !((string[])[".local", ".localhost", ".internal", ".home.arpa", ".onion"]).Any(end => name.EndsWith(end, StringComparison.OrdinalIgnoreCase));
    }
}

/// <summary>How pushes go out.</summary>
/// <param name="AllowPrivateEndpoints">For tests alone: addresses inside the network, and http.</param>
/// <param name="Contact">Where push services can reach the operator; null for none.</param>
public sealed record PushSettings(bool AllowPrivateEndpoints, string? Contact)
{
    /// <summary>Public addresses, and no contact.</summary>
    public static PushSettings Usual { get; } = new(false, null);
}
