using Colloque.Accounts;
using Colloque.Notifications;

namespace Colloque.People;

/// <summary>The platform's administrator takes a practitioner into the directory, or not; the person is told by mail.</summary>
public sealed class ReviewPractitioner(PractitionerRows rows, MailQueue mails, TimeProvider time)
{
    private const int MaxReason = 1_000;

    /// <summary>Three statements. The mail is part of the transaction, and says no reason: it is read on the page.</summary>
    /// <param name="id">The person's id.</param>
    /// <param name="validated">Taken.</param>
    /// <param name="reason">1..1,000 characters, for who is not taken.</param>
    /// <param name="cancellationToken">Rolls back.</param>
    /// <exception cref="Refusal">404 nobody, and to others than the platform's administrators; 422 <c>reason</c>.</exception>
    public async Task<PractitionerView> RunAsync(Guid id, bool validated, string? reason, CancellationToken cancellationToken)
    {
        var why = validated ? "" : string.IsNullOrWhiteSpace(reason) ? throw PractitionerRefusals.ReasonMissing() : PersonName.Parse(reason.ReplaceLineEndings(" "), "reason", MaxReason);
        if (await rows.ReviewAsync(id, validated, why, time.GetMoment(), cancellationToken) is not { } reviewed)
        {
            throw Refusal.NotFound();
        }

        if (reviewed.Changed)
        {
            await mails.EnqueueAsync(
                new MailDraft(validated ? MailKind.PractitionerValidated : MailKind.PractitionerRejected, id, reviewed.Email, reviewed.Language), cancellationToken);
        }

        return await rows.OnFileAsync(id, cancellationToken) ?? throw Refusal.NotFound();
    }
}
