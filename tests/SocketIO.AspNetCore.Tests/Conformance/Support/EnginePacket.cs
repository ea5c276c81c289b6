using System.Text;

namespace SocketIO.AspNetCore.Tests.Conformance.Support;

/// <summary>One Engine.IO packet: text with its type digit, or a binary message.</summary>
internal readonly record struct EnginePacket(string? Text, byte[]? Bytes)
{
    public static implicit operator EnginePacket(string text) => new(text, Bytes: null);

    public static implicit operator EnginePacket(byte[] bytes) => new(Text: null, bytes);

    /// <summary>As long-polling writes it.</summary>
    public string Encoded => Text ?? $"b{Convert.ToBase64String(Bytes!)}";

    /// <summary>Reads what <see cref="Encoded"/> writes.</summary>
    public static EnginePacket Parse(string encoded) =>
        encoded.StartsWith('b') ? Convert.FromBase64String(encoded[1..]) : encoded;

    public override string ToString() => Text ?? $"<{Convert.ToHexString(Bytes!)}>";

    public static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
