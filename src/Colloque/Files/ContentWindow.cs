namespace Colloque.Files;

/// <summary>A file read here and there in small pieces: what lies near the last piece costs no read.</summary>
internal sealed class ContentWindow(Stream content)
{
    private readonly byte[] window = new byte[32 * 1024];
    private long start;
    private int filled;

    /// <summary>Bytes of the file.</summary>
    internal long Length { get; } = content.Length;

    /// <summary>The bytes from a place on, fewer at the file's end. Good until the next read.</summary>
    /// <param name="at">Any place; beyond the end there is nothing.</param>
    /// <param name="count">At most 32 KiB.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    internal async ValueTask<ReadOnlyMemory<byte>> ReadAsync(long at, int count, CancellationToken cancellationToken)
    {
        if (at < 0 || at >= Length)
        {
            return default;
        }

        count = (int)Math.Min(count, Length - at);
        if (at < start || at + count > start + filled)
        {
            content.Position = at;
            filled = await content.ReadAtLeastAsync(window, (int)Math.Min(window.Length, Length - at), throwOnEndOfStream: false, cancellationToken);
            start = at;
        }

        return window.AsMemory((int)(at - start), Math.Min(count, filled));
    }
}
