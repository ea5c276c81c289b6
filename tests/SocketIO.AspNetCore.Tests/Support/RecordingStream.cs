using System.Threading.Channels;

namespace SocketIO.AspNetCore.Tests.Support;

/// <summary>A connection whose incoming bytes the test supplies, and whose every write it sees.</summary>
internal sealed class RecordingStream : Stream
{
    private readonly Channel<byte[]> _incoming = Channel.CreateUnbounded<byte[]>();
    private readonly Channel<byte[]> _writes = Channel.CreateUnbounded<byte[]>();
    private byte[] _rest = [];

    /// <summary>When set, writes wait for it: a peer that does not read.</summary>
    public Task WriteGate { get; set; } = Task.CompletedTask;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Brings bytes in.</summary>
    public void Receive(params byte[] bytes) => _incoming.Writer.TryWrite(bytes);

    /// <summary>Ends the connection from the peer's side.</summary>
    public void EndReceiving() => _incoming.Writer.Complete();

    /// <summary>The bytes of the next write.</summary>
    public ValueTask<byte[]> NextWriteAsync() => _writes.Reader.ReadAsync(TestContext.Current.CancellationToken);

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_rest.Length == 0)
        {
            if (!await _incoming.Reader.WaitToReadAsync(cancellationToken) || !_incoming.Reader.TryRead(out _rest!))
            {
                _rest = [];
                return 0;
            }
        }

        var count = Math.Min(buffer.Length, _rest.Length);
        _rest.AsSpan(0, count).CopyTo(buffer.Span);
        _rest = _rest[count..];
        return count;
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await WriteGate;
        _writes.Writer.TryWrite(buffer.ToArray());
    }

    public override void Flush() => throw new NotSupportedException();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
