using System.Buffers.Text;
using System.Text;

namespace Colloque.Load.Net;

/// <summary>A keep-alive HTTP/1.1 connection with one GET on the way.</summary>
internal abstract class HttpLink(EventLoop loop) : Link(loop)
{
    private byte[] body = new byte[1 << 16];
    private int bodyLength;

    /// <summary>An answer came whole. The bytes are good until this returns.</summary>
    protected abstract void OnAnswer(int status, ReadOnlySpan<byte> body);

    /// <summary>Sends a request that has no body, already written out.</summary>
    protected void Request(ReadOnlySpan<byte> request)
    {
        request.CopyTo(Reserve(request.Length));
        Flush();
    }

    protected override int Take(ReadOnlySpan<byte> bytes)
    {
        var head = bytes.IndexOf("\r\n\r\n"u8) + 4;
        if (head < 4)
            return 0;
        var fields = bytes[..head];
        var length = fields.IndexOf("\r\nTransfer-Encoding: chunked\r\n"u8) >= 0
            ? Chunks(bytes[head..])
            : Counted(fields, bytes[head..]);
        if (length < 0)
            return 0;
        OnAnswer(Utf8Parser.TryParse(bytes["HTTP/1.1 ".Length..], out int status, out _) ? status : 0, body.AsSpan(0, bodyLength));
        return head + length;
    }

    private int Counted(ReadOnlySpan<byte> fields, ReadOnlySpan<byte> bytes)
    {
        var name = "\r\nContent-Length: "u8;
        var at = fields.IndexOf(name);
        if (at < 0 || !Utf8Parser.TryParse(fields[(at + name.Length)..], out int length, out _))
        {
            Close("an answer without a length: " + Encoding.ASCII.GetString(fields[..fields.IndexOf((byte)'\r')]));
            return -1;
        }

        if (bytes.Length < length)
            return -1;
        bodyLength = 0;
        Append(bytes[..length]);
        return length;
    }

    // The bytes taken up to and with the last chunk; -1 while it has not come.
    private int Chunks(ReadOnlySpan<byte> bytes)
    {
        bodyLength = 0;
        for (var at = 0; ;)
        {
            var line = bytes[at..].IndexOf("\r\n"u8);
            if (line < 0 || !Utf8Parser.TryParse(bytes[at..], out int size, out _, 'x'))
                return -1;
            at += line + 2;
            if (bytes.Length < at + size + 2)
                return -1;
            Append(bytes.Slice(at, size));
            at += size + 2;
            if (size == 0)
                return at;
        }
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        if (bodyLength + bytes.Length > body.Length)
            Array.Resize(ref body, Math.Max(body.Length * 2, bodyLength + bytes.Length));
        bytes.CopyTo(body.AsSpan(bodyLength));
        bodyLength += bytes.Length;
    }
}
