using Colloque.Security;
using Colloque.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colloque.Notifications;

/// <summary>What one turn of the sender came to.</summary>
/// <param name="MailId">Null where nothing is due.</param>
/// <param name="Kind">What the mail tells.</param>
/// <param name="Fate">How the attempt ended.</param>
/// <param name="Reason">Why, without an address.</param>
public sealed record MailTurn(Guid? MailId, string Kind, MailFate Fate, string Reason);

/// <summary>
/// Sends the mail that is due. Its row stays locked, in this unit of work, until the carrier has said what became of it: a process that is
/// killed in between lets go of the row with its connection, and the mail is sent again, under the same Message-ID.
/// </summary>
public sealed class SendNextMail(ColloqueDb db, MailSeal seal, IMailCarrier carrier, MailSettings settings, TimeProvider time)
{
    /// <summary>Two statements and one delivery.</summary>
    /// <exception cref="Refusal">503.</exception>
    public async Task<MailTurn> RunAsync(CancellationToken cancellationToken)
    {
        var now = time.GetMoment();
        var rows = await db.Database.SqlQuery<MailRow>(
            $"""select id as "Id", kind as "Kind", language as "Language", sealed as "Sealed", attempts as "Attempts" from mails_claim({now})""").ToListAsync(cancellationToken);
        if (rows is not [var row])
        {
            return new(null, "", MailFate.Sent, "");
        }

        var outcome = Prepare(row, now) is { } mail ? await DeliverAsync(mail, cancellationToken) : new(MailFate.Never, "unreadable");
        await WriteAsync(row, outcome, cancellationToken);
        return new(row.Id, row.Kind, outcome.Fate, outcome.Reason);
    }

    /// <summary>A mail that breaks the carrier in a way nobody foresaw steps back, so that those behind it get their turn.</summary>
    private async Task<MailOutcome> DeliverAsync(OutgoingMail mail, CancellationToken cancellationToken)
    {
        try
        {
            return await carrier.DeliverAsync(mail, cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            var kind = e.GetType().Name;
            return new(MailFate.Later, kind.Length > 40 ? kind[..40] : kind);
        }
    }

    /// <summary>Null for a row that this program or this master key cannot read: it would be so for ever.</summary>
    private OutgoingMail? Prepare(MailRow row, DateTimeOffset now)
    {
        if (!Enum.TryParse<MailKind>(row.Kind, out var kind) || seal.Open(row.Id, row.Sealed) is not { } bytes
            || MailContent.Parse(bytes) is not { } content || MailAddressRule.Find(content.Address) is not { } recipient)
        {
            return null;
        }

        var page = MailPage.Of(kind, row.Language, content.Link, content.OrganizationName, content.When);
        return new(row.Id, kind, recipient, MimeMessage.Write(row.Id, settings, recipient, page, row.Language, now, content.Calendar));
    }

    private Task WriteAsync(MailRow row, MailOutcome outcome, CancellationToken cancellationToken)
    {
        var now = time.GetMoment();
        var wait = outcome.Fate == MailFate.Later ? MailRetry.After(row.Attempts + 1) : null;
        return outcome.Fate switch
        {
            MailFate.Sent => db.Database.ExecuteSqlAsync($"select mails_sent({row.Id}, {now})", cancellationToken),
            MailFate.Unreachable => Task.CompletedTask,
            MailFate.Later when wait is { } later => db.Database.ExecuteSqlAsync($"select mails_retry({row.Id}, {now + later}, {outcome.Reason})", cancellationToken),
            _ => db.Database.ExecuteSqlAsync($"select mails_give_up({row.Id}, {now}, {outcome.Reason})", cancellationToken),
        };
    }

    private sealed record MailRow(Guid Id, string Kind, string Language, byte[] Sealed, int Attempts);
}
