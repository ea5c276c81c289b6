using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Colloque.Security;
using Colloque.Tests.Accounts;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Colloque.Tests.Security;

public sealed class TokenVerifierTests : IDisposable
{
    private static readonly Caller Patient = new(Guid.CreateVersion7(), Guid.CreateVersion7(), Role.Patient, Guid.CreateVersion7());

    private readonly ManualClock clock = new();
    private readonly MasterKey master = new([.. Enumerable.Range(7, 32).Select(static i => (byte)i)]);
    private readonly AccessTokens tokens;
    private readonly TokenVerifier verifier;
    private SignInState state = new(Patient.SignInId, 1, Live: true);
    private int questions;

    public TokenVerifierTests()
    {
        tokens = new(master, new(), clock);
        verifier = new(tokens, new SignInWatch(ReadAsync, clock, NullLogger<SignInWatch>.Instance), clock);
    }

    [Fact]
    public async Task A_token_of_ours_speaks_for_its_caller()
    {
        var token = tokens.Issue(Patient, 1);

        var verified = await VerifyAsync(token.Text);

        Assert.Equal(new VerifiedToken(Patient, clock.GetUtcNow() + TimeSpan.FromMinutes(10)), verified);
        Assert.Equal(token.ExpiresAt, verified.ExpiresAt);
    }

    [Fact]
    public async Task An_operator_has_no_organization()
    {
        var root = Patient with { OrganizationId = Guid.Empty, Role = Role.SuperAdmin };

        Assert.Equal(root, (await VerifyAsync(tokens.Issue(root, 1).Text)).Caller);
        await RefusedAsync(tokens.Issue(Patient with { Role = Role.SuperAdmin }, 1).Text);
        await RefusedAsync(tokens.Issue(Patient with { OrganizationId = Guid.Empty }, 1).Text);
    }

    [Fact]
    public async Task A_token_ends_at_its_end_also_when_it_is_remembered()
    {
        var token = tokens.Issue(Patient, 1).Text;
        clock.Advance(TimeSpan.FromMinutes(10) - TimeSpan.FromSeconds(1));
        await VerifyAsync(token);
        clock.Advance(TimeSpan.FromSeconds(1));

        await RefusedAsync(token);
    }

    [Fact]
    public async Task A_token_issued_up_to_half_a_minute_ahead_of_our_clock_is_good()
    {
        var ahead = new ManualClock();
        ahead.Advance(TimeSpan.FromSeconds(30));
        await VerifyAsync(new AccessTokens(master, new(), ahead).Issue(Patient, 1).Text);
        ahead.Advance(TimeSpan.FromSeconds(1));

        await RefusedAsync(new AccessTokens(master, new(), ahead).Issue(Patient, 1).Text);
    }

    [Theory]
    [InlineData("iss", "\"another\"")]
    [InlineData("iss", null)]
    [InlineData("aud", "\"another-api\"")]
    [InlineData("aud", "[\"colloque-api\"]")]
    [InlineData("aud", null)]
    [InlineData("sub", "\"nobody\"")]
    [InlineData("sub", null)]
    [InlineData("sid", "7")]
    [InlineData("sid", null)]
    [InlineData("org", "\"\"")]
    [InlineData("org", "null")]
    [InlineData("role", "\"patient\"")]
    [InlineData("role", "\"0\"")]
    [InlineData("role", "\"Patient, Practitioner\"")]
    [InlineData("role", null)]
    [InlineData("sv", "\"1\"")]
    [InlineData("sv", "1.5")]
    [InlineData("sv", "4294967297")]
    [InlineData("sv", null)]
    [InlineData("exp", "1")]
    [InlineData("exp", "1e30")]
    [InlineData("exp", "\"9999999999\"")]
    [InlineData("exp", "999999999999999")]
    [InlineData("exp", null)]
    [InlineData("iat", "9999999999")]
    [InlineData("iat", null)]
    [InlineData("nbf", "9999999999")]
    [InlineData("nbf", "\"now\"")]
    public async Task A_claim_that_is_wrong_or_missing_is_refused_though_our_key_signed_it(string claim, string? json)
    {
        var claims = Claims();
        if (json is null)
        {
            claims.Remove(claim);
        }
        else
        {
            claims[claim] = JsonNode.Parse(json);
        }

        await RefusedAsync(Jws.Sign(tokens.Key, AccessTokens.Type, Encoding.UTF8.GetBytes(claims.ToJsonString())));
    }

    [Fact]
    public async Task A_repeated_claim_is_refused_though_our_key_signed_it()
    {
        var twice = Claims().ToJsonString()[..^1] + $$""","sub":"{{Guid.CreateVersion7()}}"}""";

        await RefusedAsync(Jws.Sign(tokens.Key, AccessTokens.Type, Encoding.UTF8.GetBytes(twice)));
    }

    [Fact]
    public async Task A_forged_token_of_any_kind_is_one_401()
    {
        var good = tokens.Issue(Patient, 1).Text;
        var parts = good.Split('.');
        using var stranger = Es256Key.Derive(new MasterKey(new byte[32]), "access token signing key 1");
        var payload = Base64Url.DecodeFromChars(parts[1]);
        var spki = Encoding.ASCII.GetBytes(tokens.KeySet());
        string[] forged =
        [
            "", "x", "Bearer", good[..^1], good[..(good.Length / 2)], $"{parts[0]}.{parts[1]}.", $"{parts[0]}.{parts[1]}", good + "A",
            $"{Encode("""{"alg":"none","typ":"at+jwt"}""")}.{parts[1]}.",
            $"{Encode($$"""{"alg":"none","typ":"at+jwt","kid":"{{tokens.Key.Id}}"}""")}.{parts[1]}.{parts[2]}",
            Jws.Sign(new Hs256Key(spki, tokens.Key.Id), AccessTokens.Type, payload),
            Jws.Sign(new Hs256Key(Encoding.ASCII.GetBytes(tokens.Key.X + tokens.Key.Y), tokens.Key.Id), AccessTokens.Type, payload),
            Jws.Sign(stranger, AccessTokens.Type, payload),
            Jws.Sign(tokens.Key, "JWT", payload),
            Jws.Sign(tokens.Key, "application/at+jwt", payload),
            $"{Encode($$"""{"alg":"ES256","typ":"at+jwt","kid":"{{tokens.Key.Id}}"}""")}.{Encode(Claims().ToJsonString())}.{parts[2]}",
            $"{parts[0]}.{parts[1]}.{Base64Url.EncodeToString(new byte[64])}",
            $"{parts[0]}.{parts[1]}.{Base64Url.EncodeToString(Enumerable.Repeat((byte)0xff, 64).ToArray())}",
            new string('A', Jws.MaxLength + 1), new string('\ud800', 40),
        ];

        foreach (var token in forged)
        {
            await RefusedAsync(token);
        }

        Assert.Equal((0, 0), (questions, verifier.Count));
        await VerifyAsync(good);
    }

    [Fact]
    public async Task A_raised_security_version_ends_the_tokens_before_it()
    {
        var token = tokens.Issue(Patient, 1).Text;
        await VerifyAsync(token);
        state = state with { SecurityVersion = 2 };
        clock.Advance(SignInWatch.GoodFor + TimeSpan.FromTicks(1));

        await RefusedAsync(token);
        await VerifyAsync(tokens.Issue(Patient, 2).Text);
        await RefusedAsync(tokens.Issue(Patient, 3).Text);
    }

    [Fact]
    public async Task A_good_token_is_verified_once()
    {
        var token = tokens.Issue(Patient, 1).Text;
        var first = await VerifyAsync(token);

        Assert.Same(first, await VerifyAsync(token));
        Assert.Equal((1, 1), (questions, verifier.Count));
    }

    public void Dispose()
    {
        tokens.Dispose();
        master.Dispose();
    }

    private static string Encode(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));

    private JsonObject Claims() => JsonNode.Parse(Base64Url.DecodeFromChars(tokens.Issue(Patient, 1).Text.Split('.')[1]))!.AsObject();

    private Task<VerifiedToken> VerifyAsync(string token) => verifier.VerifyAsync(token, CancellationToken.None).AsTask();

    private async Task RefusedAsync(string token)
    {
        var refusal = await Assert.ThrowsAsync<Refusal>(() => VerifyAsync(token));
        Assert.Equal((RefusalKind.Unauthenticated, "unauthenticated"), (refusal.Kind, refusal.Code));
    }

    private Task<IReadOnlyList<SignInState>> ReadAsync(Guid[] ids, CancellationToken cancellationToken)
    {
        questions++;
        return Task.FromResult<IReadOnlyList<SignInState>>([.. ids.Select(id => state with { SignInId = id })]);
    }
}
