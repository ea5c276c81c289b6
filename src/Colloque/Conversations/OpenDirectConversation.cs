using Colloque.Security;
using Colloque.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colloque.Conversations;

/// <summary>The one direct conversation of a patient and a practitioner who have a care relation: opened by the first who asks for it.</summary>
public sealed class OpenDirectConversation(ColloqueDb db, KeyRing keys, ConversationRows rows, CallerScope scope, TimeProvider time)
{
    /// <param name="other">Whom the caller wants to talk to.</param>
    /// <param name="cancellationToken">Rolls back.</param>
    /// <returns>The conversation, and whether this call opened it.</returns>
    /// <exception cref="Refusal">403 administrators; 404 nobody with whom the caller has a visit or a record.</exception>
    public async Task<(ConversationView Conversation, bool Created)> RunAsync(Guid other, CancellationToken cancellationToken)
    {
        var caller = scope.Required.RequireClinical();
        var now = time.GetMoment();
        var opened = await db.Database.SqlQuery<Opened>(
            $"""select id "Id", created "Created" from open_direct({other}, {Guid.CreateVersion7(now)}, {now})""").ToListAsync(cancellationToken);
        if (opened is not [var found])
        {
            throw ConversationRefusals.NoCareRelation();
        }

        if (found.Created)
        {
            await keys.CreateAsync(caller, found.Id, db, cancellationToken);
        }

        return (await rows.OneAsync(found.Id, cancellationToken), found.Created);
    }

    /// <summary>By the numbers of its two, as document 004 names them.</summary>
    /// <exception cref="Refusal">403 administrators, and the own place has another's number; 404 as above.</exception>
    public async Task<(ConversationView Conversation, bool Created)> RunAsync(long practitioner, long patient, CancellationToken cancellationToken)
    {
        scope.Required.RequireClinical();
        var pair = await db.Database.SqlQuery<Pair>($"""select mine "Mine", other "Other" from direct_pair({practitioner}, {patient})""").ToListAsync(cancellationToken);
        if (pair is not [{ Mine: true } found])
        {
            throw Refusal.Forbidden();
        }

        return await RunAsync(found.Other ?? throw ConversationRefusals.NoCareRelation(), cancellationToken);
    }

    private sealed record Pair(bool Mine, Guid? Other);

    private sealed record Opened(Guid Id, bool Created);
}
