using System.Buffers.Binary;
using System.Buffers.Text;
using System.Formats.Cbor;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Colloque.Server.Tests.Accounts;

/// <summary>An authenticator in software: one ES256 passkey, its user present and verified, attestation "none".</summary>
internal sealed class SoftAuthenticator(string origin) : IDisposable
{
    private const byte PresentAndVerified = 0b101;
    private const byte WithKey = 0b100_0000;

    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly byte[] id = RandomNumberGenerator.GetBytes(32);
    private string userHandle = "";
    private uint count;

    /// <summary>The credential for creation options, as JSON.</summary>
    public string Create(JsonElement options)
    {
        userHandle = options.GetProperty("user").GetProperty("id").GetString()!;
        var q = key.ExportParameters(includePrivateParameters: false).Q;
        var cose = new CborWriter();
        cose.WriteStartMap(5);
        cose.WriteInt32(1);
        cose.WriteInt32(2);
        cose.WriteInt32(3);
        cose.WriteInt32(-7);
        cose.WriteInt32(-1);
        cose.WriteInt32(1);
        cose.WriteInt32(-2);
        cose.WriteByteString(q.X!);
        cose.WriteInt32(-3);
        cose.WriteByteString(q.Y!);
        cose.WriteEndMap();
        var attestation = new CborWriter();
        attestation.WriteStartMap(3);
        attestation.WriteTextString("fmt");
        attestation.WriteTextString("none");
        attestation.WriteTextString("attStmt");
        attestation.WriteStartMap(0);
        attestation.WriteEndMap();
        attestation.WriteTextString("authData");
        attestation.WriteByteString([.. AuthenticatorData(PresentAndVerified | WithKey), .. new byte[16], 0, (byte)id.Length, .. id, .. cose.Encode()]);
        attestation.WriteEndMap();
        return Credential($$"""{"clientDataJSON":"{{Text(ClientData("webauthn.create", options))}}","attestationObject":"{{Text(attestation.Encode())}}","transports":["internal"]}""");
    }

    /// <summary>The signature for request options, as JSON.</summary>
    public string Sign(JsonElement options)
    {
        count++;
        var (authenticatorData, clientData) = (AuthenticatorData(PresentAndVerified), ClientData("webauthn.get", options));
        var signature = key.SignData([.. authenticatorData, .. SHA256.HashData(clientData)], HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        return Credential(
            $$"""{"clientDataJSON":"{{Text(clientData)}}","authenticatorData":"{{Text(authenticatorData)}}","signature":"{{Text(signature)}}","userHandle":"{{userHandle}}"}""");
    }

    public void Dispose() => key.Dispose();

    private string Credential(string response) => $$"""{"id":"{{Text(id)}}","rawId":"{{Text(id)}}","type":"public-key","clientExtensionResults":{},"response":{{response}}}""";

    private byte[] AuthenticatorData(byte flags)
    {
        var counter = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(counter, count);
        return [.. SHA256.HashData(Encoding.ASCII.GetBytes(new Uri(origin).Host)), flags, .. counter];
    }

    private byte[] ClientData(string type, JsonElement options) =>
        Encoding.UTF8.GetBytes($$"""{"type":"{{type}}","challenge":"{{options.GetProperty("challenge").GetString()}}","origin":"{{origin}}","crossOrigin":false}""");

    private static string Text(byte[] bytes) => Base64Url.EncodeToString(bytes);
}
