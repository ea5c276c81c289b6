using System.Buffers.Text;
using System.Text;

namespace Colloque.Load.Chat;

/// <summary>Finds members of a JSON text by their spelling, without reading the rest: the texts the generator sends hold nothing that looks like one.</summary>
internal static class Fields
{
    /// <summary>The number after <c>"name":</c>; false when there is none.</summary>
    public static bool TryNumber(ReadOnlySpan<byte> json, ReadOnlySpan<byte> quotedNameAndColon, out long number)
    {
        number = 0;
        var at = json.IndexOf(quotedNameAndColon);
        return at >= 0 && Utf8Parser.TryParse(json[(at + quotedNameAndColon.Length)..], out number, out _);
    }

    /// <summary>The text after <c>"name":"</c>, up to the next quote; empty when there is none.</summary>
    public static ReadOnlySpan<byte> Text(ReadOnlySpan<byte> json, ReadOnlySpan<byte> quotedNameColonAndQuote)
    {
        var at = json.IndexOf(quotedNameColonAndQuote);
        if (at < 0)
            return default;
        var rest = json[(at + quotedNameColonAndQuote.Length)..];
        return rest[..Math.Max(0, rest.IndexOf((byte)'"'))];
    }

    /// <summary>The code of a refusal, or the beginning of what came instead.</summary>
    public static string Code(ReadOnlySpan<byte> json)
    {
        var code = Text(json, "\"code\":\""u8);
        return Encoding.UTF8.GetString(code.IsEmpty ? json[..Math.Min(80, json.Length)] : code);
    }
}
