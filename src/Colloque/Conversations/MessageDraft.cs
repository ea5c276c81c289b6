namespace Colloque.Conversations;

/// <summary>A message to append, limits already checked.</summary>
/// <param name="Id">Its id to be.</param>
/// <param name="ClientMsgId">The sender's id for it.</param>
/// <param name="Kind">Words or a file.</param>
/// <param name="Text">The words, for <see cref="MessageKind.Text"/>.</param>
/// <param name="File">The file, for <see cref="MessageKind.File"/>.</param>
public sealed record MessageDraft(Guid Id, string ClientMsgId, MessageKind Kind, string? Text, FileView? File = null);
