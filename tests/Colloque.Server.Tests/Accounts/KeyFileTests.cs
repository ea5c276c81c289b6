using Colloque.Security;
using Colloque.Server.Hosting;
using Colloque.Storage;
using Colloque.Testing;
using Npgsql;
using Xunit;

namespace Colloque.Server.Tests.Accounts;

[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class KeyFileTests(PostgresFixture postgres) : IDisposable
{
    private const UnixFileMode OwnerReads = UnixFileMode.UserRead;

    private readonly string root = Path.Combine(Path.GetTempPath(), $"colloque-keys-{Guid.CreateVersion7():N}");

    private string Keys => Path.Combine(root, "keys");

    private string KeyPath => Path.Combine(Keys, "master.key");

    [Fact]
    public void The_first_start_creates_a_key_that_only_its_owner_reads()
    {
        using var first = KeyFile.Open(Keys, null, mayCreate: true);
        using var second = KeyFile.Open(Keys, null, mayCreate: false);

        Assert.Equal(OwnerReads, File.GetUnixFileMode(KeyPath));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Keys));
        Assert.Matches("^[0-9a-f]{64}\n$", File.ReadAllText(KeyPath));
        Assert.Equal([KeyPath], Directory.GetFileSystemEntries(Keys));
        Assert.Equal(first.Derive("a label", 32), second.Derive("a label", 32));
    }

    [Fact]
    public async Task Two_processes_that_start_at_once_end_up_with_one_key()
    {
        var derived = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Factory.StartNew(
            () =>
            {
                using var key = KeyFile.Open(Keys, null, mayCreate: true);
                return Convert.ToHexString(key.Derive("a label", 32));
            },
            TaskCreationOptions.LongRunning)));

        Assert.Single(derived.Distinct());
    }

    [Fact]
    public void A_missing_key_is_not_replaced_when_the_database_has_one()
    {
        var refusal = Assert.Throws<StartRefusedException>(() => KeyFile.Open(Keys, null, mayCreate: false));

        Assert.Contains("missing", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(KeyPath, refusal.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(KeyPath));
    }

    [Theory]
    [InlineData("")]
    [InlineData("00")]
    [InlineData("000000000000000000000000000000000000000000000000000000000000000g")]
    [InlineData("00000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000 # the key")]
    [InlineData(" 000000000000000000000000000000000000000000000000000000000000000")]
    public void What_is_no_key_is_refused_and_left_as_it_is(string text)
    {
        Write(text, OwnerReads);

        var refusal = Assert.Throws<StartRefusedException>(() => KeyFile.Open(Keys, null, mayCreate: true));

        Assert.Contains("64 hexadecimal digits", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(text, File.ReadAllText(KeyPath));
    }

    [Theory]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.GroupRead)]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.OtherRead)]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupWrite)]
    public void A_key_that_others_may_read_or_write_is_refused(UnixFileMode mode)
    {
        Write(new string('0', 64), mode);

        Assert.Contains("chmod 400", Assert.Throws<StartRefusedException>(() => KeyFile.Open(Keys, null, mayCreate: true)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_that_others_may_enter_is_refused()
    {
        Write(new string('0', 64), OwnerReads);
        File.SetUnixFileMode(Keys, File.GetUnixFileMode(Keys) | UnixFileMode.OtherExecute);

        Assert.Contains("chmod 700", Assert.Throws<StartRefusedException>(() => KeyFile.Open(Keys, null, mayCreate: true)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_rotation_writes_is_read_by_a_process_that_runs()
    {
        using var running = KeyFile.Open(Keys, null, mayCreate: true);
        var before = running.Id;
        var wrapped = running.Wrap("a key"u8, "a row"u8);
        var begun = KeyFile.ReadSecrets(Keys).With([.. Enumerable.Repeat((byte)5, 32)]);
        KeyFile.Replace(Keys, begun);
        KeyFile.Replace(Keys, begun.Swapped());

        Assert.NotEqual(before, running.WrapNew("another"u8, "a row"u8).MasterId);
        Assert.Equal("a key"u8.ToArray(), running.Unwrap(wrapped, "a row"u8));
        using var later = KeyFile.Open(Keys, null, mayCreate: false);
        Assert.Equal("a key"u8.ToArray(), later.Unwrap(wrapped, "a row"u8));
        Assert.Equal(running.Derive("a label", 32), later.Derive("a label", 32));
        Assert.Equal(OwnerReads, File.GetUnixFileMode(KeyPath));
        Assert.Equal([KeyPath], Directory.GetFileSystemEntries(Keys));
    }

    [Fact]
    public void The_environment_may_bring_the_key_and_then_no_file_is_made()
    {
        using var key = KeyFile.Open(Keys, new string('0', 64), mayCreate: true);
        using var same = new MasterKey(new byte[32]);

        Assert.Equal(same.Derive("a label", 32), key.Derive("a label", 32));
        Assert.False(Directory.Exists(Keys));
        Assert.Throws<StartRefusedException>(() => KeyFile.Open(Keys, "00", mayCreate: true));
    }

    [Fact]
    public async Task A_database_is_new_until_it_is_migrated()
    {
        await using var database = await postgres.CreateDatabaseAsync();
        await using var empty = await postgres.CreateEmptyDatabaseAsync();
        var absent = new NpgsqlConnectionStringBuilder(database.Superuser) { Database = "nowhere" }.ConnectionString;
        var away = new NpgsqlConnectionStringBuilder(database.Superuser) { Host = "/nowhere" }.ConnectionString;

        Assert.True(await SealProbe.IsSealedAsync(database.Superuser, CancellationToken.None));
        Assert.True(await SealProbe.IsSealedAsync(database.Runtime, CancellationToken.None));
        Assert.False(await SealProbe.IsSealedAsync(empty.Superuser, CancellationToken.None));
        Assert.False(await SealProbe.IsSealedAsync(absent, CancellationToken.None));
        await Assert.ThrowsAsync<StartRefusedException>(() => SealProbe.IsSealedAsync(away, CancellationToken.None));
    }

    [Fact]
    public async Task Another_key_than_the_databases_is_refused()
    {
        await using var database = await postgres.CreateDatabaseAsync();
        var runtime = ColloqueDatabase.Open(database.Runtime);
        await using var source = runtime.Source;
        using var right = new MasterKey(new byte[32]);
        using var wrong = new MasterKey([.. Enumerable.Repeat((byte)1, 32)]);
        var now = new DateTimeOffset(2026, 3, 1, 9, 0, 0, TimeSpan.Zero);
        await new KeyStore(runtime).VerifyAsync(right, now, CancellationToken.None);

        await Assert.ThrowsAsync<StartRefusedException>(() => new KeyStore(runtime).VerifyAsync(wrong, now, CancellationToken.None));
        await new KeyStore(runtime).VerifyAsync(right, now, CancellationToken.None);
    }

    public void Dispose()
    {
        if (Directory.Exists(root))
        {
            Directory.Delete(root, recursive: true);
        }
    }

    private void Write(string text, UnixFileMode mode)
    {
        Directory.CreateDirectory(Keys, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        File.WriteAllText(KeyPath, text);
        File.SetUnixFileMode(KeyPath, mode);
    }
}
