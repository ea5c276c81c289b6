using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;

namespace Colloque.Server.Mail;

/// <summary>
/// One conversation with a mail server (RFC 5321), as its client. Each step has 30 s. Nothing a person wrote goes into a command but the
/// recipient's address, which is bare ASCII without spaces, brackets or control characters.
/// </summary>
internal sealed class SmtpConnection : IAsyncDisposable
{
    // RFC 5321, 4.5.3.1.5 allows 512 octets a line; servers write more, but not without end.
    private const int MaxLine = 4096;
    private const int MaxLines = 128;

    private static readonly TimeSpan StepTimeout = TimeSpan.FromSeconds(30);

    private readonly TcpClient tcp = new();
    private readonly TimeProvider time;
    private Stream stream = Stream.Null;
    private PipeReader reader = PipeReader.Create(Stream.Null);

    private SmtpConnection(TimeProvider time) => this.time = time;

    /// <summary>Connects, protects the connection, and signs in.</summary>
    /// <exception cref="SmtpException">The other side said no.</exception>
    /// <exception cref="IOException">No connection, or it broke.</exception>
    internal static async Task<SmtpConnection> OpenAsync(SmtpSettings settings, TimeProvider time, CancellationToken cancellationToken)
    {
        var connection = new SmtpConnection(time);
        try
        {
            await connection.OpenAsync(settings, cancellationToken);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Hands one message over.</summary>
    /// <exception cref="SmtpException">Refused; the connection is ready for the next after <see cref="ResetAsync"/>.</exception>
    internal async Task SendAsync(string from, string to, byte[] message, CancellationToken cancellationToken)
    {
        await CommandAsync($"MAIL FROM:<{from}>", "mail", 250, cancellationToken);
        await CommandAsync($"RCPT TO:<{to}>", "rcpt", 250, cancellationToken);
        await CommandAsync("DATA", "data", 354, cancellationToken);
        await StepAsync(token => WriteMessageAsync(message, token), cancellationToken);
        Require(await ReadReplyAsync(cancellationToken), "message", 250);
    }

    /// <summary>Forgets a half-said mail.</summary>
    internal Task ResetAsync(CancellationToken cancellationToken) => CommandAsync("RSET", "rset", 250, cancellationToken);

    /// <summary>Says goodbye as far as that is possible.</summary>
    internal async Task QuitAsync(CancellationToken cancellationToken)
    {
        try
        {
            await CommandAsync("QUIT", "quit", 221, cancellationToken);
        }
        catch (Exception e) when (e is IOException or SmtpException)
        {
            // It is gone already.
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await reader.CompleteAsync();
        await stream.DisposeAsync();
        tcp.Dispose();
    }

    private async Task OpenAsync(SmtpSettings settings, CancellationToken cancellationToken)
    {
        await StepAsync(token => tcp.ConnectAsync(settings.Host, settings.Port, token).AsTask(), cancellationToken);
        tcp.NoDelay = true;
        Use(tcp.GetStream());
        if (settings.Security == SmtpSecurity.Tls)
        {
            await ProtectAsync(settings.Host, cancellationToken);
        }

        Require(await ReadReplyAsync(cancellationToken), "greeting", 220);
        var offers = await CommandAsync(Hello(), "ehlo", 250, cancellationToken);
        if (settings.Security == SmtpSecurity.StartTls)
        {
            if (!offers.Offers("STARTTLS"))
            {
                throw new SmtpException("starttls_missing");
            }

            await CommandAsync("STARTTLS", "starttls", 220, cancellationToken);
            if (reader.TryRead(out var early) && !early.Buffer.IsEmpty)
            {
                // Somebody in between wrote on in clear, to have it read as if it came over TLS (CVE-2011-0411).
                throw new SmtpException("starttls_injection");
            }

            await ProtectAsync(settings.Host, cancellationToken);
            offers = await CommandAsync(Hello(), "ehlo", 250, cancellationToken);
        }

        if (settings is { User: { } user, Password: { } password })
        {
            await SignInAsync(offers, user, password, cancellationToken);
        }
    }

    private async Task SignInAsync(SmtpReply offers, string user, string password, CancellationToken cancellationToken)
    {
        if (offers.OffersSignIn("PLAIN"))
        {
            await CommandAsync("AUTH PLAIN " + Base64($"\0{user}\0{password}"), "auth", 235, cancellationToken);
        }
        else if (offers.OffersSignIn("LOGIN"))
        {
            await CommandAsync("AUTH LOGIN", "auth", 334, cancellationToken);
            await CommandAsync(Base64(user), "auth", 334, cancellationToken);
            await CommandAsync(Base64(password), "auth", 235, cancellationToken);
        }
        else
        {
            throw new SmtpException("auth_not_offered");
        }
    }

    private async Task ProtectAsync(string host, CancellationToken cancellationToken)
    {
        var tls = new SslStream(stream);
        try
        {
            await StepAsync(token => tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = host }, token), cancellationToken);
        }
        catch (System.Security.Authentication.AuthenticationException e)
        {
            await tls.DisposeAsync();
            throw new SmtpException("certificate", innerException: e);
        }

        Use(tls);
    }

    private void Use(Stream over)
    {
        stream = over;
        reader = PipeReader.Create(over, new StreamPipeReaderOptions(leaveOpen: true));
    }

    private async Task<SmtpReply> CommandAsync(string line, string step, int expected, CancellationToken cancellationToken)
    {
        await StepAsync(token => stream.WriteAsync(Encoding.ASCII.GetBytes(line + "\r\n"), token).AsTask(), cancellationToken);
        return Require(await ReadReplyAsync(cancellationToken), step, expected);
    }

    /// <summary>A line that begins with a dot gets another (RFC 5321, 4.5.2): none ends the message before its end.</summary>
    private async Task WriteMessageAsync(byte[] message, CancellationToken cancellationToken)
    {
        var escaped = new ArrayBufferWriter<byte>(message.Length + 64);
        var lineStart = true;
        foreach (var b in message)
        {
            if (lineStart && b == '.')
            {
                escaped.Write("."u8);
            }

            escaped.Write([b]);
            lineStart = b == '\n';
        }

        escaped.Write(lineStart ? ".\r\n"u8 : "\r\n.\r\n"u8);
        await stream.WriteAsync(escaped.WrittenMemory, cancellationToken);
    }

    private async Task<SmtpReply> ReadReplyAsync(CancellationToken cancellationToken)
    {
        var lines = new List<string>();
        var code = 0;
        await StepAsync(
            async token =>
            {
                bool more;
                do
                {
                    var line = await ReadLineAsync(token);
                    if (line.Length < 3 || !int.TryParse(line.AsSpan(0, 3), NumberStyles.None, CultureInfo.InvariantCulture, out code) || code is < 200 or > 599 || lines.Count == MaxLines)
                    {
                        throw new SmtpException("not_smtp");
                    }

                    more = line.Length > 3 && line[3] == '-';
                    lines.Add(line.Length > 4 ? line[4..] : "");
                }
                while (more);
            },
            cancellationToken);
        return new(code, lines);
    }

    private async Task<string> ReadLineAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var read = await reader.ReadAsync(cancellationToken);
            if (read.Buffer.PositionOf((byte)'\n') is { } end)
            {
                var line = Encoding.Latin1.GetString(read.Buffer.Slice(0, end)).TrimEnd('\r');
                reader.AdvanceTo(read.Buffer.GetPosition(1, end));
                return line;
            }

            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            if (read.IsCompleted)
            {
                throw new IOException("The mail server closed the connection.");
            }

            if (read.Buffer.Length > MaxLine)
            {
                throw new SmtpException("not_smtp");
            }
        }
    }

    /// <summary>One step with its time limit; what breaks the connection comes out as one kind of error.</summary>
    private async Task StepAsync(Func<CancellationToken, Task> step, CancellationToken cancellationToken)
    {
        using var late = new CancellationTokenSource(StepTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        try
        {
            await step(either.Token);
        }
        catch (OperationCanceledException e) when (late.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new IOException("The mail server took too long.", e);
        }
        catch (SocketException e)
        {
            throw new IOException(e.SocketErrorCode.ToString(), e);
        }
    }

    private static SmtpReply Require(SmtpReply reply, string step, int expected) =>
        reply.Code == expected || (expected == 250 && reply.Code == 251) ? reply : throw new SmtpException($"{step}_{reply.Code}", reply.Code);

    // This machine, as far as it has a name that the protocol allows.
    private static string Hello() => Uri.CheckHostName(Environment.MachineName) == UriHostNameType.Dns ? $"EHLO {Environment.MachineName}" : "EHLO localhost";

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
