namespace Colloque.Files;

/// <summary>Every way files say no, beyond the common ones of <see cref="Refusal"/>.</summary>
public static class FileRefusals
{
    /// <summary>The code that HTTP answers with 413.</summary>
    public const string BodyTooLargeCode = "body_too_large";

    /// <summary>422: empty, too long, or with characters that lie about what they show.</summary>
    internal static Refusal Filename() => Refusal.Invalid("filename", "filename_invalid");

    /// <summary>422: the name says another type than the announced one.</summary>
    internal static Refusal Extension() => Refusal.Invalid("filename", "extension_mismatch");

    /// <summary>422: not one of the types that conversations take.</summary>
    internal static Refusal Type() => Refusal.Invalid("mimeType", "unsupported_type");

    /// <summary>422: absent, or less than one byte.</summary>
    internal static Refusal Size() => Refusal.Invalid("sizeBytes");

    /// <summary>422: over <see cref="FileAnnouncement.MaxSize"/>.</summary>
    internal static Refusal TooLarge() => Refusal.Invalid("sizeBytes", "too_large");

    /// <summary>422: not 64 hexadecimal digits.</summary>
    internal static Refusal Sha256() => Refusal.Invalid("sha256");

    /// <summary>429: too many uploads under way.</summary>
    internal static Refusal TooManyOpen(TimeSpan retryAfter) => new(RefusalKind.TooMany, "too_many_uploads", retryAfter: retryAfter);

    /// <summary>409: as many as one person may keep; one has to go first.</summary>
    internal static Refusal TooMany() => new(RefusalKind.Conflict, "too_many_files");

    /// <summary>409: the sender, or the organization, keeps as much as it may.</summary>
    internal static Refusal QuotaReached() => new(RefusalKind.Conflict, "quota_reached");

    /// <summary>409: confirmed before anything was uploaded.</summary>
    internal static Refusal UploadMissing() => new(RefusalKind.Conflict, "upload_missing", "fileId");

    /// <summary>422: size, SHA-256 or type by content differ from what was announced; the upload is gone.</summary>
    internal static Refusal ContentMismatch() => Refusal.Invalid("fileId", "content_mismatch");

    /// <summary>422: macros, scripts, or what fetches or starts something when it is opened; the upload is gone.</summary>
    internal static Refusal ActiveContent() => Refusal.Invalid("fileId", "active_content");

    /// <summary>422: a small file that is a huge one once unpacked; the upload is gone.</summary>
    internal static Refusal UnpacksTooLarge() => Refusal.Invalid("fileId", "unpacks_too_large");

    /// <summary>422: clamd knows it; the upload is gone.</summary>
    internal static Refusal Infected() => Refusal.Invalid("fileId", "infected");

    /// <summary>403 at the storage door: forged, expired, or spent. One answer for all.</summary>
    internal static Refusal Link() => new(RefusalKind.Forbidden, "link_invalid");

    /// <summary>413 at the storage door: more bytes than announced.</summary>
    internal static Refusal BodyTooLarge() => Refusal.Invalid("sizeBytes", BodyTooLargeCode);

    /// <summary>422 at the storage door: fewer bytes than announced.</summary>
    internal static Refusal BodyTooShort() => Refusal.Invalid("sizeBytes", "size_mismatch");

    /// <summary>422 at the storage door: another <c>Content-Type</c> than announced.</summary>
    internal static Refusal BodyType() => Refusal.Invalid("mimeType", "type_mismatch");

    /// <summary>409 at the storage door: the same link is being used at this moment.</summary>
    internal static Refusal UploadUnderWay() => new(RefusalKind.Conflict, "upload_under_way");

    /// <summary>503: the object is lost or damaged.</summary>
    internal static Refusal Unreadable() => Refusal.Unavailable("file_unreadable");
}
