namespace Colloque.Files;

/// <summary>What it takes to read or write one object of the store.</summary>
/// <param name="FileId">The file whose bytes they are.</param>
/// <param name="Key">Where it lies: <c>{2 hex}/{32 hex}</c>.</param>
/// <param name="Secret">32 bytes, for this object alone.</param>
/// <param name="Size">Bytes of content, exactly.</param>
/// <param name="Writing">The writing of it that was checked, where that is known: no other opens.</param>
internal sealed record StoredObject(Guid FileId, string Key, byte[] Secret, long Size, string? Writing = null)
{
    internal static StoredObject Of(StoredFile file, FileLabel label) => new(file.Id, file.ObjectKey, label.Key, file.SizeBytes, label.Writing);

    /// <summary>Whether a text is an object key: the only ones that ever become a path.</summary>
    internal static bool IsKey(string text) =>
        text.Length == 35 && text[2] == '/' && !text.AsSpan(0, 2).ContainsAnyExcept(Hex) && !text.AsSpan(3).ContainsAnyExcept(Hex)
        && text.AsSpan(3, 2).SequenceEqual(text.AsSpan(0, 2));

    private static readonly System.Buffers.SearchValues<char> Hex = System.Buffers.SearchValues.Create("0123456789abcdef");
}
