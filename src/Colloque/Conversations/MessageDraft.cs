namespace Colloque.Conversations;

/// <summary>What a person wants to send.</summary>
/// <param name="Text">The words; null where files say it all.</param>
/// <param name="ClientMsgId">The sender's own id for it, 1..128 characters: the same again is the same message. Null for none.</param>
public sealed record MessageRequest(string? Text, string? ClientMsgId = null)
{
    /// <summary>Files of one message at most (M).</summary>
    public const int MaxFiles = 5;

    /// <summary>Uploads that it shows, in their order; each was announced for this conversation by the same person.</summary>
    public IReadOnlyList<Guid> FileIds { get; init; } = [];

    /// <summary>The message that it answers.</summary>
    public Guid? ReplyTo { get; init; }

    /// <summary>It cannot wait.</summary>
    public bool IsUrgent { get; init; }

    /// <summary>An answer is asked for.</summary>
    public bool RequiresResponse { get; init; }

    /// <summary>What it is about, in a word of <see cref="MessageIntents"/>.</summary>
    public string? Intent { get; init; }

    /// <summary>The message to append, limits checked.</summary>
    /// <exception cref="Refusal">422 <c>text</c>, <c>clientMsgId</c>, <c>intent</c>.</exception>
    internal MessageDraft Draft(Guid id, string clientMsgId, IReadOnlyList<FileView> files) => new(
        id, clientMsgId, files.Count == 0 ? MessageKind.Text : MessageKind.File, files.Count > 0 && Text is null ? null : MessageText.Parse(Text))
    {
        Files = files,
        ReplyTo = ReplyTo,
        IsUrgent = IsUrgent,
        RequiresResponse = RequiresResponse,
        Intent = MessageIntents.Parse(Intent),
    };
}

/// <summary>A message to append, limits already checked.</summary>
/// <param name="Id">Its id to be.</param>
/// <param name="ClientMsgId">The sender's id for it.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Text">The words; those of a file are its caption, those of the system's own messages a word of <see cref="SystemWords"/>.</param>
public sealed record MessageDraft(Guid Id, string ClientMsgId, MessageKind Kind, string? Text)
{
    /// <summary>For <see cref="MessageKind.File"/>: one or more.</summary>
    public IReadOnlyList<FileView> Files { get; init; } = [];

    /// <inheritdoc cref="MessageRequest.ReplyTo"/>
    public Guid? ReplyTo { get; init; }

    /// <inheritdoc cref="MessageRequest.IsUrgent"/>
    public bool IsUrgent { get; init; }

    /// <inheritdoc cref="MessageRequest.RequiresResponse"/>
    public bool RequiresResponse { get; init; }

    /// <inheritdoc cref="MessageRequest.Intent"/>
    public string? Intent { get; init; }

    /// <summary>1 urgent, 2 an answer is asked for: as the row has it.</summary>
    internal short Flags => (short)((IsUrgent ? 1 : 0) | (RequiresResponse ? 2 : 0));
}
