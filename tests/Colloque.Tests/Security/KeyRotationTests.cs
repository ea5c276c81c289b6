using System.Security.Cryptography;
using Colloque.Consultations;
using Colloque.Security;
using Colloque.Storage;
using Colloque.Testing;
using Xunit;

namespace Colloque.Tests.Security;

/// <summary>Rotation against a real database; the key file is a variable that processes read again as they would the file. ASVS 11.2.2, 13.3.4.</summary>
public sealed class KeyRotationTests(PostgresFixture postgres)
{
    private readonly MasterSecrets first = new([.. Enumerable.Range(1, 32).Select(static i => (byte)i)], null, null);
    private MasterSecrets file = MasterSecrets.Parse(string.Concat(Enumerable.Range(1, 32).Select(static i => i.ToString("x2"))))!;

    [Fact]
    public async Task After_a_rotation_the_new_key_opens_all_and_the_old_one_nothing()
    {
        await using var world = await StartAsync();
        Guid[] conversations = [await world.ConsultationAsync(), await world.ConsultationAsync(), await world.ConsultationAsync(world.StrangersPatient, world.Stranger, ConsultationStatus.InProgress)];
        world.Clock.Advance(TimeSpan.FromDays(90));

        var report = await RotateAsync(world);

        Assert.Equal((2, 3L), (report.TenantKeys, report.DataKeys));
        Assert.Null(file.Also);
        Assert.Equal(first.Current, file.Root);
        foreach (var conversation in conversations)
        {
            var caller = conversation == conversations[2] ? world.Stranger : world.Patient;
            await Ring(world, file).OfConversationAsync(caller, conversation, CancellationToken.None);
            await Assert.ThrowsAsync<CryptographicException>(() => Ring(world, first).OfConversationAsync(caller, conversation, CancellationToken.None).AsTask());
        }

        await VerifyAsync(world, file);
        await Assert.ThrowsAsync<StartRefusedException>(() => VerifyAsync(world, first));
        Assert.Equal(2L, await world.ScalarAsync<long>("select count(*) from keys.tenant_keys where version = 2"));
        Assert.Equal(2L, await world.ScalarAsync<long>("select count(*) from keys.tenant_keys"));
    }

    [Fact]
    public async Task Killed_anywhere_all_still_opens_and_the_next_call_finishes_it()
    {
        await using var world = await StartAsync();
        Guid[] conversations = [await world.ConsultationAsync(), await world.ConsultationAsync()];
        var kills = 0;
        for (var killed = true; killed; kills++)
        {
            world.Clock.Advance(TimeSpan.FromDays(1));
            var before = file.Current;
            var left = kills;
            killed = await IsKilledAsync(() => RotateAsync(world, _ => left-- == 0));
            await OpenAllAsync(world, conversations);
            if (killed)
            {
                await RotateAsync(world);
                await OpenAllAsync(world, conversations);
            }

            Assert.Null(file.Also);
            Assert.NotEqual(before, file.Current);
            Assert.Equal(1L, await world.ScalarAsync<long>("select count(*) from keys.tenant_keys"));
            Assert.Equal(0L, await world.ScalarAsync<long>("select count(*) from keys.rotations where finished_at is null"));
            Assert.Equal(kills + 1L, await world.ScalarAsync<long>("select count(*) from keys.rotations"));
        }

        Assert.True(kills > 8, $"only {kills} steps");
    }

    [Fact]
    public async Task What_a_server_makes_during_a_rotation_opens_after_it()
    {
        await using var world = await StartAsync();
        var conversations = new List<Guid> { await world.ConsultationAsync() };
        world.Clock.Advance(TimeSpan.FromDays(1));

        // World's own key never rereads the file: the worst of servers.
        await RotateAsync(world, step =>
        {
            if (step == "retire")
            {
                conversations.Add(world.ConsultationAsync(world.StrangersPatient, world.Stranger, ConsultationStatus.InProgress).GetAwaiter().GetResult());
            }

            return false;
        });

        await Ring(world, file).OfConversationAsync(world.Patient, conversations[0], CancellationToken.None);
        await Ring(world, file).OfConversationAsync(world.Stranger, conversations[1], CancellationToken.None);
    }

    [Fact]
    public async Task A_server_that_runs_reads_the_file_again_and_goes_on()
    {
        await using var world = await StartAsync();
        var conversation = await world.ConsultationAsync();
        world.Clock.Advance(TimeSpan.FromDays(1));
        using var master = new MasterKey(MasterSecrets.Parse(file.ToFile())!, () => MasterSecrets.Parse(file.ToFile()));
        var before = master.Id;

        await RotateAsync(world);

        await new KeyRing(master, new KeyStore(world.Runtime), world.Clock).OfConversationAsync(world.Patient, conversation, CancellationToken.None);
        Assert.NotEqual(before, master.Id);
    }

    [Fact]
    public async Task Nothing_is_wrapped_with_a_retired_key_any_more()
    {
        await using var world = await StartAsync();
        await world.ConsultationAsync();
        world.Clock.Advance(TimeSpan.FromDays(1));
        await RotateAsync(world);

        // A first conversation needs a key of its organization, and this process has the old master key alone.
        var refusal = await Assert.ThrowsAsync<Refusal>(() => world.ConsultationAsync(world.StrangersPatient, world.Stranger, ConsultationStatus.InProgress));

        Assert.Equal(RefusalKind.Unavailable, refusal.Kind);
    }

    [Fact]
    public async Task An_authenticator_goes_on_to_work_after_a_rotation()
    {
        await using var world = await StartAsync();
        var wrapped = Convert.ToHexString(new AccountSeal(world.Master).SealFactor(world.Practitioner.UserId, "a secret of its own"u8));
        await TestDatabase.ExecuteAsync(
            world.Database.Superuser, $"insert into second_factors (user_id, sealed, confirmed_at, pending, pending_at) values ('{world.Practitioner.UserId}', '\\x{wrapped}', now(), '\\x{wrapped}', now())");
        world.Clock.Advance(TimeSpan.FromDays(1));

        await RotateAsync(world);

        using var master = new MasterKey(MasterSecrets.Parse(file.ToFile())!, null);
        foreach (var column in (string[])["sealed", "pending"])
        {
            var stored = await world.ScalarAsync<byte[]>($"select {column} from second_factors");
            Assert.Equal("a secret of its own"u8.ToArray(), new AccountSeal(master).OpenFactor(world.Practitioner.UserId, stored!));
        }
    }

    [Fact]
    public void Lasting_secrets_outlive_a_rotation_and_fleeting_ones_do_not()
    {
        var second = first.With([.. Enumerable.Repeat((byte)9, 32)]).Swapped().Alone();
        var third = second.With([.. Enumerable.Repeat((byte)10, 32)]).Swapped().Alone();
        using var before = new MasterKey(first, null);
        using var after = new MasterKey(MasterSecrets.Parse(third.ToFile())!, null);

        Assert.Equal(before.Derive("a label", 32), after.Derive("a label", 32));
        Assert.NotEqual(before.DeriveFresh("a label", 32), after.DeriveFresh("a label", 32));
        Assert.Equal(before.Derive("a label", 32), before.DeriveFresh("a label", 32));
    }

    [Theory]
    [InlineData("also {0}\n{0}")]
    [InlineData("{0}\nroot {0}\nalso {0}\n")]
    [InlineData("{0}\nalso {0}\nalso {0}\n")]
    [InlineData("{0}\nalso 00\n")]
    [InlineData("{0} {0}")]
    [InlineData("{0}\n\nroot {0}")]
    public void A_misshapen_key_file_is_none(string text) => Assert.Null(MasterSecrets.Parse(text.Replace("{0}", new string('a', 64), StringComparison.Ordinal)));

    private static KeyRing Ring(World world, MasterSecrets secrets) => new(new MasterKey(MasterSecrets.Parse(secrets.ToFile())!, null), new KeyStore(world.Runtime), world.Clock);

    private static Task VerifyAsync(World world, MasterSecrets secrets) =>
        new KeyStore(world.Runtime).VerifyAsync(new MasterKey(MasterSecrets.Parse(secrets.ToFile())!, null), world.Clock.GetUtcNow(), CancellationToken.None);

    private static async Task<bool> IsKilledAsync(Func<Task> act)
    {
        try
        {
            await act();
            return false;
        }
        catch (KilledException)
        {
            return true;
        }
    }

    private async Task<World> StartAsync()
    {
        var world = await World.CreateAsync(postgres);
        await VerifyAsync(world, file);
        return world;
    }

    private async Task OpenAllAsync(World world, Guid[] conversations)
    {
        await VerifyAsync(world, file);
        foreach (var conversation in conversations)
        {
            await Ring(world, file).OfConversationAsync(world.Patient, conversation, CancellationToken.None);
        }
    }

    private async Task<RotationReport> RotateAsync(World world, Func<string, bool>? kills = null)
    {
        await using var store = await RotationStore.OpenAsync(world.Database.Superuser, CancellationToken.None);
        var rotation = new KeyRotation(store, MasterSecrets.Parse(file.ToFile())!, changed => file = MasterSecrets.Parse(changed.ToFile())!, world.Clock, step =>
        {
            if (kills?.Invoke(step) == true)
            {
                throw new KilledException();
            }
        });
        return await rotation.RunAsync(CancellationToken.None);
    }

    private sealed class KilledException() : Exception("killed");
}
