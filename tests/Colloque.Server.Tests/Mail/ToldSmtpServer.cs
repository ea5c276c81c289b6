using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Colloque.Server.Tests.Mail;

/// <summary>A mail server that answers each command as it is told, and keeps what it heard.</summary>
internal sealed class ToldSmtpServer : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly List<string> heard = [];
    private readonly List<string> messages = [];
    private readonly Task serving;
    private int connections;

    public ToldSmtpServer()
    {
        listener.Start();
        serving = ServeAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public string Greeting { get; set; } = "220 mail.example";

    /// <summary>The answer to a command; null: the usual one; empty: the connection breaks.</summary>
    public Func<string, string?> Answer { get; set; } = static _ => null;

    /// <summary>What follows the message; empty: the connection breaks.</summary>
    public string AfterMessage { get; set; } = "250 queued";

    public int Connections => Volatile.Read(ref connections);

    public IReadOnlyList<string> Heard
    {
        get
        {
            lock (heard)
            {
                return [.. heard];
            }
        }
    }

    /// <summary>As they arrived, dots still doubled.</summary>
    public IReadOnlyList<string> Messages
    {
        get
        {
            lock (heard)
            {
                return [.. messages];
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await serving;
        listener.Stop();
        stop.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using var client = await listener.AcceptTcpClientAsync(stop.Token);
                Interlocked.Increment(ref connections);
                await TalkAsync(client);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException)
        {
            // The test is over.
        }
    }

    private async Task TalkAsync(TcpClient client)
    {
        try
        {
            await using var stream = client.GetStream();
            using var reader = new StreamReader(stream, Encoding.ASCII);
            await SayAsync(stream, Greeting);
            while (await reader.ReadLineAsync(stop.Token) is { } line)
            {
                lock (heard)
                {
                    heard.Add(line);
                }

                var answer = Answer(line) ?? Usual(line);
                if (answer.Length == 0)
                {
                    return;
                }

                await SayAsync(stream, answer);
                if (line == "QUIT")
                {
                    return;
                }

                if (answer.StartsWith("354", StringComparison.Ordinal) && !await TakeMessageAsync(stream, reader))
                {
                    return;
                }
            }
        }
        catch (IOException)
        {
            // The other side left.
        }
    }

    private async Task<bool> TakeMessageAsync(NetworkStream stream, StreamReader reader)
    {
        var message = new StringBuilder();
        while (await reader.ReadLineAsync(stop.Token) is { } line && line != ".")
        {
            message.Append(line).Append('\n');
        }

        lock (heard)
        {
            messages.Add(message.ToString());
        }

        if (AfterMessage.Length == 0)
        {
            return false;
        }

        await SayAsync(stream, AfterMessage);
        return true;
    }

    private static string Usual(string line) => line switch
    {
        _ when line.StartsWith("EHLO", StringComparison.Ordinal) => "250-mail.example\r\n250-SIZE 1000000\r\n250 AUTH PLAIN LOGIN",
        "DATA" => "354 go on",
        "QUIT" => "221 bye",
        _ when line.StartsWith("AUTH", StringComparison.Ordinal) => "235 welcome",
        _ => "250 ok",
    };

    private async Task SayAsync(NetworkStream stream, string text) => await stream.WriteAsync(Encoding.ASCII.GetBytes(text + "\r\n"), stop.Token);
}
