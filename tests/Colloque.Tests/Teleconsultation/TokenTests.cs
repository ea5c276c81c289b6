using Colloque.Consultations;
using Colloque.Security;
using Colloque.Teleconsultation;
using Colloque.Testing;
using Xunit;

namespace Colloque.Tests.Teleconsultation;

/// <summary>The tokens of the two: whose they are, how long they are good, and that nothing else reads them.</summary>
public sealed class TokenTests(PostgresFixture postgres)
{
    [Fact]
    public async Task A_token_is_its_holders_until_it_expires_and_the_one_before_works_no_longer()
    {
        await using var world = await World.CreateAsync(postgres);
        var id = await world.ConsultationAsync();
        var first = await JoinAsync(world, world.Patient, id);
        Assert.Equal((SessionStatus.Live, world.Clock.GetUtcNow().AddHours(2)), (first.Session.Status, first.Session.TokenExpiresAt!.Value));
        Assert.Equal(first.Token, (await JoinAsync(world, world.Patient, id)).Token);
        Assert.NotEqual(first.Token, (await JoinAsync(world, world.Practitioner, id)).Token);
        Assert.Equal(id, (await KnockAsync(world, first.Token)).ConsultationId);

        world.Clock.Advance(TimeSpan.FromHours(2));
        Assert.Equal("join_link_gone", (await Assert.ThrowsAsync<Refusal>(() => KnockAsync(world, first.Token))).Code);
        var second = await JoinAsync(world, world.Patient, id);
        Assert.NotEqual(first.Token, second.Token);
        Assert.Equal(id, (await KnockAsync(world, second.Token)).ConsultationId);
        Assert.Null((await world.RunAsync(world.Patient, (LeaveTeleconsultation verb) => verb.RunAsync(id, CancellationToken.None))).TokenExpiresAt);
        await Assert.ThrowsAsync<Refusal>(() => KnockAsync(world, second.Token));

        // Neither the database nor a copy of it has a token to give.
        var third = (await JoinAsync(world, world.Patient, id)).Token;
        Assert.Equal(0L, await world.ScalarAsync<long>($"select count(*) from teleconsultation_tokens t where t::text like '%{Convert.ToHexStringLower(System.Text.Encoding.ASCII.GetBytes(third))}%' or t::text like '%{third}%'"));
        Assert.Equal(1, await CountAsync(world, world.Patient, "teleconsultation_tokens"));
        Assert.Equal(0, await CountAsync(world, world.OtherPatient, "teleconsultation_tokens"));

        await world.RunAsync(world.Practitioner, (EndTeleconsultation verb) => verb.RunAsync(id, CancellationToken.None));
        await Assert.ThrowsAsync<Refusal>(() => KnockAsync(world, third));
        Assert.Equal(0L, await world.ScalarAsync<long>("select count(*) from teleconsultation_tokens"));
        Assert.Equal("session_ended", (await Assert.ThrowsAsync<Refusal>(() => JoinAsync(world, world.Patient, id))).Code);
    }

    [Fact]
    public async Task No_token_outlives_the_time_of_its_visit_and_twenty_who_join_at_once_have_one_token()
    {
        await using var world = await World.CreateAsync(postgres);
        var id = await world.ConsultationAsync(ConsultationStatus.Confirmed);
        // Planned for now and 50 minutes; four hours after its end there is no way in any more.
        world.Clock.Advance(TimeSpan.FromMinutes(50) + TimeSpan.FromHours(3));
        var entry = await JoinAsync(world, world.Patient, id);
        Assert.Equal(world.Clock.GetUtcNow().AddHours(1), entry.Session.TokenExpiresAt);
        world.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal("outside_window", (await Assert.ThrowsAsync<Refusal>(() => JoinAsync(world, world.Patient, id))).Code);

        var other = await world.ConsultationAsync(world.OtherPatient, world.Practitioner, ConsultationStatus.InProgress);
        var joins = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => JoinAsync(world, world.OtherPatient, other)));
        Assert.Single(joins.Select(static j => j.Token).Distinct());
        Assert.Equal(1L, await world.ScalarAsync<long>($"select count(*) from teleconsultation_tokens where consultation_id = '{other}'"));
    }

    private static Task<TeleconsultationEntry> JoinAsync(World world, Caller caller, Guid id) =>
        world.RunAsync(caller, (JoinTeleconsultation verb) => verb.RunAsync(id, CancellationToken.None));

    private static Task<JoinLinkFace> KnockAsync(World world, string token) => world.RunAsync(null!, (SeeJoinLink verb) => verb.RunAsync(token, CancellationToken.None));

    private static async Task<int> CountAsync(World world, Caller caller, string table)
    {
        var count = 0L;
        await world.Runtime.ReadAsync(caller, $"select count(*) from {table}", [], r => count = r.GetInt64(0), CancellationToken.None);
        return (int)count;
    }
}
