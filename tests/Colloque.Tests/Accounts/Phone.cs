using Colloque.Accounts;
using Colloque.Security;

namespace Colloque.Tests.Accounts;

/// <summary>A person's authenticator, on the clinic's clock.</summary>
public sealed record Phone(Clinic Clinic, Caller Caller, byte[] Secret, IReadOnlyList<string> RecoveryCodes)
{
    /// <summary>Sets one up for someone who signs in by their password alone.</summary>
    /// <param name="clinic">Where.</param>
    /// <param name="email">Whose.</param>
    /// <param name="wait">For the step after, whose code has not been used.</param>
    public static async Task<Phone> SetUpAsync(Clinic clinic, string email = Clinic.Email, bool wait = true)
    {
        var caller = await CallerAsync(clinic, await clinic.SignInAsync(email));
        var setup = await clinic.Get<BeginFactor>().RunAsync(caller, null, null, CancellationToken.None);
        var secret = Decode(setup.Secret);
        var codes = await clinic.Get<ConfirmFactor>().RunAsync(caller, Totp.Code(secret, Totp.StepOf(clinic.Clock.GetUtcNow())), CancellationToken.None);
        if (wait)
        {
            clinic.Clock.Advance(TimeSpan.FromSeconds(Totp.StepSeconds));
        }

        return new(clinic, caller, secret, codes);
    }

    public static async Task<Caller> CallerAsync(Clinic clinic, SignedIn signedIn) => (await clinic.Verifier.VerifyAsync(signedIn.Access.Text, CancellationToken.None)).Caller;

    /// <summary>What it shows now.</summary>
    public string Code() => Totp.Code(Secret, Totp.StepOf(Clinic.Clock.GetUtcNow()));

    /// <summary>What it shows half a minute later.</summary>
    public string NextCode()
    {
        Clinic.Clock.Advance(TimeSpan.FromSeconds(Totp.StepSeconds));
        return Code();
    }

    public static byte[] Decode(string base32)
    {
        var bits = string.Concat(base32.Select(static c => Convert.ToString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(c, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        return [.. bits.Chunk(8).Where(static b => b.Length == 8).Select(static b => Convert.ToByte(new string(b), 2))];
    }
}
