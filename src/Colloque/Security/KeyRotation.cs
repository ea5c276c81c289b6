using System.Security.Cryptography;
using Colloque.Storage;

namespace Colloque.Security;

/// <summary>What a rotation did.</summary>
/// <param name="TenantKeys">New ones made.</param>
/// <param name="DataKeys">Wrapped anew.</param>
public sealed record RotationReport(int TenantKeys, long DataKeys);

/// <summary>
/// Replaces the master key and every tenant key, beside servers that go on working. Each step leaves a state that opens with what the key
/// file then says, and shows in the rows that it was done: a rotation that was killed anywhere is finished by the next call.
/// </summary>
/// <param name="store">The wrapped keys.</param>
/// <param name="secrets">What the key file says now.</param>
/// <param name="write">Replaces the key file, durably and at once; processes that run read it again when a key does not open.</param>
/// <param name="time">Gives ids and times.</param>
/// <param name="reached">Told of each step and batch before it is done; what it throws ends the rotation there.</param>
public sealed class KeyRotation(RotationStore store, MasterSecrets secrets, Action<MasterSecrets> write, TimeProvider time, Action<string>? reached = null)
{
    /// <summary>Data keys wrapped anew in one statement.</summary>
    public const int BatchSize = 500;

    private MasterSecrets secrets = secrets;
    private int tenantKeys;
    private long dataKeys;

    /// <summary>Rotates, or finishes the rotation that was begun. One at a time: the caller holds the lock.</summary>
    /// <exception cref="CryptographicException">A wrapped key opens with none of the key file's: nothing was lost, and nothing retired.</exception>
    public async Task<RotationReport> RunAsync(CancellationToken cancellationToken)
    {
        var rotation = await store.UnderWayAsync(cancellationToken);
        if (rotation is not null && secrets.Also is null && MasterSecrets.IdOf(secrets.Current) == rotation.ToMaster)
        {
            // All was done but the last line.
            await store.FinishAsync(rotation, time.GetUtcNow(), cancellationToken);
            return new(0, 0);
        }

        rotation ??= await BeginAsync(cancellationToken);
        using var target = Target(rotation);
        // A copy: what it forgets at its end must not be what is still to be written.
        using var both = new MasterKey(MasterSecrets.Parse(secrets.ToFile())!, null);
        await RewrapAsync(rotation, both, target, cancellationToken);
        await SwitchAsync(rotation, target, cancellationToken);
        var retired = MasterSecrets.IdOf(secrets.Also!);
        while (!await store.RetireAsync(retired, rotation.ToMaster, time.GetUtcNow(), cancellationToken))
        {
            await RewrapAsync(rotation, both, target, cancellationToken);
        }

        await RewrapFactorsAsync(both, target, cancellationToken);
        Reached("drop");
        Write(secrets.Alone());
        Reached("finish");
        await store.FinishAsync(rotation, time.GetUtcNow(), cancellationToken);
        return new(tenantKeys, dataKeys);
    }

    /// <summary>The new key is in the file before anything is wrapped with it.</summary>
    private async Task<RotationRow> BeginAsync(CancellationToken cancellationToken)
    {
        Reached("begin");
        if (secrets.Also is null)
        {
            Write(secrets.With(RandomNumberGenerator.GetBytes(32)));
        }

        Reached("note");
        var now = time.GetUtcNow();
        // In whole microseconds, as the database keeps it: it is compared there and here.
        var rotation = new RotationRow(Guid.CreateVersion7(now), MasterSecrets.IdOf(secrets.Also!), now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond)));
        await store.BeginAsync(rotation, cancellationToken);
        return rotation;
    }

    private MasterKey Target(RotationRow rotation) =>
        new(((ReadOnlySpan<byte[]?>)[secrets.Current, secrets.Also]).ToArray().FirstOrDefault(s => s is not null && MasterSecrets.IdOf(s) == rotation.ToMaster)?.ToArray()
            ?? throw new CryptographicException("The key file has not the key that the rotation under way goes to."));

    private async Task RewrapAsync(RotationRow rotation, MasterKey both, MasterKey target, CancellationToken cancellationToken)
    {
        do
        {
            await RenewTenantKeysAsync(rotation, target, cancellationToken);
            await RewrapDataKeysAsync(rotation, both, cancellationToken);
            Reached("remove");
        }
        while (!await store.RemoveOlderAsync(rotation.StartedAt, cancellationToken));

        // Made meanwhile, by a process that has not read the key file again: younger than the rotation, and of the old master key.
        while (await store.TenantKeysNotOfAsync(rotation.ToMaster, cancellationToken) is { Count: > 0 } rows)
        {
            Reached("rewrap");
            foreach (var row in rows)
            {
                var context = KeyRing.TenantContext(row.Id, row.TenantId, row.Class, row.Version);
                await store.RewrapTenantKeyAsync(row with { Wrapped = target.Wrap(both.Unwrap(row.Wrapped, context), context), MasterId = rotation.ToMaster }, cancellationToken);
            }
        }
    }

    private async Task RenewTenantKeysAsync(RotationRow rotation, MasterKey target, CancellationToken cancellationToken)
    {
        foreach (var (old, createdAt) in await store.NewestTenantKeysAsync(cancellationToken))
        {
            if (createdAt >= rotation.StartedAt)
            {
                continue;
            }

            Reached("renew");
            var id = Guid.CreateVersion7(time.GetUtcNow());
            var wrapped = target.Wrap(RandomNumberGenerator.GetBytes(32), KeyRing.TenantContext(id, old.TenantId, old.Class, old.Version + 1));
            await store.AddTenantKeyAsync(new(id, old.TenantId, old.Class, old.Version + 1, wrapped, rotation.ToMaster), time.GetUtcNow(), cancellationToken);
            tenantKeys++;
        }
    }

    private async Task RewrapDataKeysAsync(RotationRow rotation, MasterKey both, CancellationToken cancellationToken)
    {
        while (await store.DataKeysOfOlderAsync(rotation.StartedAt, BatchSize, cancellationToken) is { Count: > 0 } rows)
        {
            Reached("batch");
            var newest = (await store.NewestTenantKeysAsync(cancellationToken)).ToDictionary(static k => (k.Key.TenantId, k.Key.Class), static k => k.Key);
            var opened = new Dictionary<Guid, byte[]>();
            await store.RewrapDataKeysAsync([.. rows.Select(r => Rewrap(r.Data, Open(r.Tenant), newest[(r.Tenant.TenantId, r.Tenant.Class)]))], cancellationToken);
            dataKeys += rows.Count;

            DataKeyRow Rewrap(DataKeyRow row, byte[] from, TenantKeyRow to)
            {
                var context = KeyRing.DataContext(row.Id, row.TenantId, row.OwnerId, row.Epoch);
                return row with { TenantKeyId = to.Id, Wrapped = MasterKey.KeyWrap.Wrap(Open(to), MasterKey.KeyWrap.Unwrap(from, row.Wrapped, context), context) };
            }

            byte[] Open(TenantKeyRow row) =>
                opened.TryGetValue(row.Id, out var key) ? key : opened[row.Id] = both.Unwrap(row.Wrapped, KeyRing.TenantContext(row.Id, row.TenantId, row.Class, row.Version));
        }
    }

    /// <summary>Authenticators' secrets. After the switch: whoever sets one up from then on wraps with the new key.</summary>
    private async Task RewrapFactorsAsync(MasterKey both, MasterKey target, CancellationToken cancellationToken)
    {
        for (var person = Guid.Empty; await store.FactorsAfterAsync(person, BatchSize, cancellationToken) is { Count: > 0 } rows; person = rows[^1].UserId)
        {
            Reached("factors");
            foreach (var row in rows)
            {
                var context = AccountSeal.FactorContext(row.UserId);
                await store.RewrapFactorAsync(row, row with { Sealed = Rewrap(row.Sealed, context), Pending = Rewrap(row.Pending, context) }, cancellationToken);
            }
        }

        byte[]? Rewrap(byte[]? wrapped, byte[] context) => wrapped is null ? null : target.Wrap(both.Unwrap(wrapped, context), context);
    }

    /// <summary>From here on servers that start, or read the file again, wrap with the new key. Both still open.</summary>
    private async Task SwitchAsync(RotationRow rotation, MasterKey target, CancellationToken cancellationToken)
    {
        Reached("reseal");
        await store.ResealAsync(KeyStore.SealCheck(target), cancellationToken);
        Reached("switch");
        if (MasterSecrets.IdOf(secrets.Current) != rotation.ToMaster)
        {
            Write(secrets.Swapped());
        }

        Reached("retire");
    }

    private void Write(MasterSecrets changed)
    {
        write(changed);
        secrets = changed;
    }

    private void Reached(string step) => reached?.Invoke(step);
}
