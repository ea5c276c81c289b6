using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Colloque.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colloque.Security;

/// <summary>The data keys of one conversation: the newest seals, all open.</summary>
public sealed record ConversationKeys(DataKey Current, IReadOnlyList<DataKey> All)
{
    /// <summary>The conversation's tenant, which is what its rows and seals name: a practitioner who is seated in it may have none.</summary>
    public Guid TenantId => Current.TenantId;

    /// <summary>The key that sealed a record.</summary>
    /// <exception cref="CryptographicException">None of these: the record was moved here, or its key was erased.</exception>
    public DataKey For(ReadOnlySpan<byte> record)
    {
        var id = ContentCipher.KeyId(record);
        foreach (var key in All)
        {
            if (key.Id == id)
            {
                return key;
            }
        }

        throw new CryptographicException("The record cannot be opened.");
    }
}

/// <summary>
/// Master key wraps tenant key (one a class) wraps data key (one a conversation and epoch). Unwrapped data keys stay in memory
/// for the conversations in use, <see cref="Capacity"/> at most; the rows are read under the caller's own policies, so a
/// stranger loads none.
/// </summary>
public sealed class KeyRing(MasterKey master, KeyStore store, TimeProvider time)
{
    /// <summary>How many conversations' keys are kept unwrapped.</summary>
    public const int Capacity = 50_000;

    private readonly ConcurrentDictionary<Guid, ConversationKeys> cache = new();

    /// <summary>The keys of a conversation the caller has a seat in.</summary>
    /// <exception cref="Refusal">404: no seat, or no such conversation.</exception>
    public ValueTask<ConversationKeys> OfConversationAsync(Caller caller, Guid conversationId, CancellationToken cancellationToken) =>
        cache.TryGetValue(conversationId, out var keys) ? new(keys) : LoadAsync(caller, conversationId, cancellationToken);

    /// <summary>
    /// The same within a unit of work that has made no key: it holds a connection, and whoever holds one must not wait for another. As many as the pool has connections, each waiting for one
    /// more, would all wait until they give up.
    /// </summary>
    /// <exception cref="Refusal">404: no seat, or no such conversation.</exception>
    internal async ValueTask<ConversationKeys> OfConversationAsync(ColloqueDb db, Guid conversationId, CancellationToken cancellationToken) =>
        cache.TryGetValue(conversationId, out var kept) ? kept
        : (await OfConversationsAsync(db, [conversationId], cancellationToken, mayKeep: true)).TryGetValue(conversationId, out var keys) ? keys
        : throw Refusal.NotFound();

    /// <summary>
    /// The keys of several conversations, read in the caller's own transaction: it sees a key made in it, and needs no second connection while it holds one.
    /// Those of conversations without a seat are missing. A transaction that has made none (<paramref name="mayKeep"/>) sees only what others have committed, which is kept.
    /// </summary>
    internal async Task<IReadOnlyDictionary<Guid, ConversationKeys>> OfConversationsAsync(
        ColloqueDb db, IReadOnlyCollection<Guid> conversations, CancellationToken cancellationToken, bool mayKeep = false)
    {
        var found = new Dictionary<Guid, ConversationKeys>(conversations.Count);
        foreach (var id in conversations)
        {
            if (cache.TryGetValue(id, out var keys))
            {
                found[id] = keys;
            }
        }

        var missing = conversations.Where(id => !found.ContainsKey(id)).ToArray();
        var rows = missing.Length == 0 ? [] : await KeyStore.LoadAsync(db, missing, cancellationToken);
        foreach (var group in rows.GroupBy(static r => r.Data.OwnerId))
        {
            var all = group.OrderBy(static r => r.Data.Epoch).Select(r => Open(r.Data, Open(r.Tenant))).ToArray();
            found[group.Key] = mayKeep ? Keep(group.Key, new(all[^1], all)) : new(all[^1], all);
        }

        return found;
    }

    /// <summary>Makes the first data key of a conversation in which the caller has a seat, in the caller's transaction.</summary>
    public async Task CreateAsync(Caller caller, Guid conversationId, ColloqueDb db, CancellationToken cancellationToken)
    {
        var tenant = caller.Tenant ?? await db.Database.SqlQuery<Guid>($"select tenant_id as \"Value\" from conversations where id = {conversationId}").SingleAsync(cancellationToken);
        var (_, row) = await NewAsync(tenant, "chat", conversationId, db, cancellationToken);
        await KeyStore.AddDataKeyAsync(db, row, time.GetUtcNow(), cancellationToken);
    }

    /// <summary>Drops the unwrapped keys of a conversation whose rows are gone.</summary>
    internal void Forget(Guid conversationId) => cache.TryRemove(conversationId, out _);

    /// <summary>Whether the keys of a conversation are unwrapped in this process's memory.</summary>
    internal bool Keeps(Guid conversationId) => cache.ContainsKey(conversationId);

    /// <summary>
    /// A key for one file of a person, or one picture: under the installation's own key, for it belongs to no organization. It is not
    /// stored yet: first comes the row that it is for, whose policies decide about the key's.
    /// </summary>
    internal Task<(DataKey Key, DataKeyRow Row)> NewForFileAsync(Guid fileId, ColloqueDb db, CancellationToken cancellationToken) =>
        NewAsync(Guid.Empty, "file", fileId, db, cancellationToken);

    /// <summary>Opens a key whose rows were read beside what it seals.</summary>
    /// <exception cref="CryptographicException">Another master key, or changed bytes.</exception>
    internal DataKey Open(DataKeyRow data, TenantKeyRow tenant) => Open(data, Open(tenant));

    private async Task<(DataKey Key, DataKeyRow Row)> NewAsync(Guid tenant, string @class, Guid ownerId, ColloqueDb db, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var row = await KeyStore.EnsureTenantKeyAsync(db, NewTenantKey(tenant, @class, 1, now), now, cancellationToken);
        var tenantKey = Open(row);
        var id = Guid.CreateVersion7(now);
        var key = RandomNumberGenerator.GetBytes(32);
        var wrapped = MasterKey.KeyWrap.Wrap(tenantKey, key, DataContext(id, tenant, ownerId, 1));
        return (new(id, tenant, ownerId, key), new(id, tenant, row.Id, ownerId, 1, wrapped, DataKey.Commitment(key, id, tenant)));
    }

    private async ValueTask<ConversationKeys> LoadAsync(Caller caller, Guid conversationId, CancellationToken cancellationToken)
    {
        var rows = await store.LoadAsync(caller, conversationId, cancellationToken);
        if (rows.Count == 0)
        {
            throw Refusal.NotFound();
        }

        var all = rows.Select(r => Open(r.Data, Open(r.Tenant))).ToArray();
        return Keep(conversationId, new(all[^1], all));
    }

    private ConversationKeys Keep(Guid conversationId, ConversationKeys keys)
    {
        if (cache.Count >= Capacity)
        {
            // Rare and cheap: the ring refills from the database with what is in use.
            cache.Clear();
        }

        return cache.GetOrAdd(conversationId, keys);
    }

    private TenantKeyRow NewTenantKey(Guid tenant, string @class, int version, DateTimeOffset now)
    {
        var id = Guid.CreateVersion7(now);
        var (wrapped, masterId) = master.WrapNew(RandomNumberGenerator.GetBytes(32), TenantContext(id, tenant, @class, version));
        return new(id, tenant, @class, version, wrapped, masterId);
    }

    private byte[] Open(TenantKeyRow row) => master.Unwrap(row.Wrapped, TenantContext(row.Id, row.TenantId, row.Class, row.Version));

    private static DataKey Open(DataKeyRow row, byte[] tenantKey)
    {
        var key = MasterKey.KeyWrap.Unwrap(tenantKey, row.Wrapped, DataContext(row.Id, row.TenantId, row.OwnerId, row.Epoch));
        return CryptographicOperations.FixedTimeEquals(DataKey.Commitment(key, row.Id, row.TenantId), row.Commitment)
            ? new DataKey(row.Id, row.TenantId, row.OwnerId, key)
            : throw new CryptographicException("The key cannot be opened.");
    }

    internal static byte[] TenantContext(Guid id, Guid tenant, string @class, int version) => Encoding.ASCII.GetBytes($"tenant key|{id:N}|{tenant:N}|{@class}|{version}");

    internal static byte[] DataContext(Guid id, Guid tenant, Guid owner, int epoch) => Encoding.ASCII.GetBytes($"data key|{id:N}|{tenant:N}|{owner:N}|{epoch}");
}
