namespace Colloque.Calls;

/// <summary>What one device offers or answers another; passed on, never kept and never logged.</summary>
/// <param name="Type">offer, answer, pranswer or rollback.</param>
/// <param name="Sdp">RFC 8866; null for a rollback.</param>
public sealed record SessionDescription(string Type, string? Sdp);

/// <summary>A way by which a device may be reached, or the word that there are no more (<see cref="Candidate"/> empty).</summary>
public sealed record IceCandidate(string Candidate, string? SdpMid, int? SdpMLineIndex, string? UsernameFragment);

/// <summary>
/// What signalling may look like: bounds and shape, so that nothing but what two browsers say to each other goes through; and where devices may only be relayed,
/// without what tells one where the other is.
/// </summary>
public static class SignalCheck
{
    /// <summary>Characters of a description; all are ASCII.</summary>
    public const int MostSdp = 64 * 1024;

    /// <summary>Characters of a candidate.</summary>
    public const int MostCandidate = 1024;

    private const int MostLine = 8 * 1024;

    /// <summary>The description to pass on.</summary>
    /// <param name="type">As the client says.</param>
    /// <param name="sdp">As the client says.</param>
    /// <param name="relayOnly">Candidates that are no relay's, and addresses beside, are left out.</param>
    /// <exception cref="Refusal">422 <c>description</c>.</exception>
    public static SessionDescription Description(string? type, string? sdp, bool relayOnly)
    {
        if (type == "rollback")
        {
            return string.IsNullOrEmpty(sdp) ? new(type, null) : throw Wrong();
        }

        if (type is not ("offer" or "answer" or "pranswer") || sdp is not { Length: >= 5 and <= MostSdp } || !sdp.StartsWith("v=0", StringComparison.Ordinal) || sdp[3] is not ('\r' or '\n'))
        {
            throw Wrong();
        }

        var kept = relayOnly ? new System.Text.StringBuilder(sdp.Length) : null;
        foreach (var range in sdp.AsSpan().Split('\n'))
        {
            var line = sdp.AsSpan()[range].TrimEnd('\r');
            if (line.IsEmpty)
            {
                // After the last line alone.
                if (range.End.Value == sdp.Length)
                {
                    continue;
                }

                throw Wrong();
            }

            if (line.Length > MostLine || line.Length < 2 || line[0] is < 'a' or > 'z' || line[1] != '=' || line.ContainsAnyExceptInRange(' ', '~'))
            {
                throw Wrong();
            }

            if (line.StartsWith("a=candidate:", StringComparison.Ordinal))
            {
                var isRelay = IsRelay(line[2..]) ?? throw Wrong();
                if (relayOnly && !isRelay)
                {
                    continue;
                }

                kept?.Append("a=").Append(Nameless(line[2..])).Append("\r\n");
                continue;
            }

            kept?.Append(Anonymous(line)).Append("\r\n");
        }

        return new(type, kept?.ToString() ?? sdp);

        static Refusal Wrong() => Refusal.Invalid("description");
    }

    /// <summary>The candidate to pass on; null: it is none for a call that is relayed, and goes nowhere.</summary>
    /// <exception cref="Refusal">422 <c>candidate</c>.</exception>
    public static IceCandidate? Candidate(string? candidate, string? sdpMid, int? sdpMLineIndex, string? usernameFragment, bool relayOnly)
    {
        if (candidate is not { Length: <= MostCandidate } || candidate.AsSpan().ContainsAnyExceptInRange(' ', '~')
            || (sdpMid is not null && (sdpMid.Length > 64 || sdpMid.AsSpan().ContainsAnyExceptInRange(' ', '~')))
            || sdpMLineIndex is < 0 or > 255
            || (usernameFragment is not null && (usernameFragment.Length > 256 || !IsIce(usernameFragment))))
        {
            throw Refusal.Invalid("candidate");
        }

        if (candidate.Length == 0)
        {
            return new("", sdpMid, sdpMLineIndex, usernameFragment);
        }

        var isRelay = IsRelay(candidate) ?? throw Refusal.Invalid("candidate");
        return relayOnly && !isRelay ? null : new(relayOnly ? Nameless(candidate) : candidate, sdpMid, sdpMLineIndex, usernameFragment);
    }

    /// <summary>RFC 8839, section 5.1: <c>candidate:foundation component transport priority address port typ type</c>, and pairs after it. Null: it has not this shape.</summary>
    private static bool? IsRelay(ReadOnlySpan<char> text)
    {
        if (!text.StartsWith("candidate:", StringComparison.Ordinal) || text.Length > MostCandidate)
        {
            return null;
        }

        Span<Range> parts = stackalloc Range[40];
        var count = text.Split(parts, ' ');
        if (count is < 8 or 40)
        {
            return null;
        }

        var foundation = text[parts[0]]["candidate:".Length..];
        return foundation.Length is > 0 and <= 32 && IsIce(foundation)
            && byte.TryParse(text[parts[1]], System.Globalization.NumberStyles.None, null, out _)
            && (text[parts[2]].Equals("udp", StringComparison.OrdinalIgnoreCase) || text[parts[2]].Equals("tcp", StringComparison.OrdinalIgnoreCase))
            && uint.TryParse(text[parts[3]], System.Globalization.NumberStyles.None, null, out _)
            && text[parts[4]] is { Length: > 0 and <= 255 } address && !address.ContainsAnyExcept(Address)
            && ushort.TryParse(text[parts[5]], System.Globalization.NumberStyles.None, null, out _)
            && text[parts[6]] is "typ" && text[parts[7]] is "host" or "srflx" or "prflx" or "relay"
            ? text[parts[7]] is "relay"
            : null;
    }

    private static readonly System.Buffers.SearchValues<char> Address = System.Buffers.SearchValues.Create("0123456789abcdefABCDEFghijklmnopqrstuvwxyzGHIJKLMNOPQRSTUVWXYZ.:-%_");

    private static bool IsIce(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('+' or '/'))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>A line without the address of who wrote it: who made the session, where it listens, and where for reports. ICE takes none of them.</summary>
    private static string Anonymous(ReadOnlySpan<char> line)
    {
        var text = line.ToString();
        if (!text.StartsWith("o=", StringComparison.Ordinal) && !text.StartsWith("c=", StringComparison.Ordinal) && !text.StartsWith("a=rtcp:", StringComparison.Ordinal))
        {
            return text;
        }

        var at = text.IndexOf("IN IP", StringComparison.Ordinal);
        return at < 0 ? text : string.Concat(text.AsSpan(0, at), "IN IP4 0.0.0.0");
    }

    /// <summary>A candidate without the address behind the relay's, which is the device's own.</summary>
    private static string Nameless(ReadOnlySpan<char> text)
    {
        var parts = text.ToString().Split(' ');
        for (var i = 8; i + 1 < parts.Length; i += 2)
        {
            parts[i + 1] = parts[i] switch
            {
                "raddr" => "0.0.0.0",
                "rport" => "0",
                _ => parts[i + 1],
            };
        }

        return string.Join(' ', parts);
    }
}
