namespace Colloque.Files;

/// <summary>Every way pictures say no, beyond the common ones of <see cref="Refusal"/>.</summary>
internal static class PictureRefusals
{
    /// <summary>422: neither JPEG, PNG, GIF nor WebP by its first bytes.</summary>
    internal static Refusal Type() => Refusal.Invalid("file", "unsupported_picture");

    /// <summary>422: cut off, contradicting itself, or with parts that no picture of this kind has.</summary>
    internal static Refusal Unreadable() => Refusal.Invalid("file", "picture_unreadable");

    /// <summary>422: more than <see cref="PictureCleaning.MaxPixels"/>, in one frame or, of an animation, in all.</summary>
    internal static Refusal TooManyPixels() => Refusal.Invalid("file", "too_many_pixels");

    /// <summary>413: more than <see cref="PictureCleaning.MaxBytes"/>.</summary>
    internal static Refusal TooLarge() => Refusal.Invalid("file", FileRefusals.BodyTooLargeCode);
}
