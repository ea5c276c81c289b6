using System.Net;
using System.Net.Sockets;

namespace Colloque.Accounts;

/// <summary>Where a sign-in comes from. Shown to its owner and used to know a network again; decides no rights.</summary>
public sealed record Origin
{
    private const int MaxAgentLength = 200;

    /// <param name="address">Of the other end; null where there is none (a command on the server's own machine).</param>
    /// <param name="userAgent">As sent; its first 200 printable characters are kept.</param>
    public Origin(IPAddress? address, string? userAgent)
    {
        Address = address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address;
        UserAgent = new string([.. (userAgent ?? "").Where(static c => c is >= ' ' and <= '~').Take(MaxAgentLength)]);
    }

    /// <summary>The address; an IPv4 one as such.</summary>
    public IPAddress? Address { get; }

    /// <summary>Printable ASCII.</summary>
    public string UserAgent { get; }

    /// <summary>The network one subscriber has: an IPv4 address, or the /64 around an IPv6 one, of which each has 2^64.</summary>
    public IPNetwork? Network
    {
        get
        {
            if (Address is not { AddressFamily: AddressFamily.InterNetworkV6 } address)
            {
                return Address is null ? null : new IPNetwork(Address, 32);
            }

            var bytes = address.GetAddressBytes();
            bytes.AsSpan(8).Clear();
            return new IPNetwork(new IPAddress(bytes), 64);
        }
    }

    /// <summary>The network as a key of rate limits.</summary>
    public string NetworkKey => Network?.ToString() ?? "local";
}
