using System.Buffers.Text;
using System.Text.Json;

namespace Colloque.Security;

/// <summary>
/// What an installation says who it is with to push services (RFC 8292): one key for as long as its key file lives, also after a rotation, because a browser's subscription
/// is bound to it. Derived, so that there is nothing more to keep or to seal.
/// </summary>
public sealed class PushKey(MasterKey master, TimeProvider time) : IDisposable
{
    /// <summary>A token of a day is the longest that is allowed.</summary>
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(12);

    private readonly Es256Key key = Es256Key.Derive(master, "web push application server 1");

    /// <summary>The public point, uncompressed, in base64url: the <c>applicationServerKey</c> of a subscription.</summary>
    public string Public => Base64Url.EncodeToString([4, .. Base64Url.DecodeFromChars(key.X), .. Base64Url.DecodeFromChars(key.Y)]);

    /// <summary>The value of the <c>Authorization</c> header for one push service.</summary>
    /// <param name="endpoint">The subscription's address; its origin is the audience.</param>
    /// <param name="contact">An https or mailto address of the operator; null for none.</param>
    public string Authorize(Uri endpoint, string? contact)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>(160);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("aud", endpoint.GetLeftPart(UriPartial.Authority));
            json.WriteNumber("exp", (time.GetUtcNow() + Lifetime).ToUnixTimeSeconds());
            if (contact is not null)
            {
                json.WriteString("sub", contact);
            }

            json.WriteEndObject();
        }

        return $"vapid t={Jws.Sign(key, "JWT", buffer.WrittenSpan)}, k={Public}";
    }

    /// <inheritdoc/>
    public void Dispose() => key.Dispose();
}
