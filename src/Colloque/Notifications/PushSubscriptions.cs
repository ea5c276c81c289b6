using System.Buffers.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Colloque.Security;
using Colloque.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colloque.Notifications;

/// <summary>Where a device is reached, and with which keys; sealed in its row.</summary>
internal sealed record PushTarget(string Endpoint, byte[] Point, byte[] Secret)
{
    internal byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, PushTargetJson.Default.PushTarget);

    internal static PushTarget? Parse(byte[] bytes) => JsonSerializer.Deserialize(bytes, PushTargetJson.Default.PushTarget);

    /// <summary>Never the address, whatever prints this.</summary>
    public override string ToString() => nameof(PushTarget);
}

[JsonSerializable(typeof(PushTarget))]
internal sealed partial class PushTargetJson : JsonSerializerContext;

/// <summary>A device of the caller's asks to be told. It is the caller's alone from then on, whoever had it before.</summary>
public sealed class SubscribeToPush(ColloqueDb db, PushSeal seal, PushSettings settings, TimeProvider time)
{
    /// <summary>One statement; the oldest of more than ten of a person goes.</summary>
    /// <param name="endpoint">The push service's address for the device.</param>
    /// <param name="point">Its public key, <c>p256dh</c>, base64url.</param>
    /// <param name="secret">Its 16 bytes, <c>auth</c>, base64url.</param>
    /// <param name="cancellationToken">Rolls back.</param>
    /// <exception cref="Refusal">422 <c>endpoint</c> (<c>push_endpoint</c>: not https, or no public address), <c>keys</c>.</exception>
    public async Task<bool> RunAsync(string? endpoint, string? point, string? secret, CancellationToken cancellationToken)
    {
        var address = PushEndpoint.Parse(endpoint, settings.AllowPrivateEndpoints) ?? throw Refusal.Invalid("endpoint", "push_endpoint");
        if (Decode(point, PushCipher.PointSize) is not { } key || !PushCipher.IsPoint(key) || Decode(secret, PushCipher.SecretSize) is not { } auth)
        {
            throw Refusal.Invalid("keys");
        }

        var hash = PushSeal.Hash(address.AbsoluteUri);
        var content = seal.Seal(hash, new PushTarget(address.AbsoluteUri, key, auth).ToBytes());
        var now = time.GetMoment();
        await db.Database.ExecuteSqlAsync($"select push_subscribe({Guid.CreateVersion7(now)}, {hash}, {content}, {now})", cancellationToken);
        return true;
    }

    /// <summary>Base64url, padded or not, of so many bytes; else null.</summary>
    private static byte[]? Decode(string? text, int size) =>
        text is { Length: > 0 and <= 100 } && Base64Url.IsValid(text, out var length) && length == size ? Base64Url.DecodeFromChars(text) : null;
}

/// <summary>A device of the caller's asks to be told no more.</summary>
public sealed class UnsubscribeFromPush(ColloqueDb db, CallerScope scope)
{
    /// <summary>One statement; answers with how many there were: 0 or 1.</summary>
    /// <exception cref="Refusal">422 <c>endpoint</c>.</exception>
    public Task<int> RunAsync(string? endpoint, CancellationToken cancellationToken)
    {
        // As it was spelt when it was subscribed.
        var address = PushEndpoint.Parse(endpoint, allowPrivate: true) ?? throw Refusal.Invalid("endpoint", "push_endpoint");
        var hash = PushSeal.Hash(address.AbsoluteUri);
        return db.Database.ExecuteSqlAsync($"delete from push_subscriptions where hash = {hash} and user_id = {scope.Required.UserId}", cancellationToken);
    }
}
