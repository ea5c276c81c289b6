using System.Text.Json;
using System.Text.Json.Serialization;

namespace Colloque.Notifications;

/// <summary>What lies sealed in a waiting mail's row.</summary>
internal sealed record MailContent(string Address, string? Link, string? OrganizationName, string? When = null, string? Calendar = null)
{
    internal byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, MailContentJson.Default.MailContent);

    internal static MailContent? Parse(byte[] bytes) => JsonSerializer.Deserialize(bytes, MailContentJson.Default.MailContent);
}

[JsonSerializable(typeof(MailContent))]
internal sealed partial class MailContentJson : JsonSerializerContext;
