using Colloque.Security;

namespace Colloque.Files;

/// <summary>What a picture shows.</summary>
public enum PictureKind
{
    /// <summary>A person.</summary>
    Avatar,

    /// <summary>The top of a person's or an organization's page.</summary>
    Cover,

    /// <summary>An organization's mark.</summary>
    Logo,
}

/// <summary>A picture as it is stored: cleaned, encrypted under a key of its own, found by a name that cannot be guessed.</summary>
internal sealed record Picture(Guid Id, string Name, Guid OwnerId, PictureKind Kind, int SizeBytes, string ObjectKey, byte[] Secret)
{
    /// <summary>The name's extension by the content's type, and back.</summary>
    private static readonly (FileType Type, string Extension)[] Extensions = [(FileType.Jpeg, "jpg"), (FileType.Png, "png"), (FileType.Gif, "gif"), (FileType.Webp, "webp")];

    internal string Url => $"/pictures/{Name}";

    internal StoredObject Object => new(Id, ObjectKey, Secret, SizeBytes);

    internal static string NameOf(FileType type) => $"{PictureName.New()}.{Extensions.Single(e => e.Type == type).Extension}";

    /// <summary>The type of a picture by its name; null for what is no picture's name.</summary>
    internal static FileType? TypeOf(string name) =>
        name.Length is 36 or 37 && name[32] == '.' && name.AsSpan(0, 32).IndexOfAnyExcept(NameLetters) < 0 ? Extensions.SingleOrDefault(e => name.AsSpan(33).SequenceEqual(e.Extension)).Type : null;

    internal byte[] Seal(DataKey key) => ContentCipher.Seal(key, Secret, Place(Id, OwnerId));

    internal static byte[] OpenSecret(DataKey key, byte[] record, Guid id, Guid ownerId) => ContentCipher.Open(key, record, Place(id, ownerId));

    private static SealedPlace Place(Guid id, Guid ownerId) => new("pictures.sealed", Guid.Empty, Guid.Empty, id, ownerId, 1);

    private static readonly System.Buffers.SearchValues<char> NameLetters =
        System.Buffers.SearchValues.Create("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");
}
