using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using Colloque.Security;

namespace Colloque.Server.Media;

/// <summary>Whether a TURN server answers at one of its URLs.</summary>
internal enum TurnStanding
{
    /// <summary>It answered.</summary>
    Answers,

    /// <summary>It did not, in time or at all.</summary>
    Silent,

    /// <summary>Its certificate is not one that this machine trusts; browsers will hardly do so either.</summary>
    Untrusted,
}

/// <summary>What was found at one URL.</summary>
/// <param name="Url">As set.</param>
/// <param name="Standing">Whether it answers.</param>
/// <param name="Software">What it says it is; null where it does not.</param>
internal sealed record TurnAnswer(string Url, TurnStanding Standing, string? Software);

/// <summary>Asks TURN servers who they are, by a Binding request, which needs no credential.</summary>
internal sealed class TurnProbe(TimeProvider time)
{
    /// <summary>A way in that takes longer is of no use to a call.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>After which a datagram is sent again, longer each time (RFC 8489, section 6.2.1).</summary>
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(500);

    /// <summary>Never throws but when it is told to stop.</summary>
    internal async Task<TurnAnswer> AskAsync(string url, CancellationToken cancellationToken)
    {
        using var late = new CancellationTokenSource(Patience, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        var transaction = TurnCredential.NewTransaction();
        try
        {
            // Datagrams with TLS (DTLS) no browser uses; what is there cannot be asked without more code than the answer is worth.
            var answer = TurnAddress.Parse(url) switch
            {
                null or { IsSecure: true, IsDatagram: true } => null,
                { IsDatagram: true } address => await ByDatagramAsync(address, transaction, both.Token),
                var address => await ByStreamAsync(address, transaction, both.Token),
            };
            return answer is { } message && StunMessage.TryRead(message.Span, transaction, out var software)
                ? new(url, TurnStanding.Answers, software)
                : new(url, TurnStanding.Silent, null);
        }
        catch (AuthenticationException)
        {
            return new(url, TurnStanding.Untrusted, null);
        }
        catch (Exception e) when (e is SocketException or IOException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return new(url, TurnStanding.Silent, null);
        }
    }

    private async Task<ReadOnlyMemory<byte>?> ByDatagramAsync(TurnAddress address, byte[] transaction, CancellationToken cancellationToken)
    {
        using var socket = new UdpClient();
        await socket.Client.ConnectAsync(address.Host, address.Port, cancellationToken);
        var request = StunMessage.Ask(transaction);
        for (var wait = FirstWait; ; wait *= 2)
        {
            await socket.SendAsync(request, cancellationToken);
            using var again = new CancellationTokenSource(wait, time);
            using var both = CancellationTokenSource.CreateLinkedTokenSource(again.Token, cancellationToken);
            try
            {
                while (true)
                {
                    var got = (await socket.ReceiveAsync(both.Token)).Buffer;
                    // Others can send here too.
                    if (StunMessage.TryRead(got, transaction, out _))
                    {
                        return got;
                    }
                }
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                // Sent again.
            }
        }
    }

    private static async Task<ReadOnlyMemory<byte>?> ByStreamAsync(TurnAddress address, byte[] transaction, CancellationToken cancellationToken)
    {
        using var socket = new TcpClient { NoDelay = true };
        await socket.ConnectAsync(address.Host, address.Port, cancellationToken);
        await using var plain = socket.GetStream();
        await using var secure = address.IsSecure ? new SslStream(plain) : null;
        if (secure is not null)
        {
            await secure.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = address.Host }, cancellationToken);
        }

        var stream = (Stream?)secure ?? plain;
        await stream.WriteAsync(StunMessage.Ask(transaction), cancellationToken);
        var message = new byte[StunMessage.MostBytes];
        await stream.ReadExactlyAsync(message.AsMemory(0, StunMessage.HeaderBytes), cancellationToken);
        var length = StunMessage.LengthOf(message.AsSpan(0, StunMessage.HeaderBytes));
        if (length == 0)
        {
            return null;
        }

        await stream.ReadExactlyAsync(message.AsMemory(StunMessage.HeaderBytes, length - StunMessage.HeaderBytes), cancellationToken);
        return message.AsMemory(0, length);
    }
}
