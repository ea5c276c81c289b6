using System.Buffers.Binary;
using System.Globalization;
using Colloque.Security;

namespace Colloque.Files;

/// <summary>A request at the storage door: everything that its link claims, nothing of it believed yet.</summary>
/// <param name="Method"><c>PUT</c> or <c>GET</c> (which also covers <c>HEAD</c>).</param>
/// <param name="Bucket">The first part of the path.</param>
/// <param name="ObjectKey">The rest of the path.</param>
/// <param name="Expires">Seconds since 1970.</param>
/// <param name="Ticket">Sealed.</param>
/// <param name="Signature">Over all of these.</param>
public sealed record StorageRequest(string Method, string Bucket, string ObjectKey, string? Expires, string? Ticket, string? Signature);

/// <summary>For whom a link was made and to what it leads. A file of a person is in no conversation: <see cref="Guid.Empty"/>.</summary>
internal sealed record FileTicket(Caller Caller, Guid ConversationId, Guid FileId, string ObjectKey, long Size, FileType Type);

/// <summary>
/// Makes and reads presigned links: <c>{base}/storage/{bucket}/{objectKey}?expires=&amp;ticket=&amp;signature=</c>. The ticket carries the
/// person and the file, sealed; the file's name and key stay in the database, where the door fetches them as that person, under that
/// person's policies. A link therefore dies with its holder's seat, and holds no secret that outlives it.
/// </summary>
public sealed class StorageLinks(MasterKey master, TimeProvider time)
{
    /// <summary>The one bucket of the embedded store.</summary>
    internal const string Bucket = "files";

    internal const string Upload = "PUT";
    internal const string Download = "GET";

    /// <summary>How long a link is good.</summary>
    internal static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    private const byte Version = 1;
    private const int TicketSize = 1 + 1 + 8 + 1 + (5 * 16);

    private readonly LinkSeal seal = new(master);

    internal (string Url, DateTimeOffset ExpiresAt) Make(string method, FileTicket ticket, string baseUrl)
    {
        var expiresAt = DateTimeOffset.FromUnixTimeSeconds((time.GetUtcNow() + Lifetime).ToUnixTimeSeconds());
        var expires = expiresAt.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var sealedTicket = seal.Seal(Write(ticket), Context(method, Bucket, ticket.ObjectKey, expires));
        var signature = seal.Sign(method, Bucket, ticket.ObjectKey, expires, sealedTicket);
        return ($"{baseUrl.TrimEnd('/')}/storage/{Bucket}/{ticket.ObjectKey}?expires={expires}&ticket={sealedTicket}&signature={signature}", expiresAt);
    }

    /// <exception cref="Refusal">403: forged, changed or expired, one answer for all.</exception>
    internal FileTicket Read(StorageRequest request)
    {
        var (method, bucket, key, expires, ticket, signature) = request;
        if (expires is null || ticket is null || signature is null || !StoredObject.IsKey(key)
            || !seal.Verify(signature, method, bucket, key, expires, ticket)
            || !long.TryParse(expires, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            || seconds <= time.GetUtcNow().ToUnixTimeSeconds()
            || Read(seal.Open(ticket, Context(method, bucket, key, expires)), key) is not { } read)
        {
            throw FileRefusals.Link();
        }

        return read;
    }

    private static string Context(string method, string bucket, string key, string expires) => $"{method} {bucket} {key} {expires}";

    internal static byte[] Write(FileTicket ticket)
    {
        var bytes = new byte[TicketSize];
        bytes[0] = Version;
        bytes[1] = (byte)ticket.Caller.Role;
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(2), ticket.Size);
        bytes[10] = (byte)FileType.All.IndexOf(ticket.Type);
        var at = 11;
        foreach (var id in (ReadOnlySpan<Guid>)[ticket.Caller.OrganizationId, ticket.Caller.UserId, ticket.Caller.SignInId, ticket.ConversationId, ticket.FileId])
        {
            id.TryWriteBytes(bytes.AsSpan(at), bigEndian: true, out _);
            at += 16;
        }

        return bytes;
    }

    internal static FileTicket? Read(byte[]? bytes, string key) => bytes is { Length: TicketSize } && bytes[0] == Version ? Open(bytes, key) : null;

    private static FileTicket Open(byte[] bytes, string key)
    {
        Guid Id(int n) => new(bytes.AsSpan(11 + (16 * n), 16), bigEndian: true);
        var caller = new Caller(Id(0), Id(1), (Role)bytes[1], Id(2));
        return new(caller, Id(3), Id(4), key, BinaryPrimitives.ReadInt64BigEndian(bytes.AsSpan(2)), FileType.All[bytes[10]]);
    }
}
