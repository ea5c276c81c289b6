using Colloque.Security;
using Colloque.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colloque.Notifications;

/// <summary>One push, ready to go.</summary>
/// <param name="Id">The delivery.</param>
/// <param name="Endpoint">Where to; empty where its seal cannot be opened, which is for good.</param>
/// <param name="Body">Encrypted for the device.</param>
/// <param name="IsUrgent">Whether the device is to be woken.</param>
/// <param name="Attempt">1 for the first.</param>
public sealed record Push(Guid Id, Uri? Endpoint, byte[] Body, bool IsUrgent, int Attempt)
{
    /// <summary>Never the address, whatever prints this.</summary>
    public override string ToString() => $"{nameof(Push)} {Id}";
}

/// <summary>
/// Takes pushes that are due, each as an attempt that counts: five at most, after 1, 4, 16 and 64 minutes, within a day. Whoever takes them and dies has lost one attempt.
/// </summary>
public sealed class ClaimPushes(ColloqueDb db, PushSeal seal, TimeProvider time)
{
    /// <summary>Pushes of one look.</summary>
    public const int Most = 64;

    /// <summary>One statement. No caller: the server's own work.</summary>
    public async Task<IReadOnlyList<Push>> RunAsync(CancellationToken cancellationToken)
    {
        var rows = await db.Database.SqlQuery<Row>(
            $"""select id "Id", hash "Hash", sealed "Sealed", urgent "Urgent", attempts "Attempts" from push_claim({time.GetMoment()}, {Most})""").ToListAsync(cancellationToken);
        return rows.ConvertAll(ToPush);
    }

    private Push ToPush(Row row) => seal.Open(row.Hash, row.Sealed) is { } opened && PushTarget.Parse(opened) is { } target
        // What it is, and not a word of what it says, nor of whom.
        ? new(row.Id, new Uri(target.Endpoint), PushCipher.Encrypt(row.Urgent ? """{"type":"urgent"}"""u8 : """{"type":"message"}"""u8, target.Point, target.Secret), row.Urgent, row.Attempts)
        : new(row.Id, null, [], row.Urgent, row.Attempts);

    private sealed record Row(Guid Id, byte[] Hash, byte[] Sealed, bool Urgent, int Attempts);
}

/// <summary>Writes down what became of pushes; those that are not named wait for their next attempt.</summary>
public sealed class SettlePushes(ColloqueDb db)
{
    /// <summary>One statement. No caller: the server's own work.</summary>
    /// <param name="done">Arrived, or refused for good.</param>
    /// <param name="gone">Of devices that are there no more: their subscriptions go.</param>
    /// <param name="cancellationToken">Rolls back.</param>
    public async Task<int> RunAsync(Guid[] done, Guid[] gone, CancellationToken cancellationToken)
    {
        await db.Database.ExecuteSqlAsync($"select push_done({done}, {gone})", cancellationToken);
        return done.Length + gone.Length;
    }
}
