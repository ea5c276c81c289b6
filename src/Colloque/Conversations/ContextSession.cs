using Colloque.Security;
using Colloque.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colloque.Conversations;

/// <summary>A conversation about a prescription or an exam result, as both of its sides stand (document 003's session).</summary>
/// <param name="Conversation">As the caller sees it.</param>
/// <param name="PatientUnread">What the patient has not read, at most <see cref="ConversationView.MaxUnread"/>.</param>
/// <param name="PractitionerUnread">What the practitioner has not read, as far.</param>
public sealed record ContextSession(ConversationView Conversation, int PatientUnread, int PractitionerUnread)
{
    /// <summary>Kinds that are about a record.</summary>
    internal static readonly string[] Kinds = [nameof(ConversationKind.Prescription), nameof(ConversationKind.Exam)];
}

/// <summary>The session about one record.</summary>
public sealed class GetContextSession(ConversationRows rows, ContextUnread unread, CallerScope scope)
{
    /// <summary>Three queries.</summary>
    /// <param name="kind">What it must be about; null for any record.</param>
    /// <param name="id">The record's id, and the conversation's.</param>
    /// <param name="cancellationToken">Cancels the queries.</param>
    /// <exception cref="Refusal">403 administrators; 404 no seat, or about something else.</exception>
    public async Task<ContextSession> RunAsync(ConversationKind? kind, Guid id, CancellationToken cancellationToken)
    {
        scope.Required.RequireClinical();
        var view = await rows.OneAsync(id, cancellationToken);
        if (view.Kind is not (ConversationKind.Prescription or ConversationKind.Exam) || (kind is not null && view.Kind != kind))
        {
            throw Refusal.NotFound();
        }

        return (await unread.OfAsync([view], cancellationToken))[0];
    }
}

/// <summary>The sessions in which something waits to be read by the caller.</summary>
public sealed class ListUnreadSessions(ConversationRows rows, ContextUnread unread, CallerScope scope)
{
    /// <summary>Sessions of one answer.</summary>
    public const int Most = 100;

    /// <summary>Conversations of one look: nearly everybody has fewer.</summary>
    private const int Look = 500;

    private static readonly string[] Statuses = Enum.GetNames<ConversationStatus>();

    /// <summary>Newest message first, at most <see cref="Most"/>. Four queries for whoever has fewer than 500 sessions.</summary>
    /// <exception cref="Refusal">403 administrators.</exception>
    public async Task<IReadOnlyList<ContextSession>> RunAsync(CancellationToken cancellationToken)
    {
        scope.Required.RequireClinical();
        var found = new List<ConversationView>();
        var (at, id) = (DateTimeOffset.MaxValue.AddYears(-1), Guid.AllBitsSet);
        for (var more = true; more && found.Count < Most;)
        {
            var page = await rows.ManyAsync(ContextSession.Kinds, Statuses, at, id, Look, cancellationToken);
            found.AddRange(page.Where(static c => c.UnreadCount > 0));
            more = page.Count == Look;
            (at, id) = more ? (page[^1].LastMessageAt ?? page[^1].CreatedAt, page[^1].Id) : (at, id);
        }

        return found.Count == 0 ? [] : await unread.OfAsync([.. found.Take(Most)], cancellationToken);
    }
}

/// <summary>What each side has not read.</summary>
public sealed class ContextUnread(ColloqueDb db)
{
    /// <summary>One query, however many there are.</summary>
    internal async Task<IReadOnlyList<ContextSession>> OfAsync(IReadOnlyList<ConversationView> views, CancellationToken cancellationToken)
    {
        Guid[] ids = [.. views.SelectMany(static v => (Guid[])[v.Id, v.Id])];
        Guid[] people = [.. views.SelectMany(static v => (Guid[])[v.Patient.UserId, v.Practitioner.UserId])];
        var counts = (await db.Database.SqlQuery<Row>(
            $"""
            select s.id "Id", s.person "Person", u.unread "Unread"
              from unnest({ids}, {people}) s (id, person) join conversations v on v.id = s.id
              cross join lateral (select coalesce(max(seq), 0) seq from receipts where conversation_id = s.id and user_id = s.person and kind = 'r') r
              cross join lateral (select count(*)::integer unread from (
                select 1 from messages m where m.conversation_id = s.id and m.seq > r.seq and m.sender_id <> s.person and (m.seq = any (v.unsaid)) is not true limit {ConversationView.MaxUnread}) z) u
            """).ToListAsync(cancellationToken)).ToDictionary(static r => (r.Id, r.Person), static r => r.Unread);
        return [.. views.Select(v => new ContextSession(v, counts[(v.Id, v.Patient.UserId)], counts[(v.Id, v.Practitioner.UserId)]))];
    }

    private sealed record Row(Guid Id, Guid Person, int Unread);
}
