using System.Data.Common;
using Colloque.Security;
using Colloque.Storage;

namespace Colloque.Operations;

/// <summary>A backup, also one that failed.</summary>
/// <param name="Id">Its own.</param>
/// <param name="RequestedAt">When it was asked for.</param>
/// <param name="StartedAt">When it began; null while it waits.</param>
/// <param name="FinishedAt">When it ended, well or not.</param>
/// <param name="Status">How it stands.</param>
/// <param name="Code">Why it failed, snake case.</param>
/// <param name="FileName">In the folder of backups; never a path.</param>
/// <param name="KeysFileName">The master key's own file.</param>
/// <param name="SizeBytes">Of the first file.</param>
public sealed record BackupView(
    Guid Id, DateTimeOffset RequestedAt, DateTimeOffset? StartedAt, DateTimeOffset? FinishedAt, BackupStatus Status, string? Code, string? FileName, string? KeysFileName, long? SizeBytes);

/// <summary>How a backup stands.</summary>
public enum BackupStatus
{
    /// <summary>Asked for.</summary>
    Queued,

    /// <summary>Being written.</summary>
    Running,

    /// <summary>On the disk, whole.</summary>
    Done,

    /// <summary>Nothing of it is left.</summary>
    Failed,
}

/// <summary>The list of backups. Its policies show it to super-admins alone.</summary>
public sealed class BackupRows(ColloqueDatabase database)
{
    private const string Columns = "id, requested_at, started_at, finished_at, status, code, file_name, keys_file_name, size_bytes";

    /// <summary>Writes down that one was asked for.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="person">Their id; null for the command line.</param>
    /// <param name="id">The new backup's.</param>
    /// <param name="now">When.</param>
    /// <param name="cancellationToken">Cancels the statement.</param>
    /// <exception cref="Refusal">503.</exception>
    public Task AddAsync(Caller caller, Guid? person, Guid id, DateTimeOffset now, CancellationToken cancellationToken) =>
        database.ExecuteAsync(
            caller, "insert into backups (id, requested_by, requested_at, status) values ($1, $2, $3, 'Queued')",
            [new() { Value = id }, new() { Value = (object?)person ?? DBNull.Value }, new() { Value = now }], cancellationToken);

    /// <summary>It begins.</summary>
    /// <exception cref="Refusal">503.</exception>
    public Task StartAsync(Guid id, DateTimeOffset now, CancellationToken cancellationToken) =>
        database.ExecuteAsync(ServerItself.Caller, "update backups set status = 'Running', started_at = $2 where id = $1", [new() { Value = id }, new() { Value = now }], cancellationToken);

    /// <summary>It is on the disk.</summary>
    /// <exception cref="Refusal">503.</exception>
    public Task DoneAsync(Guid id, string fileName, string keysFileName, long sizeBytes, DateTimeOffset now, CancellationToken cancellationToken) =>
        database.ExecuteAsync(
            ServerItself.Caller, "update backups set status = 'Done', file_name = $2, keys_file_name = $3, size_bytes = $4, finished_at = $5 where id = $1",
            [new() { Value = id }, new() { Value = fileName }, new() { Value = keysFileName }, new() { Value = sizeBytes }, new() { Value = now }], cancellationToken);

    /// <summary>It failed.</summary>
    /// <exception cref="Refusal">503.</exception>
    public Task FailedAsync(Guid id, string code, DateTimeOffset now, CancellationToken cancellationToken) =>
        database.ExecuteAsync(
            ServerItself.Caller, "update backups set status = 'Failed', code = $2, finished_at = $3 where id = $1",
            [new() { Value = id }, new() { Value = code }, new() { Value = now }], cancellationToken);

    /// <summary>Those that ended with the process that wrote them. The caller holds the lock, so that none of them is under way.</summary>
    /// <exception cref="Refusal">503.</exception>
    public Task InterruptedAsync(DateTimeOffset now, CancellationToken cancellationToken) =>
        database.ExecuteAsync(
            ServerItself.Caller, "update backups set status = 'Failed', code = 'interrupted', finished_at = $1 where status in ('Queued', 'Running')", [new() { Value = now }], cancellationToken);

    /// <summary>One of them; null when there is none of that id.</summary>
    /// <exception cref="Refusal">503.</exception>
    public async Task<BackupView?> FindAsync(Caller caller, Guid id, CancellationToken cancellationToken)
    {
        BackupView? found = null;
        await database.ReadAsync(caller, $"select {Columns} from backups where id = $1", [new() { Value = id }], r => found = Of(r), cancellationToken);
        return found;
    }

    /// <summary>The last that was finished; null when there is none.</summary>
    /// <exception cref="Refusal">503.</exception>
    public async Task<BackupView?> LastFinishedAsync(Caller caller, CancellationToken cancellationToken)
    {
        BackupView? found = null;
        await database.ReadAsync(caller, $"select {Columns} from backups where finished_at is not null order by finished_at desc limit 1", [], r => found = Of(r), cancellationToken);
        return found;
    }

    /// <summary>Newest first, those before a position.</summary>
    /// <exception cref="Refusal">503.</exception>
    public async Task<IReadOnlyList<BackupView>> PageAsync(Caller caller, DateTimeOffset before, Guid beforeId, int most, CancellationToken cancellationToken)
    {
        var rows = new List<BackupView>();
        await database.ReadAsync(
            caller, $"select {Columns} from backups where (requested_at, id) < ($1, $2) order by requested_at desc, id desc limit $3",
            [new() { Value = before }, new() { Value = beforeId }, new() { Value = most }], r => rows.Add(Of(r)), cancellationToken);
        return rows;
    }

    private static BackupView Of(DbDataReader r)
    {
        return new(
            r.GetGuid(0), r.GetFieldValue<DateTimeOffset>(1), Time(2), Time(3), Enum.Parse<BackupStatus>(r.GetString(4)), Text(5), Text(6), Text(7), r.IsDBNull(8) ? null : r.GetInt64(8));

        DateTimeOffset? Time(int at) => r.IsDBNull(at) ? null : r.GetFieldValue<DateTimeOffset>(at);

        string? Text(int at) => r.IsDBNull(at) ? null : r.GetString(at);
    }
}
