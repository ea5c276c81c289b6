using Colloque.Files;
using Colloque.Security;

namespace Colloque.Conversations;

/// <summary>Sends words, files that were uploaded for it, or both, once per client id: what the contracts call.</summary>
public sealed class PostMessage(SendMessage words, ConfirmFile files)
{
    /// <summary>Appends, and answers after the commit. Not to be run inside a unit of work.</summary>
    /// <exception cref="Refusal">As <see cref="SendMessage"/> and, with files, <see cref="ConfirmFile"/>.</exception>
    public Task<MessageView> RunAsync(Caller caller, Guid conversationId, MessageRequest request, CancellationToken cancellationToken) =>
        request.FileIds.Count == 0 ? words.RunAsync(caller, conversationId, request, cancellationToken) : WithFilesAsync(caller, conversationId, request, cancellationToken);

    private async Task<MessageView> WithFilesAsync(Caller caller, Guid conversationId, MessageRequest request, CancellationToken cancellationToken) =>
        (await files.RunAsync(caller, conversationId, request, cancellationToken)).Message;
}
