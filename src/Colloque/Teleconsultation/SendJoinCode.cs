using Colloque.Notifications;
using Colloque.Consultations;
using Colloque.Security;
using Colloque.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colloque.Teleconsultation;

/// <summary>Sends the code that a link asks for, to the address it was made for and to no other.</summary>
public sealed class SendJoinCode(ColloqueDb db, JoinLinkRows links, JoinTokens tokens, RateLimits limits, MailQueue mails, ConsultationLife life)
{
    /// <summary>How long a code is good.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    /// <summary>Runs without a caller; answers when the code is good until. The code before works no longer.</summary>
    /// <exception cref="Refusal">404 <c>join_link_gone</c>; 409 <c>join_code_not_needed</c>; 429.</exception>
    public async Task<DateTimeOffset> RunAsync(string? token, CancellationToken cancellationToken)
    {
        var door = await links.KnockAsync(token, cancellationToken);
        if (door is not { LinkId: { } link, RequiresCode: true, Email: { } email })
        {
            throw JoinLinkRefusals.NoCode();
        }

        limits.Take(Limit.JoinCode, link);
        var code = JoinTokens.NewCode();
        var expires = life.Now + Lifetime;
        await db.Database.ExecuteSqlAsync($"select join_set_code({link}, {tokens.HashCode(link, code)}, {expires})", cancellationToken);
        await mails.EnqueueAsync(new MailDraft(MailKind.JoinCode, null, email, door.Language ?? "en", OrganizationName: code), cancellationToken);
        return expires;
    }
}
