using System.Globalization;
using Colloque.Conversations;
using Colloque.Security;

namespace Colloque.Files;

/// <summary>A request for a file by the path that document 004 gives files: what its link claims, nothing of it believed yet.</summary>
/// <param name="Name"><c>chat-file-{32 hex}.{extension}</c>.</param>
/// <param name="Expires">Seconds since 1970.</param>
/// <param name="Ticket">Sealed.</param>
/// <param name="Signature">Over all of these.</param>
public sealed record ChatFileRequest(string Name, string? Expires, string? Ticket, string? Signature);

/// <summary>
/// The links of document 004: <c>/assets/chat_files/chat-file-{hex}.{ext}?expires=&amp;ticket=&amp;signature=</c>. Each is made for one person and good for five minutes, like those of
/// <see cref="StorageLinks"/>; without its query it is nobody's.
/// </summary>
public sealed class ChatFileLinks(MasterKey master, TimeProvider time)
{
    /// <summary>Where they lead; ends without a slash.</summary>
    public const string Path = "/assets/chat_files";

    private const string Bucket = "chat_files";
    private const string Method = "GET";
    private const int MaxName = 60;

    private readonly LinkSeal seal = new(master);

    /// <summary>A path on this server, for a file that the caller has just been shown.</summary>
    public string UrlOf(Caller caller, Guid conversationId, FileView file)
    {
        var type = FileType.Of(file.MimeType)!;
        var name = $"chat-file-{file.Id:N}.{type.Extensions[0]}";
        var expires = (time.GetUtcNow() + StorageLinks.Lifetime).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var ticket = seal.Seal(StorageLinks.Write(new(caller, conversationId, file.Id, name, file.SizeBytes, type)), Context(name, expires));
        return $"{Path}/{name}?expires={expires}&ticket={ticket}&signature={seal.Sign(Method, Bucket, name, expires, ticket)}";
    }

    /// <exception cref="Refusal">403: forged, changed or expired, one answer for all.</exception>
    internal FileTicket Read(ChatFileRequest request)
    {
        var (name, expires, ticket, signature) = request;
        return expires is not null && ticket is not null && signature is not null && name.Length <= MaxName
            && seal.Verify(signature, Method, Bucket, name, expires, ticket)
            && long.TryParse(expires, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            && seconds > time.GetUtcNow().ToUnixTimeSeconds()
            && StorageLinks.Read(seal.Open(ticket, Context(name, expires)), name) is { } read
                ? read
                : throw FileRefusals.Link();
    }

    private static string Context(string name, string expires) => $"{Method} {Bucket} {name} {expires}";
}
