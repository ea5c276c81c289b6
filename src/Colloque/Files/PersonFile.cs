using System.Text.Json;
using Colloque.Security;

namespace Colloque.Files;

/// <summary>What a file of a person is for.</summary>
public enum PersonFileKind
{
    /// <summary>For nobody else.</summary>
    Private,

    /// <summary>A practitioner's diploma; this and those below are shown to the platform's administrators too.</summary>
    Diploma,

    /// <summary>A licence to practise.</summary>
    Licence,

    /// <summary>A proof of identity.</summary>
    Identity,

    /// <summary>A proof of insurance.</summary>
    Insurance,
}

/// <summary>A file of a person as they see it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Kind">What it is for.</param>
/// <param name="Name">As its owner calls it.</param>
/// <param name="MimeType">Checked against the content.</param>
/// <param name="SizeBytes">Its size.</param>
/// <param name="Sha256">Of the content, 64 hexadecimal digits.</param>
/// <param name="CreatedAt">When it was announced.</param>
public sealed record PersonFileView(Guid Id, PersonFileKind Kind, string Name, string MimeType, long SizeBytes, string? Sha256, DateTimeOffset CreatedAt);

/// <summary>A file of a person, opened. It has a data key of its own, under the installation's key: it belongs to no organization, and erasing the key erases it.</summary>
internal sealed record PersonFile(
    Guid Id, Guid OwnerId, PersonFileKind Kind, FileStatus Status, FileType Type, long SizeBytes, string ObjectKey, FileLabel Label, DateTimeOffset CreatedAt)
{
    internal StoredObject Object => new(Id, ObjectKey, Label.Key, SizeBytes);

    internal PersonFileView View => new(Id, Kind, Label.Name, Type.MimeType, SizeBytes, Label.Sha256, CreatedAt);

    internal byte[] Seal(DataKey key) => ContentCipher.Seal(key, JsonSerializer.SerializeToUtf8Bytes(Label, FileJson.Default.FileLabel), Place(Id, OwnerId));

    internal static FileLabel OpenLabel(DataKey key, byte[] record, Guid id, Guid ownerId) =>
        JsonSerializer.Deserialize(ContentCipher.Open(key, record, Place(id, ownerId)), FileJson.Default.FileLabel)!;

    private static SealedPlace Place(Guid id, Guid ownerId) => new("person_files.sealed", Guid.Empty, Guid.Empty, id, ownerId, 1);
}
