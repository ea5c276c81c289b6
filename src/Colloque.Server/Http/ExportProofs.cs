using System.Buffers.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Colloque.Accounts;
using Colloque.Exports;

namespace Colloque.Server.Http;

/// <summary>The proof that it is still the same person who asks.</summary>
/// <param name="Password">One's password, where one has one.</param>
/// <param name="Code">Of one's authenticator, where one has one; or a recovery code.</param>
/// <param name="Ceremony">Instead of both: as <c>POST /api/auth/passkeys/sign-in/options</c> gave it.</param>
/// <param name="Credential">With it, what <c>PublicKeyCredential.toJSON()</c> gives.</param>
public sealed record ProofBody(string? Password, string? Code, string? Ceremony, JsonElement Credential)
{
    /// <summary>Never the proof, whatever prints this.</summary>
    public override string ToString() => nameof(ProofBody);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, AllowDuplicateProperties = false)]
[JsonSerializable(typeof(ProofBody))]
internal sealed partial class ExportProofsJson : JsonSerializerContext;

/// <summary>
/// Proofs of requests that have no body: the header <see cref="Header"/> has the JSON of a <see cref="ProofBody"/> in base64url, because passwords know more characters than headers. An
/// address would be kept in logs; a header is not.
/// </summary>
internal static class ExportProofs
{
    /// <summary>Where the proof is.</summary>
    internal const string Header = "X-Proof";

    /// <summary>Bytes of a proof; a passkey's answer has a few hundred.</summary>
    private const int MaxBytes = 8 * 1024;

    /// <summary>The proof of a request; an empty one where there is no header.</summary>
    /// <exception cref="Refusal">422 <c>proof</c>: not base64url of such a JSON.</exception>
    internal static ExportProof Of(HttpContext http) => http.Request.Headers[Header] switch
    {
        [] => new(null, null, null),
        [{ Length: <= MaxBytes } text] => Of(Parse(text)),
        _ => throw Refusal.Invalid("proof"),
    };

    /// <summary>The proof in a body.</summary>
    /// <exception cref="Refusal">422 <c>ceremony</c>, <c>credential</c>.</exception>
    internal static ExportProof Of(ProofBody body) => new(body.Password, body.Code, body.Credential.ValueKind switch
    {
        JsonValueKind.Undefined or JsonValueKind.Null => null,
        JsonValueKind.Object => new PasskeyAnswer(body.Ceremony ?? throw Refusal.Invalid("ceremony", "required"), body.Credential),
        _ => throw Refusal.Invalid("credential"),
    });

    private static ProofBody Parse(string text)
    {
        try
        {
            return JsonSerializer.Deserialize(Base64Url.DecodeFromChars(text), ExportProofsJson.Default.ProofBody) ?? throw Refusal.Invalid("proof");
        }
        catch (Exception e) when (e is FormatException or JsonException)
        {
            throw Refusal.Invalid("proof");
        }
    }
}
