using System.Text.Json;
using System.Text.Json.Serialization;
using Colloque.Security;

namespace Colloque.Conversations;

/// <summary>One person's emoji on one message, sealed together: which they are is content too.</summary>
internal static class ReactionSeal
{
    internal static byte[] Seal(ConversationKeys keys, string[] emoji, Guid tenantId, Guid conversationId, Guid messageId, Guid userId) =>
        ContentCipher.Seal(
            keys.Current, JsonSerializer.SerializeToUtf8Bytes(emoji, ConversationJson.Default.StringArray), new("reactions.body", tenantId, conversationId, messageId, userId, 1));

    internal static string[] Open(ConversationKeys keys, byte[] body, Guid tenantId, Guid conversationId, Guid messageId, Guid userId) =>
        JsonSerializer.Deserialize(
            ContentCipher.Open(keys.For(body), body, new("reactions.body", tenantId, conversationId, messageId, userId, 1)), ConversationJson.Default.StringArray) ?? [];
}

[JsonSerializable(typeof(string[]))]
internal sealed partial class ConversationJson : JsonSerializerContext;
