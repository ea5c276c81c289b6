using System.Net;

namespace Colloque.Server.Tests.Files;

/// <summary>A body whose second half waits for a word.</summary>
internal sealed class SlowBody : HttpContent
{
    private readonly int size;
    private readonly TaskCompletionSource begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource finish = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal SlowBody(int size)
    {
        this.size = size;
        Headers.ContentType = new("application/pdf");
    }

    /// <summary>Done when the first half has left.</summary>
    internal Task Begun => begun.Task;

    internal void Finish() => finish.TrySetResult();

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        await stream.WriteAsync(new byte[size / 2]);
        await stream.FlushAsync();
        begun.TrySetResult();
        await finish.Task;
        await stream.WriteAsync(new byte[size - (size / 2)]);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = size;
        return true;
    }
}
