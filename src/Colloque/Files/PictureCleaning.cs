using System.Buffers;

namespace Colloque.Files;

/// <summary>A picture without anything that is not for the eye.</summary>
/// <param name="Type">By its content.</param>
/// <param name="Width">In pixels, as stored (a JPEG may be turned when shown).</param>
/// <param name="Height">In pixels, as stored.</param>
/// <param name="Content">Rewritten.</param>
internal sealed record CleanPicture(FileType Type, int Width, int Height, byte[] Content);

/// <summary>
/// Checks a picture by its content and writes it anew from the parts that make it visible. What else it carries (where and by whom it
/// was taken, comments, previews of what was cut away, files behind its end) does not come along. Nothing is decoded into pixels.
/// </summary>
internal static class PictureCleaning
{
    /// <summary>Bytes of a picture: 5 MiB.</summary>
    internal const int MaxBytes = 5 * 1024 * 1024;

    /// <summary>Pixels of a profile's picture: 8 megapixels.</summary>
    internal const long MaxProfilePixels = 8_000_000;

    /// <summary>Pixels of any picture, and of each frame of an animation: 64 megapixels, above what telephones take. A reader's browser has four bytes for each.</summary>
    internal const long MaxPixels = 64_000_000;

    /// <summary>Pixels of all frames of an animation: whoever shows it decodes each.</summary>
    internal const long MaxAnimatedPixels = 128_000_000;

    /// <summary>Frames of an animation.</summary>
    internal const int MaxFrames = 500;

    // Cleaning takes a processor for a moment, and memory for the picture twice.
    private static readonly SemaphoreSlim Turns = new(Math.Max(1, Environment.ProcessorCount / 2));

    /// <summary>A turn to look through a file or to clean a picture: as many at once as half the processors. To be disposed.</summary>
    internal static async Task<IDisposable> TurnAsync(CancellationToken cancellationToken)
    {
        await Turns.WaitAsync(cancellationToken);
        return new Turn();
    }

    /// <summary>A profile's picture, cleaned.</summary>
    /// <exception cref="Refusal">413 too large; 422 not a picture, a broken one, or too many pixels.</exception>
    internal static CleanPicture Run(ReadOnlySpan<byte> content)
    {
        if (content.Length > MaxBytes)
        {
            throw PictureRefusals.TooLarge();
        }

        var clean = new ArrayBufferWriter<byte>(content.Length + 64);
        var (type, width, height) = Write(content, clean);
        return (long)width * height <= MaxProfilePixels ? new(type, width, height, clean.WrittenSpan.ToArray()) : throw PictureRefusals.TooManyPixels();
    }

    /// <summary>Writes a picture anew.</summary>
    /// <exception cref="Refusal">422 not a picture, a broken one, or too many pixels.</exception>
    internal static (FileType Type, int Width, int Height) Write(ReadOnlySpan<byte> content, ArrayBufferWriter<byte> clean)
    {
        var type = TypeOf(content);
        var (width, height) = type == FileType.Jpeg ? PictureJpeg.Clean(content, clean)
            : type == FileType.Png ? PicturePng.Clean(content, clean)
            : type == FileType.Gif ? PictureGif.Clean(content, clean)
            : PictureWebp.Clean(content, clean);
        return (type, width, height);
    }

    /// <summary>The same size, if it is one a picture may have.</summary>
    /// <exception cref="Refusal">422.</exception>
    internal static (int Width, int Height) Sound(long width, long height)
    {
        if (width < 1 || height < 1)
        {
            throw PictureRefusals.Unreadable();
        }

        return width * height <= MaxPixels ? ((int)width, (int)height) : throw PictureRefusals.TooManyPixels();
    }

    private static FileType TypeOf(ReadOnlySpan<byte> content) =>
        content.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]) ? FileType.Jpeg
        : content.StartsWith(PicturePng.Mark) ? FileType.Png
        : content.StartsWith("GIF87a"u8) || content.StartsWith("GIF89a"u8) ? FileType.Gif
        : content.StartsWith("RIFF"u8) && content.Length >= 12 && content[8..].StartsWith("WEBP"u8) ? FileType.Webp
        : throw PictureRefusals.Type();

    private sealed class Turn : IDisposable
    {
        private int done;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref done, 1) == 0)
            {
                Turns.Release();
            }
        }
    }
}

/// <summary>Counts the frames of an animation and their pixels.</summary>
internal struct FrameCount
{
    private int frames;
    private long pixels;

    /// <exception cref="Refusal">422: more than one picture may cost those who look at it.</exception>
    internal void Add(long width, long height)
    {
        frames++;
        pixels += width * height;
        if (frames > PictureCleaning.MaxFrames || pixels > PictureCleaning.MaxAnimatedPixels)
        {
            throw PictureRefusals.TooManyPixels();
        }
    }

    internal readonly bool IsEmpty => frames == 0;
}
