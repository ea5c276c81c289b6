namespace Colloque.Conversations;

/// <summary>Every way conversations say no, beyond the common ones of <see cref="Refusal"/>.</summary>
internal static class ConversationRefusals
{
    internal static Refusal Closed() => new(RefusalKind.Conflict, "consultation_closed");

    internal static Refusal ClientMsgIdReused() => new(RefusalKind.Conflict, "client_msg_id_reused", "clientMsgId");

    internal static Refusal OwnMessage() => new(RefusalKind.Conflict, "own_message", "messageId");

    internal static Refusal NotYours() => new(RefusalKind.Forbidden, "not_your_message", "messageId");

    internal static Refusal EditWindowOver() => new(RefusalKind.Conflict, "edit_window_over", "messageId");

    internal static Refusal Deleted() => new(RefusalKind.Conflict, "message_deleted", "messageId");

    internal static Refusal Archived() => new(RefusalKind.Conflict, "conversation_archived");

    internal static Refusal NoSuchReply() => Refusal.Invalid("replyTo", "no_such_message");

    internal static Refusal TooManyPins() => new(RefusalKind.Conflict, "too_many_pins", "messageId");

    internal static Refusal NotUrgent() => new(RefusalKind.Conflict, "not_urgent", "messageId");

    internal static Refusal FileSentAlready() => new(RefusalKind.Conflict, "file_sent_already", "fileIds");

    internal static Refusal IsReport() => new(RefusalKind.Conflict, "file_is_report", "messageId");

    internal static Refusal NoCareRelation() => new(RefusalKind.NotFound, "no_care_relation");

    internal static Refusal NotText() => new(RefusalKind.Conflict, "not_a_text", "messageId");
}
