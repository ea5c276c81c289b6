using Colloque.Conversations;
using Colloque.Security;
using Colloque.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colloque.Files;

/// <summary>A file as it comes in one body with the message that shows it.</summary>
/// <param name="Filename">As the form states it.</param>
/// <param name="MimeType">As the form states it.</param>
/// <param name="Body">To be read before the next is asked for.</param>
public sealed record IncomingFile(string? Filename, string? MimeType, Stream Body);

/// <summary>Takes a message and its files in one body: all of it, or nothing.</summary>
public sealed class TakeMessage(Verbs verbs, TakeFile take, PostMessage post, MessageLog log)
{
    /// <summary>Answers after the commit. Not to be run inside a unit of work.</summary>
    /// <param name="caller">Who sends it.</param>
    /// <param name="conversationId">Where.</param>
    /// <param name="files">In the order in which they are shown; read one after the other, none kept in memory.</param>
    /// <param name="words">What comes with them, once all files are read. Their ids are added.</param>
    /// <param name="cancellationToken">The client is gone: nothing is kept.</param>
    /// <returns>The message; a repeat under the same client id gives the first one, and its files again are dropped.</returns>
    /// <exception cref="Refusal">As <see cref="TakeFile"/> and <see cref="PostMessage"/>; 422 <c>fileIds</c> more than <see cref="MessageRequest.MaxFiles"/>.</exception>
    public async Task<MessageView> RunAsync(
        Caller caller, Guid conversationId, IAsyncEnumerable<IncomingFile> files, Func<MessageRequest> words, CancellationToken cancellationToken)
    {
        var staged = new List<StoredFile>();
        try
        {
            await foreach (var file in files.WithCancellation(cancellationToken))
            {
                if (staged.Count == MessageRequest.MaxFiles)
                {
                    throw Refusal.Invalid("fileIds", "too_many");
                }

                staged.Add(await take.StageAsync(caller, conversationId, file.Filename, file.MimeType, file.Body, cancellationToken));
            }

            var request = words();
            if (await FirstAsync(caller, conversationId, request, staged, cancellationToken) is { } first)
            {
                await take.DropAsync(caller, staged);
                return first;
            }

            return await post.RunAsync(caller, conversationId, request with { FileIds = [.. staged.Select(static f => f.Id)] }, cancellationToken);
        }
        catch
        {
            await take.DropAsync(caller, staged);
            throw;
        }
    }

    /// <summary>The message of an earlier, equal call: the files of this one are others, by their ids.</summary>
    private async Task<MessageView?> FirstAsync(Caller caller, Guid conversationId, MessageRequest request, List<StoredFile> staged, CancellationToken cancellationToken)
    {
        if (request.ClientMsgId is not { } key || staged.Count == 0
            || await verbs.RunAsync(caller, (FindOwnMessage verb) => verb.RunAsync(conversationId, key, cancellationToken), cancellationToken) is not { } id)
        {
            return null;
        }

        var first = await log.OneAsync(caller, conversationId, id, cancellationToken);
        // Sizes stand for contents here: whoever sends other files under a spent id gets the first ones' message back, not a mix.
        var same = first.DeletedAt is not null || first.Version > 1
            || (first.Text == request.Text && first.Files.Select(static f => (f.MimeType, f.SizeBytes)).Order().SequenceEqual(staged.Select(static f => (f.MimeType, f.SizeBytes)).Order()));
        return same ? first : throw ConversationRefusals.ClientMsgIdReused();
    }
}

/// <summary>The caller's own message by the id that they gave it.</summary>
public sealed class FindOwnMessage(ColloqueDb db, CallerScope scope)
{
    /// <summary>One query; null for none in this conversation.</summary>
    /// <exception cref="Refusal">403 administrators.</exception>
    public async Task<Guid?> RunAsync(Guid conversationId, string clientMsgId, CancellationToken cancellationToken)
    {
        var caller = scope.Required.RequireClinical();
        var found = await db.Database.SqlQuery<Guid>(
            $"""select id "Value" from messages where sender_id = {caller.UserId} and client_msg_id = {clientMsgId} and conversation_id = {conversationId}""").ToListAsync(cancellationToken);
        return found is [var one] ? one : null;
    }
}
