using Colloque.Notifications;
using Colloque.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colloque.Accounts;

/// <summary>What became of a refresh token: <c>rotated, repeated, reused, expired, revoked, unknown</c>.</summary>
internal sealed record RotationRow(string Outcome, Guid? SignInId, Guid? UserId);

/// <summary>Spends a refresh token in the database. Where it was stolen, the end of its family and the mail that tells are one transaction.</summary>
public sealed class RefreshRotation(ColloqueDb db, UnitOfWork unit, MailQueue mail)
{
    /// <summary>Not to be cancelled from outside: a thief who hangs up must not keep the owner from being told.</summary>
    /// <exception cref="Refusal">503.</exception>
    internal Task<RotationRow> RunAsync(byte[] oldHash, byte[] newHash, DateTimeOffset now, DateTimeOffset expires, TimeSpan grace) => unit.RunAsync(
        null,
        async () =>
        {
            var rows = await db.Database.SqlQuery<RotationRow>(
                $"""select outcome "Outcome", sign_in_id "SignInId", user_id "UserId" from accounts_rotate_refresh({oldHash}, {newHash}, {now}, {expires}, {grace})""").ToListAsync(CancellationToken.None);
            var rotation = rows is [var row] ? row : new("unknown", null, null);
            if (rotation is { Outcome: "reused", UserId: { } robbed })
            {
                await TellAsync(robbed);
            }

            return rotation;
        },
        CancellationToken.None);

    private async Task TellAsync(Guid robbed)
    {
        var people = await db.Database.SqlQuery<MailTarget>($"""select email "Email", name "Name", language "Language" from accounts_profile({robbed}, null)""").ToListAsync(CancellationToken.None);
        foreach (var person in people)
        {
            await mail.EnqueueAsync(new MailDraft(MailKind.SignInStolen, robbed, person.Email, person.Language), CancellationToken.None);
        }
    }
}
