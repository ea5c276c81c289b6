using Colloque.Security;
using Colloque.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colloque.Notifications;

/// <summary>
/// Puts mails into the queue. Within a unit of work a mail is part of its transaction: rolled back, it was never written; committed, it is
/// sent whatever happens to the process. Outside of one, it is committed at once. <see cref="MailRows"/> is for single statements.
/// </summary>
public sealed class MailQueue(ColloqueDb db, MailSeal seal, TimeProvider time)
{
    private const int MaxLink = 2_000;
    private const int MaxName = 200;

    /// <summary>Rows of one statement.</summary>
    private const int Chunk = 500;

    /// <summary>Queues one mail: one statement.</summary>
    /// <returns>False, and nothing queued, where no mail can go to the address (<see cref="MailAddressRule"/>).</returns>
    /// <exception cref="ArgumentException">A link that is no absolute http(s) address, or too long: a flaw of the program, not of a person's input.</exception>
    /// <exception cref="Refusal">503.</exception>
    public async Task<bool> EnqueueAsync(MailDraft draft, CancellationToken cancellationToken) => await EnqueueAsync([draft], cancellationToken) == 1;

    /// <summary>Queues many: one statement for 500.</summary>
    /// <returns>How many were queued; those without a usable address were not.</returns>
    /// <inheritdoc cref="EnqueueAsync(MailDraft, CancellationToken)"/>
    public async Task<int> EnqueueAsync(IReadOnlyList<MailDraft> drafts, CancellationToken cancellationToken)
    {
        var queued = 0;
        foreach (var chunk in drafts.Where(static d => MailAddressRule.Find(d.Address) is not null).Chunk(Chunk))
        {
            await WriteAsync(chunk, cancellationToken);
            queued += chunk.Length;
        }

        return queued;
    }

    private async Task WriteAsync(MailDraft[] drafts, CancellationToken cancellationToken)
    {
        var now = time.GetMoment();
        Guid[] ids = [.. drafts.Select(_ => Guid.CreateVersion7(now))];
        string[] kinds = [.. drafts.Select(static d => d.Kind.ToString())];
        Guid?[] users = [.. drafts.Select(static d => d.UserId)];
        string[] languages = [.. drafts.Select(LanguageOf)];
        byte[][] contents = [.. drafts.Select((d, i) => seal.Seal(ids[i], ContentOf(d).ToBytes()))];
        // Whoever asked for a link is waiting for it; invitations go by the thousand.
        bool[] bulk = [.. drafts.Select(static d => d.Kind == MailKind.Invitation)];
        try
        {
            await db.Database.ExecuteSqlAsync(
                $"""
                insert into mails (id, kind, user_id, language, sealed, bulk, created_at, due_at)
                select r.id, r.kind, r.user_id, r.language, r.sealed, r.bulk, {now}, {now}
                from unnest({ids}, {kinds}, {users}, {languages}, {contents}, {bulk}) as r (id, kind, user_id, language, sealed, bulk)
                """,
                cancellationToken);
        }
        catch (Exception e) when (ColloqueDatabase.IsOutage(e) || (e.InnerException is { } inner && ColloqueDatabase.IsOutage(inner)))
        {
            throw Refusal.Unavailable();
        }
    }

    internal static string LanguageOf(MailDraft draft) => draft.Language is "fr" or "es" ? draft.Language : "en";

    internal static MailContent ContentOf(MailDraft draft)
    {
        if (draft.Link is { } link && (link.Length > MaxLink || !Uri.TryCreate(link, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https") || link.Any(static c => c is <= ' ' or > '~')))
        {
            throw new ArgumentException("A mail's link must be an absolute http(s) address in ASCII.", nameof(draft));
        }

        return new(draft.Address, draft.Link, draft.OrganizationName is { Length: > MaxName } name ? name[..MaxName] : draft.OrganizationName, draft.When, draft.Calendar);
    }
}

/// <summary>A mail as its row will be, for a statement that writes it together with what it tells of.</summary>
internal sealed record QueuedMail(Guid Id, string Kind, Guid UserId, string Language, byte[] Sealed, DateTimeOffset At);

/// <summary>Makes the row of a mail without writing it.</summary>
public sealed class MailRows(MailSeal seal, TimeProvider time)
{
    /// <summary>Null where no mail can go to the address. The person is named: it is about their account.</summary>
    internal QueuedMail? Of(MailDraft draft, Guid userId)
    {
        if (MailAddressRule.Find(draft.Address) is null)
        {
            return null;
        }

        var now = time.GetMoment();
        var id = Guid.CreateVersion7(now);
        return new(id, draft.Kind.ToString(), userId, MailQueue.LanguageOf(draft), seal.Seal(id, MailQueue.ContentOf(draft).ToBytes()), now);
    }
}
