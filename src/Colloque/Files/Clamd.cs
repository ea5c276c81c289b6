using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Colloque.Files;

/// <summary>
/// Speaks clamd's INSTREAM (clamd(8)): <c>zINSTREAM\0</c>, chunks that each follow their length in four bytes, a length of zero; the answer is
/// <c>stream: OK</c> or <c>stream: NAME FOUND</c>. One connection a file.
/// </summary>
internal static class Clamd
{
    private const int ChunkSize = 64 * 1024;
    private const int MaxAnswer = 1_024;

    // A whole file of 10 MiB takes seconds at worst; a clamd that loads its signatures takes longer, and is not waited for.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>False where a signature was found. Whatever else it says is no answer.</summary>
    /// <exception cref="ClamdException">It cannot be reached, breaks off, takes too long, or does not judge this content.</exception>
    internal static async Task<bool> IsCleanAsync(string endpoint, Stream content, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            using var socket = await ConnectAsync(endpoint, patience.Token);
            await using var stream = new NetworkStream(socket);
            await SendAsync(stream, content, patience.Token);
            var answer = await ReadAsync(stream, patience.Token);
            return answer == "stream: OK" || (answer.EndsWith(" FOUND", StringComparison.Ordinal) ? false : throw new ClamdException());
        }
        catch (Exception e) when (e is SocketException or IOException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new ClamdException();
        }
    }

    private static async Task<Socket> ConnectAsync(string endpoint, CancellationToken cancellationToken)
    {
        var unix = endpoint.StartsWith('/');
        var socket = unix ? new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) : new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            if (unix)
            {
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(endpoint), cancellationToken);
                return socket;
            }

            var colon = endpoint.LastIndexOf(':');
            if (colon < 1 || !ushort.TryParse(endpoint.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port))
            {
                throw new ClamdException();
            }

            await socket.ConnectAsync(endpoint[..colon].Trim('[', ']'), port, cancellationToken);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static async Task SendAsync(NetworkStream stream, Stream content, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(4 + ChunkSize);
        try
        {
            await stream.WriteAsync("zINSTREAM\0"u8.ToArray(), cancellationToken);
            int read;
            do
            {
                read = await content.ReadAsync(buffer.AsMemory(4, ChunkSize), cancellationToken);
                BinaryPrimitives.WriteInt32BigEndian(buffer, read);
                await stream.WriteAsync(buffer.AsMemory(0, 4 + read), cancellationToken);
            }
            while (read > 0);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        }
    }

    private static async Task<string> ReadAsync(NetworkStream stream, CancellationToken cancellationToken)
    {
        var answer = new byte[MaxAnswer];
        var read = await stream.ReadAtLeastAsync(answer, answer.Length, throwOnEndOfStream: false, cancellationToken);
        return Encoding.ASCII.GetString(answer, 0, read).TrimEnd('\0', '\n');
    }
}

/// <summary>clamd gives no judgement.</summary>
internal sealed class ClamdException() : Exception("clamd gives no judgement.");
