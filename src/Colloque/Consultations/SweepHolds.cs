using Colloque.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colloque.Consultations;

/// <summary>An offer that nobody took up.</summary>
/// <param name="HoldId">The hold.</param>
/// <param name="PractitionerId">Whose time it is, and as whom it is passed on.</param>
/// <param name="StartsAt">Its start.</param>
/// <param name="EndsAt">Its end.</param>
public sealed record ExpiredOffer(Guid HoldId, Guid PractitionerId, DateTimeOffset StartsAt, DateTimeOffset EndsAt);

/// <summary>Takes expired holds away, and names the offers that have expired: <see cref="PassOffer"/> passes each on.</summary>
public sealed class SweepHolds(ColloqueDb db, TimeProvider time)
{
    /// <summary>Offers of one sweep.</summary>
    public const int Most = 200;

    /// <summary>One statement.</summary>
    public async Task<IReadOnlyList<ExpiredOffer>> RunAsync(CancellationToken cancellationToken) => await db.Database.SqlQuery<ExpiredOffer>(
        $"""
        select hold_id "HoldId", practitioner_id "PractitionerId", starts_at "StartsAt", ends_at "EndsAt" from waiting_list_expired({time.GetMoment()}, {Most})
        """).ToListAsync(cancellationToken);
}

/// <summary>Offers a time to the next, after one let it pass. As the practitioner whose time it is.</summary>
public sealed class PassOffer(ColloqueDb db, WaitingList waiting, TimeProvider time)
{
    /// <summary>False if it was taken up or passed on meanwhile.</summary>
    public async Task<bool> RunAsync(ExpiredOffer offer, CancellationToken cancellationToken)
    {
        var passed = await db.Database.SqlQuery<bool>($"select waiting_list_pass({offer.HoldId}, {time.GetMoment()}) as \"Value\"").ToListAsync(cancellationToken);
        if (!passed[0])
        {
            return false;
        }

        await waiting.OfferAsync(offer.PractitionerId, offer.StartsAt, (int)(offer.EndsAt - offer.StartsAt).TotalMinutes, cancellationToken);
        return true;
    }
}
